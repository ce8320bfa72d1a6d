"""Finds the names in a template that no context has, and those that its conditions ask for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from packet_builder.documents.letters.environment import letter_environment
from packet_builder.documents.letters.errors import TemplateFault
from packet_builder.documents.letters.shape import (
    ITEM,
    Group,
    Listing,
    Scalar,
    Shape,
    ShapePath,
)
from packet_builder.documents.letters.source import TemplateSource

_LOOP = Group(
    {
        **dict.fromkeys(("first", "last"), Scalar.FLAG),
        **dict.fromkeys(("index", "index0", "length", "revindex", "revindex0"), Scalar.OPEN),
        **dict.fromkeys(("previtem", "nextitem"), Scalar.OPEN),
    }
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an expression means: the place of a value in the context, and its shape."""

    path: ShapePath
    shape: Shape


_OPEN = Meant((), Scalar.OPEN)
_Scope = Mapping[str, Meant]


@dataclass(frozen=True, slots=True)
class Names:
    """What was found."""

    faults: tuple[TemplateFault, ...]
    tested: tuple[ShapePath, ...]  # what conditions and loops depend on, each once
    cited: tuple[str, ...]  # evidence that the template itself cites


def names_in(source: TemplateSource, shape: Group) -> Names:
    """Compare a template's names with the shape of its context."""
    readers = [_Reader(source, part) for part in source.parts]
    scope = {name: Meant((name,), member) for name, member in shape.members.items()}
    for reader in readers:
        reader.read(letter_environment().parse(source.text(reader.part)), scope)
    return Names(
        tuple(dict.fromkeys(fault for reader in readers for fault in reader.faults)),
        tuple(dict.fromkeys(path for reader in readers for path in reader.tested)),
        tuple(dict.fromkeys(name for reader in readers for name in reader.cited)),
    )


@dataclass(slots=True)
class _Reader:
    source: TemplateSource
    part: str
    faults: list[TemplateFault] = field(default_factory=list)
    tested: list[ShapePath] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)

    def read(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Output):
            for child in node.nodes:
                self._print(child, scope)
        elif isinstance(node, nodes.Expr):
            self._mean(node, scope)
        else:
            if isinstance(node, nodes.If):
                self._test(node.test, scope)
            for inner in node.iter_child_nodes():
                self.read(inner, scope)

    def _loop(self, loop: nodes.For, scope: _Scope) -> None:
        meant = self._mean(loop.iter, scope)
        shape = meant.shape
        if meant.path:
            self.tested.append(meant.path)
        if not isinstance(shape, Listing) and shape is not Scalar.OPEN:
            self._fault(loop, f'"{_written(loop.iter)}" is not a list')
        item = shape.item if isinstance(shape, Listing) else Scalar.OPEN
        target = getattr(loop.target, "name", "")
        inner = {**scope, target: Meant((*meant.path, ITEM), item), "loop": Meant((), _LOOP)}
        self._read_all(loop.body, inner)
        self._read_all(loop.else_, scope)

    def _read_all(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self.read(node, scope)

    def _print(self, node: nodes.Node, scope: _Scope) -> None:
        meant = self._mean(node, scope)
        if meant.shape is Scalar.FLAG or isinstance(meant.shape, (Group, Listing)):
            what = {Group: "a group of values", Listing: "a list"}.get(type(meant.shape))
            self._fault(node, f'"{_written(node)}" is {what or "yes or no"} and cannot be printed')

    def _test(self, node: nodes.Node, scope: _Scope) -> None:
        for expression in _atoms(node):
            meant = self._mean(expression, scope)
            if meant.path:
                self.tested.append(meant.path)

    def _mean(self, node: nodes.Node, scope: _Scope) -> Meant:
        """Give what an expression means; its faults are noted."""
        if isinstance(node, nodes.Name):
            return self._known(node, node.name, scope, "")
        if isinstance(node, nodes.Getattr):
            return self._member(node, self._mean(node.node, scope))
        if isinstance(node, nodes.Call):
            self.cited += [arg.value for arg in node.args[:1] if isinstance(arg, nodes.Const)]
            return Meant((), Scalar.TEXT)
        if isinstance(node, nodes.CondExpr):
            self._test(node.test, scope)
        for inner in node.iter_child_nodes():
            self._mean(inner, scope)
        return _OPEN

    def _known(self, node: nodes.Node, name: str, scope: _Scope, owner: str) -> Meant:
        if name in scope:
            return scope[name]
        near = difflib.get_close_matches(name, scope, 1, 0.6)
        hint = f'; did you mean "{owner}{near[0]}"?' if near else ""
        self._fault(node, f'there is no "{owner}{name}"{hint}')
        return _OPEN

    def _member(self, node: nodes.Getattr, owner: Meant) -> Meant:
        if owner.shape is Scalar.OPEN:
            return _OPEN
        members = owner.shape.members if isinstance(owner.shape, Group) else {}
        scope = {name: Meant((*owner.path, name), each) for name, each in members.items()}
        meant = self._known(node, node.attr, scope, f"{_written(node.node)}.")
        return meant if owner.path else Meant((), meant.shape)

    def _fault(self, node: nodes.Node, fault: str) -> None:
        place = self.source.place(self.part, node.lineno)
        self.faults.append(TemplateFault(self.source.name, place, fault))


def _atoms(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give the names that a condition is made of."""
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        yield node
    else:
        for inner in node.iter_child_nodes():
            yield from _atoms(inner)


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return getattr(node, "name", "this")

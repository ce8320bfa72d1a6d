"""Example contexts become their shape, and the shape becomes contexts for every branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

ShapePath: TypeAlias = tuple[str, ...]
ITEM = "*"  # in a path: any item of a list


class Scalar(StrEnum):
    """What a single value is."""

    TEXT = "a text"
    FLAG = "yes or no"
    OPEN = "not known"  # no example has one


@dataclass(frozen=True, slots=True)
class Group:
    """Values by name."""

    members: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; what each item is."""

    item: Shape


Shape: TypeAlias = Scalar | Group | Listing


@dataclass(frozen=True, slots=True)
class Fill:
    """How a context is filled: everything or nothing, and at one place the contrary."""

    everything: bool
    items: int = 2  # of each list that is filled
    contrary: ShapePath | None = None

    def fills(self, path: ShapePath) -> bool:
        """Tell whether there is something at a path."""
        if self.contrary is None:
            return self.everything
        if path == self.contrary:
            return not self.everything
        return self.everything or self.contrary[: len(path) + 1] == (*path, ITEM)


def group_of(contexts: Sequence[Mapping[str, object]]) -> Group:
    """Give the shape of example contexts, taken together."""
    names = dict.fromkeys(name for context in contexts for name in context)
    return Group({name: _member(contexts, name) for name in names})


def shape_of(values: Sequence[object]) -> Shape:
    """Give the shape of examples of one value, taken together."""
    if groups := [value for value in values if isinstance(value, Mapping)]:
        return group_of(groups)
    if lists := [value for value in values if isinstance(value, (list, tuple))]:
        return Listing(shape_of([item for each in lists for item in each]))
    if not values:
        return Scalar.OPEN
    return Scalar.FLAG if any(isinstance(value, bool) for value in values) else Scalar.TEXT


def context_like(shape: Group, fill: Fill) -> dict[str, Any]:
    """Give a context of that shape; each text says where it comes from."""
    return {name: _value(member, (name,), fill) for name, member in shape.members.items()}


def fills_for(tested: Sequence[ShapePath]) -> Iterator[Fill]:
    """Give ways of filling that take every branch: all, one, none, and each test by itself."""
    yield from (Fill(everything=True), Fill(everything=True, items=1), Fill(everything=False))
    for path in tested:
        yield Fill(everything=True, contrary=path)
        yield Fill(everything=False, contrary=path)


def _member(groups: Sequence[Mapping[str, object]], name: str) -> Shape:
    return shape_of([group[name] for group in groups if name in group])


def _value(shape: Shape, path: ShapePath, fill: Fill) -> object:
    is_filled = fill.fills(path)
    if isinstance(shape, Group):
        return {name: _value(member, (*path, name), fill) for name, member in shape.members.items()}
    if isinstance(shape, Listing):
        item = _value(shape.item, (*path, ITEM), fill)
        return [item] * fill.items if is_filled and shape.item is not Scalar.OPEN else []
    if shape is Scalar.FLAG:
        return is_filled
    return ".".join(path) if is_filled else ""

"""An expression of the source becomes the sentence that a user reads, with dots for what varies."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

_OPEN = "…"


class Sentences:
    """Reads the texts that a function puts together for one of its calls."""

    def __init__(
        self, function: ast.FunctionDef, call: ast.Call, names: Mapping[str, object] | None = None
    ) -> None:
        """Note what each local name may stand for at the call; `names` are those of the module."""
        self._names = names or {}
        self._said = dict(_defaults(function.args))
        for block in _blocks_around(function, call):
            before = [node for node in block if node.lineno < call.lineno]
            said: dict[str, list[ast.expr]] = {}
            for name, value, is_sure in _assigned(before):
                said[name] = [value] if is_sure else [*said.get(name, ()), value]
            self._said |= said

    def of(self, node: ast.expr) -> str:
        """Give the sentence; where it may be one of several, each on a line."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.JoinedStr):
            return "".join(map(self._part, node.values)).replace(_OPEN * 2, _OPEN)
        if isinstance(node, ast.IfExp):
            return f"{self.of(node.body)}\n{self.of(node.orelse)}"
        if isinstance(node, ast.BinOp):
            return self.of(node.left) + self.of(node.right)
        if isinstance(node, ast.Attribute):
            return ast.unparse(node)
        return self._named(node.id) if isinstance(node, ast.Name) else _OPEN

    def _part(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant):
            return self.of(node)
        value = node.value if isinstance(node, ast.FormattedValue) else node
        is_plural = isinstance(value, ast.IfExp) and "s" in {
            self.of(value.body),
            self.of(value.orelse),
        }
        return "(s)" if is_plural else _OPEN

    def _named(self, name: str) -> str:
        texts = [self.of(node) for node in self._said.get(name, ()) if _is_text(node)]
        known = self._names.get(name)
        if not texts and isinstance(known, str):
            return known
        return "\n".join(dict.fromkeys(texts)) or _OPEN


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, list[ast.expr]]]:
    late = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    for argument, default in zip(late, arguments.defaults, strict=True):
        yield argument.arg, [default]


def _blocks_around(node: ast.AST, call: ast.Call) -> Iterator[Sequence[ast.stmt]]:
    """Give the blocks of statements that hold a call, the outermost first."""
    for name in ("body", "orelse"):
        block = getattr(node, name, ())
        inner = [each for each in block if any(part is call for part in ast.walk(each))]
        if inner:
            yield block
            yield from _blocks_around(inner[0], call)


def _assigned(block: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr, bool]]:
    """Give what names are given in a block, and whether that is sure to happen."""
    for statement in block:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                yield node.targets[0].id, node.value, node is statement


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, (ast.JoinedStr, ast.IfExp)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )

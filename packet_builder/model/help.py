"""What stands under a field in the model becomes its help, read from the sources when asked for.

pydantic can do so too, but for every model at each start, which takes a tenth of a rebuild.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pydantic import BaseModel


def field_help(model: type[BaseModel]) -> Mapping[str, str]:
    """Give the text under each field that has one, on one line, by the field's name."""
    bases = [base for base in reversed(model.__mro__) if issubclass(base, BaseModel)]
    own = [base for base in bases if base is not BaseModel]
    return {name: text for base in own for name, text in _written_in(base)}


def _written_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - the source of a class is one
    for field, below in pairwise(tree.body):
        text = _text(below)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and text:
            yield field.target.id, " ".join(text.split())


def _text(statement: ast.stmt) -> str | None:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None

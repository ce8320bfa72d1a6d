"""What a model declares at a place: the fields and the values that are known there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from packet_builder.facts.tree import FactPath


def fields_at(model: type[BaseModel], location: FactPath) -> tuple[str, ...]:
    """Give the names of the fields that may stand at a pydantic location."""
    names = (name for kind in _kinds_at(model, location) for name, _ in _fields(kind))
    return tuple(dict.fromkeys(names))


def choices_at(model: type[BaseModel], location: FactPath) -> tuple[str, ...]:
    """Give the values among which a closed set at a pydantic location lets choose."""
    names = (choice for kind in _kinds_at(model, location) for choice in _choices(kind))
    return tuple(dict.fromkeys(names))


def models_within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Give a model and all that its fields may hold, in their order, some more than once."""
    yield model
    for _, annotation in _fields(model):
        for kind in _all_kinds(annotation):
            yield from models_within(kind)


def _all_kinds(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _all_kinds(inner)


def _kinds_at(model: type[BaseModel], location: FactPath) -> Sequence[Any]:
    """Follow a location; what names nothing in it is a mark that pydantic put there."""
    kinds: Sequence[Any] = [model]
    for part in location:
        inside = [inner for kind in kinds for inner in _inside(kind, part)]
        marked = [kind for kind in kinds if _is_marked(kind, part)]
        kinds = inside or marked or kinds
    return kinds


def _kinds(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - annotations have no common type
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _kinds(member)
    else:
        yield annotation


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield field.alias or name, field.annotation


def _choices(kind: Any) -> Iterator[str]:  # noqa: ANN401
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from (str(member.value) for member in kind)


def _inside(kind: Any, part: str | int) -> Iterator[Any]:  # noqa: ANN401
    for name, annotation in _fields(kind):
        if name == part:
            yield from _kinds(annotation)
    if isinstance(part, int) and get_origin(kind) in {tuple, list}:
        yield from _kinds(get_args(kind)[0])
    if isinstance(part, str) and get_origin(kind) is dict:
        yield from _kinds(get_args(kind)[1])


def _is_marked(kind: Any, part: str | int) -> bool:  # noqa: ANN401
    """Tell whether pydantic means this member of a union: by its name, or by its tag."""
    tags = (tag for _, annotation in _fields(kind) for tag in get_args(annotation))
    return part == getattr(kind, "__name__", None) or part in tags

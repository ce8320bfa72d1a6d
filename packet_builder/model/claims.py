"""Finds every claim of a case, with its place in the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from packet_builder.facts.tree import FactPath
from packet_builder.model.base import Part, fields_of
from packet_builder.model.narrative import ClaimText


def claims_of(part: object, path: FactPath = ()) -> Iterator[tuple[FactPath, ClaimText]]:
    """Give every claim at or below a part, in the order of the model, with its path."""
    if isinstance(part, ClaimText):
        yield path, part
        return
    for key, value in _below(part):
        yield from claims_of(value, (*path, key))


def _below(part: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(part, Part):
        for name, key in fields_of(type(part)):
            yield key, getattr(part, name)
    elif isinstance(part, Mapping):
        yield from part.items()
    elif isinstance(part, tuple):
        yield from enumerate(part)

"""The facts of two builds become what came, went, or says something else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that came, went, or says something else."""

    place: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        """Say it on one line."""
        if self.old is None:
            return f"{self.place}: new: {shortened(self.new or '')}"
        if self.new is None:
            return f"{self.place}: gone: {shortened(self.old)}"
        return f"{self.place}: {shortened(self.old)} -> {shortened(self.new)}"


def fact_changes(old: object, new: object, place: str = "") -> Iterator[FactChange]:
    """Give each fact that differs; what has an id is found again by it."""
    if old is None and isinstance(new, Mapping):
        old = {}
    if new is None and isinstance(old, Mapping):
        new = {}
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            inner = f"{place}.{key}" if place else str(key)
            yield from fact_changes(old.get(key), new.get(key), inner)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _changed_items(old, new, place)
    elif old != new:
        yield FactChange(place, _said(old), _said(new))


def _changed_items(
    old: Sequence[object], new: Sequence[object], place: str
) -> Iterator[FactChange]:
    if all(_name(item) for item in (*old, *new)):
        before, after = ({_name(item): item for item in items} for items in (old, new))
        for name in dict.fromkeys((*before, *after)):
            yield from fact_changes(before.get(name), after.get(name), f"{place} {name}")
        return
    texts = [[_said(item) or "" for item in items] for items in (old, new)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            pairs = zip_longest(old[first:last], new[begin:end])
            for number, (was, now) in enumerate(pairs, max(first, begin) + 1):
                yield from fact_changes(was, now, f"{place} {number}")


def _name(item: object) -> str:
    return str(item.get("id") or "") if isinstance(item, Mapping) else ""


def _said(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def shortened(text: str) -> str:
    """Give a text on one line, in quotation marks, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line[:_SHOWN]}{"…" if len(line) > _SHOWN else ""}"'

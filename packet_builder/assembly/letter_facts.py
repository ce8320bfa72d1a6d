"""What the pages of letters print becomes rows of the manifest: facts, each with its lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from packet_builder.assembly.fact_places import FactFiles
from packet_builder.assembly.letters import WrittenLetter
from packet_builder.facts.tree import FactPath, Facts
from packet_builder.plan.wording import dollars, long_date

_SHORTEST = 4  # characters; shorter ones stand on every page by chance
_ENOUGH = 60  # characters of a long text, which may go on over the end of a page
_A_CHOICE = re.compile(r"[a-z0-9_-]+")  # an id, or one of a list: a word of the program
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"\$?\d{1,3}(?:,?\d{3})+(?:\.\d{2})?")
_ALIKE = str.maketrans("\u201c\u201d\u2018\u2019\u2010\u2011\u00a0", "\"\"''-- ")
_FILES = frozenset({"file", "files", "certificate", "logo"})


@dataclass(frozen=True, slots=True)
class _Printed:
    """A fact as letters print it."""

    said: str
    sought: tuple[str, ...]  # any of these stands on a page that prints it
    file: str
    line: int

    def stands_in(self, text: str) -> bool:
        """Tell whether a page prints it, and not as a part of other words."""
        return any(
            part in text and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)  # `in` is quick
            for part in self.sought
        )


def letter_rows(letters: Sequence[WrittenLetter], files: FactFiles) -> list[dict[str, Any]]:
    """Give one row for each page of a letter that prints facts; statements stand in the matrix."""
    known = [one for facts in (files.case, files.firm) for one in _printed(facts)]
    return [
        {"document": letter.planned.id, "page": number, "facts": rows}
        for letter in letters
        for number, text in enumerate(letter.texts, start=1)
        if (rows := _rows(known, _plain(text)))
    ]


def _rows(known: Sequence[_Printed], text: str) -> list[dict[str, Any]]:
    places: dict[str, list[dict[str, Any]]] = {}
    for one in known:
        if one.stands_in(text):
            found = places.setdefault(one.said, [])
            if (place := {"file": one.file, "line": one.line}) not in found:
                found.append(place)
    return [{"said": said, "places": found} for said, found in places.items()]


def _printed(facts: Facts) -> Iterator[_Printed]:
    for path, said in _sayings(facts, (), facts.tree):
        source = facts.source_of(path)
        yield _Printed(said, _sought(said), source.path.as_posix(), source.line)


def _sayings(facts: Facts, path: FactPath, value: object) -> Iterator[tuple[FactPath, str]]:
    """Give each fact as letters print it: a name as one, a day and an amount in words."""
    if isinstance(value, str) and path[-1] not in _FILES:
        if said := _said(value):
            yield path, said
    elif isinstance(value, Mapping):
        if "family" in value:
            parts = (value.get(name) for name in ("given", "middle", "family"))
            yield path, " ".join(part for part in parts if isinstance(part, str))
        else:
            for name, inner in value.items():
                yield from _sayings(facts, (*path, name), inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _sayings(facts, (*path, position), inner)


def _said(text: str) -> str | None:
    """Give a text as it is printed; None for a statement, a choice, and what is too short."""
    if _DAY.fullmatch(text):
        return _day(text)
    if _AMOUNT.fullmatch(text):
        return dollars(Decimal(text.replace(",", "").removeprefix("$")))
    if len(text) < _SHORTEST or "[@" in text or _A_CHOICE.fullmatch(text):
        return None
    return " ".join(text.split())


def _day(text: str) -> str | None:
    try:
        return long_date(dt.date.fromisoformat(text))
    except ValueError:
        return None


def _sought(said: str) -> tuple[str, ...]:
    plain = _plain(said)
    begins, ends = plain[:_ENOUGH].rpartition(" ")[0], plain[-_ENOUGH:].partition(" ")[2]
    parts = (plain,) if len(plain) <= _ENOUGH else (begins, ends)
    return tuple(part.strip(" .") for part in parts)


def _plain(text: str) -> str:
    """Give text as engines and keyboards write it alike."""
    return " ".join(text.translate(_ALIKE).casefold().split())

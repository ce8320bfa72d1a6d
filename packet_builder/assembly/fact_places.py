"""A fact that a form was filled from becomes the lines of the files that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from packet_builder.facts.tree import FactPath, Facts
from packet_builder.plan.form_places import EACH, FIRM, Places


@dataclass(frozen=True, slots=True)
class FactFiles:
    """The files that forms are filled from."""

    case: Facts
    firm: Facts

    def lines_of(self, fact: str, places: Places, told: str | None) -> list[dict[str, Any]]:
        """Give file and line of all that a fact is made of; `told` is the answer as written.

        Where several things are written and one of them is the answer, it stands there. Where
        nothing is written, it is the nearest line around the place where it would stand.
        """
        written = [one for path in places.paths_of(fact) for one in self._written(path)]
        telling = [one for one in written if self._value(one) == told]
        found = telling or written or [places.path_of(fact)] * bool(places.paths_of(fact))
        return _once(self._line(path) for path in found)

    def _written(self, path: FactPath) -> Iterator[FactPath]:
        """Give what is written at a path; of a list each entry."""
        for step, name in enumerate(path):
            if name == EACH:
                for one in self._entries(path[:step]):
                    yield from self._written((*one, *path[step + 1 :]))
                return
        facts, inner = self._file_of(path)
        if inner in facts.values:
            yield from tuple(self._entries(path)) or (path,)

    def _entries(self, path: FactPath) -> Iterator[FactPath]:
        facts, inner = self._file_of(path)
        value = facts.value_at(inner) if inner in facts.values else None
        yield from ((*path, at) for at in range(len(value) if isinstance(value, list) else 0))

    def _value(self, path: FactPath) -> object:
        facts, inner = self._file_of(path)
        return facts.value_at(inner)

    def _line(self, path: FactPath) -> dict[str, Any]:
        facts, inner = self._file_of(path)
        source = facts.source_of(inner)
        return {"file": source.path.as_posix(), "line": source.line}

    def _file_of(self, path: FactPath) -> tuple[Facts, FactPath]:
        return (self.firm, path[1:]) if path[:1] == (FIRM,) else (self.case, path)


def _once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_place = {(row["file"], row["line"]): row for row in rows}
    return [by_place[place] for place in sorted(by_place)]

"""What files of facts say, as plain values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from packet_builder.facts.fault import Fault, Source
from packet_builder.facts.text import Text

#: Field names and, in lists, positions that count from 0: `("evidence", 2, "title")`.
FactPath: TypeAlias = tuple[str | int, ...]


class Mark(NamedTuple):
    """Where something stands; line and column count from 0. Thousands of them are made."""

    file: Path
    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case, or of one file."""

    tree: Mapping[str, object]
    """Made of dict, list, str and None only."""
    values: Mapping[FactPath, Mark]
    keys: Mapping[FactPath, Mark]
    texts: Mapping[Path, Text]

    def source_of(self, path: FactPath) -> Source:
        """Give where a value stands, or the nearest thing around it that is written."""
        mark = self._nearest(path)
        return Source(mark.file, mark.line + 1, mark.column + 1)

    def value_at(self, path: FactPath) -> object:
        """Give what stands at a path that exists."""
        value: object = self.tree
        for part in path:
            value = value[part]  # type: ignore[index]  # each part was found in this very tree
        return value

    def fault_at(
        self, path: FactPath, message: str, note: str = "", *, at_key: bool = False
    ) -> Fault:
        """Give a fault at the value of a path, or at its field name."""
        mark = self.keys.get(path) if at_key else None
        mark = mark or self._nearest(path)
        text = self.texts[mark.file]
        fault = text.fault((mark.line, mark.column), message, mark.width)
        return replace(fault, note=note)

    def _nearest(self, path: FactPath) -> Mark:
        while path not in self.values:
            path = path[:-1]
        return self.values[path]

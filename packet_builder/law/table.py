"""Reads a table of law: YAML beside this file, each row with its dates, source and status."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar, cast

import yaml

from packet_builder.errors import UnusableError
from packet_builder.model.base import Part
from packet_builder.model.scalars import Day, Line

_TABLES = Path(__file__).parent / "tables"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is 10 times faster


class SourceStatus(StrEnum):
    """How sure a row is."""

    PRIMARY = "primary"  # read in the official text
    SECONDARY = "secondary"  # only third parties say so: confirm before filing
    UNVERIFIED = "unverified"  # never printed as law
    DESIGN = "design"  # a choice of this program, without legal force; never printed as law

    @property
    def words(self) -> str:
        """Give how sure it is, for a person who has to rely on it."""
        return _WORDS[self]


_WORDS = MappingProxyType(
    {
        SourceStatus.PRIMARY: "read in the official text",
        SourceStatus.SECONDARY: "as reported by others: confirm",
        SourceStatus.UNVERIFIED: "not established: ask or decide",
        SourceStatus.DESIGN: "a choice of this program",
    }
)
#: What a document may state. All else reaches findings only.
PRINTABLE = frozenset({SourceStatus.PRIMARY, SourceStatus.SECONDARY})


class Row(Part):
    """What every row of every table says of itself."""

    id: Line
    """The short name of the row. A row of the office takes the place of the program's row of the
    same name."""
    effective_from: Day | None = None
    """The first day; left out where the start was not established."""
    effective_to: Day | None = None
    """The last day; left out while the row is in force."""
    source: Line
    """Where it was read, so that the next reader finds it: `Form G-1055, edition 10/01/26, p.
    41`."""
    status: SourceStatus
    """How sure it is: read in the official text, told by others, not established (never printed),
    or a choice without legal force."""
    checked_on: Day
    """When somebody last compared the row with its source."""
    confirm: Line | None = None
    """What the source cannot show, and has to be confirmed before filing."""

    def is_in_force(self, on: dt.date) -> bool:
        """Tell whether the row covers a date."""
        started = self.effective_from is None or self.effective_from <= on
        return started and (self.effective_to is None or on <= self.effective_to)

    @property
    def is_printable(self) -> bool:
        """Tell whether a document may state it as law."""
        return self.status in PRINTABLE

    @property
    def is_sure(self) -> bool:
        """Tell whether it was read in the official text, and nothing of it is to be confirmed."""
        return self.status is SourceStatus.PRIMARY and self.confirm is None

    @property
    def is_established(self) -> bool:
        """Tell whether anybody says so; a choice of this program counts."""
        return self.status is not SourceStatus.UNVERIFIED


class LawGapError(UnusableError):
    """A table has no row for what is asked on that date; nothing is extrapolated."""

    def __init__(self, table: str, identifier: str, on: dt.date) -> None:
        super().__init__(
            f'law/tables/{table}.yaml has no row "{identifier}" in force on {on:%Y-%m-%d}. '
            "Add the row with its source to the office's law.yaml; packet-builder never takes the "
            "nearest value."
        )


class LawUnverifiedError(UnusableError):
    """The row in force has no source that a document may rest on."""

    def __init__(self, table: str, identifier: str, on: dt.date) -> None:
        super().__init__(
            f'law/tables/{table}.yaml: the row "{identifier}" in force on {on:%Y-%m-%d} is not '
            "verified. Find its official source and give the row in the office's law.yaml; it is "
            "never printed as law."
        )


RowType = TypeVar("RowType", bound=Row)


@dataclass(frozen=True, slots=True)
class Table(Generic[RowType]):
    """A table by name, with the type of its rows."""

    name: str
    row: type[RowType]

    @property
    def shipped(self) -> tuple[RowType, ...]:
        """Give the rows that travel with the program, in the order of their file."""
        return cast("tuple[RowType, ...]", _shipped(self.name, self.row))


@cache
def _shipped(table: str, row: type[Row]) -> tuple[Row, ...]:
    text = (_TABLES / f"{table}.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=_LOADER)  # noqa: S506 - scalars stay text
    return tuple(row.model_validate(entry) for entry in entries)

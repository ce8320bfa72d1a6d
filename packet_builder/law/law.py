"""The program's tables and the office's own rows become one law, asked by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from packet_builder.facts.fault import Source
from packet_builder.law.table import (
    LawGapError,
    LawUnverifiedError,
    Row,
    RowType,
    Table,
)

_DAY = dt.timedelta(days=1)
_NOTHING: Mapping[str, tuple[OwnRow, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of the office, and where it stands."""

    row: Row
    source: Source


@dataclass(frozen=True, slots=True)
class Law:
    """What a filing may rest on. Where the office has a row of its own, that row holds."""

    own: Mapping[str, tuple[OwnRow, ...]] = field(default_factory=lambda: _NOTHING)
    """The office's rows, by table."""

    def rows(self, table: Table[RowType]) -> tuple[RowType, ...]:
        """Give every row of a table."""
        own = [one.row for one in self.own.get(table.name, ()) if isinstance(one.row, table.row)]
        return tuple(_merged(table.shipped, own)) if own else table.shipped

    def printable(self, table: Table[RowType], on: dt.date) -> tuple[RowType, ...]:
        """Give the rows in force on a date that a document may print, in the table's order."""
        return tuple(row for row in self.rows(table) if row.is_in_force(on) and row.is_printable)

    def in_force(self, table: Table[RowType], identifier: str, on: dt.date) -> RowType:
        """Give the one row of that id in force on a date, for a document to print.

        Raises LawGapError when there is none, LawUnverifiedError when it may not be printed.
        """
        row = self.any_in_force(table, identifier, on)
        if not row.is_printable:
            raise LawUnverifiedError(table.name, identifier, on)
        return row

    def any_in_force(self, table: Table[RowType], identifier: str, on: dt.date) -> RowType:
        """Give the one row of that id in force on a date, sure or not; for findings only.

        Raises LawGapError when there is none.
        """
        for row in self.rows(table):
            if row.id == identifier and row.is_in_force(on):
                return row
        raise LawGapError(table.name, identifier, on)

    def place_of(self, table: str, row: Row) -> Source | None:
        """Give where a row of the office stands; None for a row of the program."""
        found = (one.source for one in self.own.get(table, ()) if one.row == row)
        return next(found, None)


#: The tables that travel with the program, and no row of an office.
SHIPPED = Law()


def _merged(shipped: tuple[RowType, ...], own: Sequence[RowType]) -> Iterator[RowType]:
    """Give the rows, those of one id together: the program's, as far as they hold, then our own."""
    for identifier in dict.fromkeys(row.id for row in (*shipped, *own)):
        ours = [row for row in own if row.id == identifier]
        for row in shipped:
            if row.id == identifier and (left := left_of(row, ours)):
                yield left
        yield from ours


def left_of(row: RowType, own: Sequence[Row]) -> RowType | None:
    """Give a row up to the day before the office's own begins; None where nothing is left of it.

    What the office has replaced does not come back when its own row ends: then there is a gap.
    """
    starts = [one.effective_from for one in own if overlap(row, one)]
    if not starts:
        return row
    if None in starts:
        return None
    last = min(start for start in starts if start) - _DAY
    if row.effective_from and last < row.effective_from:
        return None
    return row.model_copy(update={"effective_to": last})


def overlap(one: Row, other: Row) -> bool:
    """Tell whether both are in force on some day."""
    return (one.effective_from or dt.date.min) <= (other.effective_to or dt.date.max) and (
        other.effective_from or dt.date.min
    ) <= (one.effective_to or dt.date.max)

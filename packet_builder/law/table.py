"""Reads a table of law: YAML beside this file, each row with its dates, source and status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

from packet_builder.errors import UnusableError

_TABLES = Path(__file__).parent / "tables"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is 10 times faster


class SourceStatus(StrEnum):
    """How sure a row is."""

    PRIMARY = "primary"  # read in the official text
    SECONDARY = "secondary"  # only third parties say so: confirm before filing
    UNVERIFIED = "unverified"  # never printed as law
    DESIGN = "design"  # a choice of this program, without legal force; never printed as law


#: What a document may state. All else reaches findings only.
PRINTABLE = frozenset({SourceStatus.PRIMARY, SourceStatus.SECONDARY})


class Row(BaseModel):
    """What every row of every table says of itself."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    id: str
    effective_from: dt.date | None = None  # None: the start was not established
    effective_to: dt.date | None = None  # the last day; None: open
    source: str
    status: SourceStatus
    checked_on: dt.date
    confirm: str | None = None  # what the source cannot show, to be confirmed before filing

    def is_in_force(self, on: dt.date) -> bool:
        """Tell whether the row covers a date."""
        started = self.effective_from is None or self.effective_from <= on
        return started and (self.effective_to is None or on <= self.effective_to)


class LawGapError(UnusableError):
    """A table has no row for what is asked on that date; nothing is extrapolated."""

    def __init__(self, table: str, identifier: str, on: dt.date) -> None:
        super().__init__(
            f'law/tables/{table}.yaml has no row "{identifier}" in force on {on:%Y-%m-%d}. '
            "Add the row with its source; packet-builder never takes the nearest value."
        )


class LawUnverifiedError(UnusableError):
    """The row in force has no source that a document may rest on."""

    def __init__(self, table: str, identifier: str, on: dt.date) -> None:
        super().__init__(
            f'law/tables/{table}.yaml: the row "{identifier}" in force on {on:%Y-%m-%d} is not '
            "verified. Find its official source and correct the row; it is never printed as law."
        )


RowType = TypeVar("RowType", bound=Row)


def read_table(table: str, row: type[RowType]) -> tuple[RowType, ...]:
    """Give all rows of a table, in its order."""
    return tuple(row.model_validate(entry) for entry in _content(table))


def row_in_force(table: str, rows: Iterable[RowType], identifier: str, on: dt.date) -> RowType:
    """Give the one row of that id in force on a date, for a document to print.

    Raises LawGapError when there is none, LawUnverifiedError when it may not be printed.
    """
    row = any_row_in_force(table, rows, identifier, on)
    if row.status not in PRINTABLE:
        raise LawUnverifiedError(table, identifier, on)
    return row


def any_row_in_force(table: str, rows: Iterable[RowType], identifier: str, on: dt.date) -> RowType:
    """Give the one row of that id in force on a date, sure or not; for findings only.

    Raises LawGapError when there is none.
    """
    for row in rows:
        if row.id == identifier and row.is_in_force(on):
            return row
    raise LawGapError(table, identifier, on)


@cache
def _content(table: str) -> tuple[dict[str, object], ...]:
    text = (_TABLES / f"{table}.yaml").read_text(encoding="utf-8")
    return tuple(yaml.load(text, Loader=_LOADER))  # noqa: S506 - scalars stay text

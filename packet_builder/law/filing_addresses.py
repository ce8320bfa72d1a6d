"""Where a paper filing goes."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, read_table, row_in_force


class FilingAddress(Row):
    """An address block, line by line."""

    lines: tuple[str, ...]


def filing_addresses() -> tuple[FilingAddress, ...]:
    """Give every address."""
    return read_table("filing_addresses", FilingAddress)


def filing_address(identifier: str, on: dt.date) -> FilingAddress:
    """Give the address of that id in force on a date; raises LawGapError."""
    return row_in_force("filing_addresses", filing_addresses(), identifier, on)

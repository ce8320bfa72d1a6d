"""Where a paper filing goes."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Line


class FilingAddress(Row):
    """An address block, line by line."""

    lines: tuple[Line, ...]
    """The address from top to bottom, a line each, as the envelope has it."""


FILING_ADDRESSES = Table("filing_addresses", FilingAddress)


def filing_addresses(law: Law) -> tuple[FilingAddress, ...]:
    """Give every address."""
    return law.rows(FILING_ADDRESSES)


def filing_address(law: Law, identifier: str, on: dt.date) -> FilingAddress:
    """Give the address of that id in force on a date; raises LawGapError."""
    return law.in_force(FILING_ADDRESSES, identifier, on)

"""The three bases on which a filing fee may be waived (Form I-912), with their proof."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, read_table, row_in_force


class FeeWaiverBasis(Row):
    """One basis; only one must be proved."""

    title: str
    text: str
    parts: str  # of the form, that are completed
    evidence: tuple[str, ...]
    kinds: tuple[str, ...]  # kinds of evidence that can prove it
    percent_of_guideline: int | None = None


def fee_waiver_bases() -> tuple[FeeWaiverBasis, ...]:
    """Give all three."""
    return read_table("fee_waiver_bases", FeeWaiverBasis)


def fee_waiver_basis(identifier: str, on: dt.date) -> FeeWaiverBasis:
    """Give the basis of that id in force on a date; raises LawGapError."""
    return row_in_force("fee_waiver_bases", fee_waiver_bases(), identifier, on)

"""The categories whose I-131 filing fee is $0 for an initial Parole Document."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, read_table, row_in_force


class FeeExemption(Row):
    """One category. Exempt means free; it says nothing of eligibility."""

    title: str


def fee_exemptions() -> tuple[FeeExemption, ...]:
    """Give all categories."""
    return read_table("fee_exemptions", FeeExemption)


def fee_exemption(identifier: str, on: dt.date) -> FeeExemption:
    """Give the category of that id in force on a date; raises LawGapError."""
    return row_in_force("fee_exemptions", fee_exemptions(), identifier, on)

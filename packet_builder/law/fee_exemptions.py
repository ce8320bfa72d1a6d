"""The categories whose I-131 filing fee is $0 for an initial Parole Document."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Line


class FeeExemption(Row):
    """One category. Exempt means free; it says nothing of eligibility."""

    title: Line
    """Who belongs to it, as the statement of exemption prints it."""


FEE_EXEMPTIONS = Table("fee_exemptions", FeeExemption)


def fee_exemptions(law: Law) -> tuple[FeeExemption, ...]:
    """Give all categories."""
    return law.rows(FEE_EXEMPTIONS)


def fee_exemption(law: Law, identifier: str, on: dt.date) -> FeeExemption:
    """Give the category of that id in force on a date; raises LawGapError."""
    return law.in_force(FEE_EXEMPTIONS, identifier, on)

"""The federal poverty guidelines, year by year and household by household."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count


class PovertyGuideline(Row):
    """The amount at 100 percent for a household of one size."""

    household: Count
    """How many people the household has; the row is called after it: `household_4`."""
    usd: Count
    """Whole U.S. dollars a year, at 100 percent."""


POVERTY_GUIDELINES = Table("poverty_guidelines", PovertyGuideline)


def poverty_guidelines(law: Law) -> tuple[PovertyGuideline, ...]:
    """Give every amount."""
    return law.rows(POVERTY_GUIDELINES)


def poverty_guideline(law: Law, household: int, on: dt.date) -> PovertyGuideline:
    """Give the amount for a household on a date; raises LawGapError, and adds up nothing."""
    return law.in_force(POVERTY_GUIDELINES, f"household_{household}", on)

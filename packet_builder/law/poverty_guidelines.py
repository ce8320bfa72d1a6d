"""The federal poverty guidelines, year by year and household by household."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, read_table, row_in_force


class PovertyGuideline(Row):
    """The amount at 100 percent for a household of one size."""

    household: int
    usd: int


def poverty_guidelines() -> tuple[PovertyGuideline, ...]:
    """Give every amount."""
    return read_table("poverty_guidelines", PovertyGuideline)


def poverty_guideline(household: int, on: dt.date) -> PovertyGuideline:
    """Give the amount for a household on a date; raises LawGapError, and adds up nothing."""
    return row_in_force("poverty_guidelines", poverty_guidelines(), f"household_{household}", on)

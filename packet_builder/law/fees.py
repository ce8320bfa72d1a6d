"""Filing fees and the parole fee, by date."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.table import Row, read_table, row_in_force


class GovernedBy(StrEnum):
    """The date that decides which amount is due."""

    FILING = "filing"  # the postmark on paper, the submission online
    GRANT = "grant"


class Fee(Row):
    """One amount of money."""

    title: str
    usd: int
    governed_by: GovernedBy
    waivable: str  # yes, no, never, or the condition in words


def fee(identifier: str, on: dt.date) -> Fee:
    """Give the fee of that id due on a date; raises LawGapError."""
    return row_in_force("fees", read_table("fees", Fee), identifier, on)

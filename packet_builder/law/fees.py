"""Filing fees and the parole fee, by date."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.table import Row, read_table, row_in_force


class GovernedBy(StrEnum):
    """The date that decides which amount is due."""

    FILING = "filing"  # the postmark on paper, the submission online
    GRANT = "grant"


class Mode(StrEnum):
    """How a fee is paid."""

    PAPER = "paper"
    ONLINE = "online"
    BOTH = "both"
    AFTER_FILING = "after_filing"  # at the port of entry, or on notice; never with the form
    NOT_ESTABLISHED = "not_established"


class Fee(Row):
    """One amount of money."""

    title: str
    usd: int
    mode: Mode
    governed_by: GovernedBy
    waivable: str  # yes, no, never, or the condition in words
    separate: bool = False  # paid by a payment of its own (Form G-1055, p. 1)
    reported_in: str | None = None  # newest edition of the schedule reported to have this amount


def fees() -> tuple[Fee, ...]:
    """Give every amount."""
    return read_table("fees", Fee)


def fee(identifier: str, on: dt.date) -> Fee:
    """Give the fee of that id due on a date; raises LawGapError or LawUnverifiedError."""
    return row_in_force("fees", fees(), identifier, on)

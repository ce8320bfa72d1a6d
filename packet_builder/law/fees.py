"""Filing fees and the parole fee, by date."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.law import Law
from packet_builder.law.table import LawGapError, LawUnverifiedError, Row, Table
from packet_builder.model.scalars import Count, Flag, Line


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

    title: Line
    """What the fee is for, as reports print it."""
    usd: Count
    """Whole US dollars."""
    mode: Mode
    """For the reader: on paper, online, either, or not with the filing. Which row is taken follows
    from its `id`."""
    governed_by: GovernedBy
    """For the reader: whether the day of filing or that of the grant decides how much is due."""
    waivable: Line
    """`yes`, `no`, `never`, or the condition in words."""
    separate: Flag = False
    """Paid by a payment of its own (Form G-1055, p. 1)."""
    reported_in: Line | None = None
    """The newest edition of the fee schedule that is reported to have this amount."""


FEES = Table("fees", Fee)


def fees(law: Law) -> tuple[Fee, ...]:
    """Give every amount."""
    return law.rows(FEES)


def fee(law: Law, identifier: str, on: dt.date) -> Fee:
    """Give the fee of that id due on a date; raises LawGapError or LawUnverifiedError."""
    return law.in_force(FEES, identifier, on)


def fee_row(law: Law, row: str, mode: str) -> str:
    """Give the id of a fee as it is paid: on paper and online, where the table has both."""
    return row if any(one.id == row for one in fees(law)) else f"{row}_{mode}"


def known_fee(law: Law, identifier: str, on: dt.date) -> Fee | None:
    """Give the fee of that id due on a date; None where none may be printed."""
    try:
        return fee(law, identifier, on)
    except (LawGapError, LawUnverifiedError):
        return None

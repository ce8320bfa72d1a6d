"""Limits of time: answers to a notice, and what follows from the other events of a case."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count, Line, WholeNumber


class ResponseLimit(Row):
    """One limit for a Request for Evidence or a Notice of Intent to Deny."""

    text: Line
    """What the limit is, in one sentence."""
    days: Count | None = None
    """How many days it gives, adds or takes; left out where the row is a rule in words."""


class DeadlineRule(Row):
    """One date that follows from an event of a case."""

    text: Line
    """What the rule says, in one sentence."""
    from_event: Line
    """For the reader: from which event it counts, `last day of parole`."""
    years: WholeNumber = 0
    """Whole years from that event on, counted before months and days."""
    months: WholeNumber = 0
    """Whole months from that event on; a day that a month lacks becomes its last."""
    days: WholeNumber = 0
    """Whole days from that event on; below 0, as of years and months, before it."""


RESPONSE_LIMITS = Table("response_limits", ResponseLimit)
DEADLINES = Table("deadlines", DeadlineRule)


def response_limit(law: Law, identifier: str, on: dt.date) -> ResponseLimit:
    """Give the limit of that id in force on a date; raises LawGapError."""
    return law.any_in_force(RESPONSE_LIMITS, identifier, on)


def deadline(law: Law, identifier: str, on: dt.date) -> DeadlineRule:
    """Give the rule of that id in force on a date; raises LawGapError."""
    return law.any_in_force(DEADLINES, identifier, on)


def days_on_the_way(law: Law, carrier: str, on: dt.date) -> int:
    """Give the days that the office allows for a carrier; raises LawGapError."""
    return response_limit(law, f"carried_{carrier}", on).days or 0

"""Limits of time: answers to a notice, and what follows a grant of parole."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count, Line, WholeNumber


class ResponseLimit(Row):
    """One limit for a Request for Evidence or a Notice of Intent to Deny."""

    text: Line
    days: Count | None = None


class Deadline(Row):
    """One date that follows from an event after the grant."""

    text: Line
    from_event: Line
    """From which event it counts."""
    years: WholeNumber = 0
    days: WholeNumber = 0
    """Below 0: before the event."""


RESPONSE_LIMITS = Table("response_limits", ResponseLimit)
DEADLINES = Table("deadlines", Deadline)


def response_limits(law: Law) -> tuple[ResponseLimit, ...]:
    """Give every limit of a notice."""
    return law.rows(RESPONSE_LIMITS)


def response_limit(law: Law, identifier: str, on: dt.date) -> ResponseLimit:
    """Give the limit of that id in force on a date; raises LawGapError."""
    return law.any_in_force(RESPONSE_LIMITS, identifier, on)


def deadlines(law: Law) -> tuple[Deadline, ...]:
    """Give every deadline after a grant."""
    return law.rows(DEADLINES)


def deadline(law: Law, identifier: str, on: dt.date) -> Deadline:
    """Give the deadline of that id in force on a date; raises LawGapError."""
    return law.any_in_force(DEADLINES, identifier, on)

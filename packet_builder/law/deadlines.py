"""Limits of time: answers to a notice, and what follows a grant of parole."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, any_row_in_force, read_table


class ResponseLimit(Row):
    """One limit for a Request for Evidence or a Notice of Intent to Deny."""

    text: str
    days: int | None = None


class Deadline(Row):
    """One date that follows from an event after the grant."""

    text: str
    from_event: str
    years: int = 0
    days: int = 0  # below 0: before the event


def response_limits() -> tuple[ResponseLimit, ...]:
    """Give every limit of a notice."""
    return read_table("response_limits", ResponseLimit)


def response_limit(identifier: str, on: dt.date) -> ResponseLimit:
    """Give the limit of that id in force on a date; raises LawGapError."""
    return any_row_in_force("response_limits", response_limits(), identifier, on)


def deadlines() -> tuple[Deadline, ...]:
    """Give every deadline after a grant."""
    return read_table("deadlines", Deadline)


def deadline(identifier: str, on: dt.date) -> Deadline:
    """Give the deadline of that id in force on a date; raises LawGapError."""
    return any_row_in_force("deadlines", deadlines(), identifier, on)

"""What a paper filing and an online filing may hold."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count, Line


class Way(StrEnum):
    """The way of delivery that a limit is for."""

    PAPER = "paper"
    ONLINE = "online"


class DeliveryLimit(Row):
    """One limit of paper or of the online account."""

    text: Line
    """What the limit says, in one sentence; the checklist of a filing prints it."""
    mode: Way
    """Whether it holds for filings on paper or online."""
    limit: Count | None = None
    """The most bytes that a file may have, in the row `upload_bytes`."""
    types: tuple[Line, ...] = ()
    """For the reader: endings of file names that may be sent, in lower case."""


DELIVERY_LIMITS = Table("delivery_limits", DeliveryLimit)


def delivery_limits(law: Law) -> tuple[DeliveryLimit, ...]:
    """Give all of them."""
    return law.rows(DELIVERY_LIMITS)


def delivery_limit(law: Law, identifier: str, on: dt.date) -> DeliveryLimit:
    """Give the limit of that id in force on a date; raises LawGapError."""
    return law.any_in_force(DELIVERY_LIMITS, identifier, on)

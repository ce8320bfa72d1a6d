"""What a paper filing and an online filing may hold."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, any_row_in_force, read_table


class DeliveryLimit(Row):
    """One limit of paper or of the online account."""

    text: str
    mode: str  # paper or online
    limit: int | None = None  # in bytes
    types: tuple[str, ...] = ()  # file name endings, in lower case


def delivery_limits() -> tuple[DeliveryLimit, ...]:
    """Give all of them."""
    return read_table("delivery_limits", DeliveryLimit)


def delivery_limit(identifier: str, on: dt.date) -> DeliveryLimit:
    """Give the limit of that id in force on a date; raises LawGapError."""
    return any_row_in_force("delivery_limits", delivery_limits(), identifier, on)

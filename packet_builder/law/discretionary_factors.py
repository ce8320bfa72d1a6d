"""What speaks for and against parole as a matter of discretion."""

from __future__ import annotations

from enum import StrEnum

from packet_builder.law.table import Row, read_table


class Sign(StrEnum):
    """On which side a factor stands."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    RULE = "rule"  # how factors are weighed


class DiscretionaryFactor(Row):
    """One factor, or one rule of weighing."""

    sign: Sign
    text: str


def discretionary_factors() -> tuple[DiscretionaryFactor, ...]:
    """Give all of them."""
    return read_table("discretionary_factors", DiscretionaryFactor)

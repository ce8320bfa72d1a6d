"""What speaks for and against parole as a matter of discretion."""

from __future__ import annotations

from enum import StrEnum

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Line


class Sign(StrEnum):
    """On which side a factor stands."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    RULE = "rule"  # how factors are weighed


class DiscretionaryFactor(Row):
    """One factor, or one rule of weighing."""

    sign: Sign
    """`positive` speaks for parole, `negative` against it; `rule` says how they are weighed."""
    text: Line
    """The factor, in one sentence."""


DISCRETIONARY_FACTORS = Table("discretionary_factors", DiscretionaryFactor)


def discretionary_factors(law: Law) -> tuple[DiscretionaryFactor, ...]:
    """Give all of them."""
    return law.rows(DISCRETIONARY_FACTORS)

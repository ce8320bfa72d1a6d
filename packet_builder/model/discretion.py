"""What speaks for and against a favourable exercise of discretion."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.scalars import Identifier, Line, OneOrMany


class PositiveKind(StrEnum):
    """Factors that speak for parole."""

    FAMILY_TIES = "family_ties"
    COMMUNITY_TIES = "community_ties"
    FINANCIAL_SUPPORT = "financial_support"
    GOOD_CHARACTER = "good_character"
    DEFINITE_PURPOSE = "definite_purpose"
    INTENT_TO_DEPART = "intent_to_depart"
    ROUTE_TO_STATUS = "route_to_status"
    COMPLIANCE = "compliance"
    BENEFIT_TO_OTHERS = "benefit_to_others"
    UNDERTAKING = "undertaking"
    OTHER = "other"


class NegativeKind(StrEnum):
    """Factors that speak against parole, and must be answered."""

    PRIOR_OVERSTAY = "prior_overstay"
    UNLAWFUL_ENTRY = "unlawful_entry"
    REMOVAL_ORDER = "removal_order"
    CRIMINAL_HISTORY = "criminal_history"
    FALSE_STATEMENT = "false_statement"
    EARLIER_REFUSAL = "earlier_refusal"
    WEAK_FINANCES = "weak_finances"
    IMMIGRANT_INTENT = "immigrant_intent"
    OTHER = "other"


class PositiveFactor(Part):
    """One factor in favour."""

    factor: PositiveKind
    """What it is about: it gives the section its usual heading."""
    heading: Line | None = None
    """A heading of your own, in place of the usual one."""
    claims: Claims
    """What is so, each statement with its proof: `... [@brother-declaration p. 1].`"""


class NegativeFactor(Part):
    """One factor against: stated, answered, cited."""

    factor: NegativeKind
    """What kind of fact it is. It fits the events that it answers; `other` fits them all."""
    heading: Line | None = None
    """A heading of your own, in place of the usual one; best with `other`."""
    events: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """The events of the immigration history that this factor answers, by id."""
    facts: Claims
    """The fact itself, plainly."""
    response: Claims
    """The answer: the explanation, what has changed, why parole is still merited."""


class Discretion(Part):
    """The discretionary factors."""

    positive: tuple[PositiveFactor, ...]
    """What speaks for parole, in the order in which the letter says it."""
    negative: tuple[NegativeFactor, ...] = ()
    """What speaks against it. Each adverse event of an immigration history needs one that answers
    it."""

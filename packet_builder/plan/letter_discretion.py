"""Discretionary factors and immigration history become words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.discretion import (
    NegativeFactor,
    NegativeKind,
    PositiveFactor,
    PositiveKind,
)
from packet_builder.model.history import EventKind, ImmigrationEvent
from packet_builder.model.people import Beneficiary
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import flowing, words
from packet_builder.plan.wording import long_date

POSITIVE: Mapping[PositiveKind, str] = MappingProxyType(
    {
        PositiveKind.FAMILY_TIES: "Family Ties",
        PositiveKind.COMMUNITY_TIES: "Community Ties",
        PositiveKind.FINANCIAL_SUPPORT: "Financial Support",
        PositiveKind.GOOD_CHARACTER: "Good Character",
        PositiveKind.DEFINITE_PURPOSE: "A Definite and Temporary Purpose",
        PositiveKind.INTENT_TO_DEPART: "Intent to Depart",
        PositiveKind.ROUTE_TO_STATUS: "A Route to Lawful Status",
        PositiveKind.COMPLIANCE: "Compliance with Immigration Law",
        PositiveKind.BENEFIT_TO_OTHERS: "Benefit to Others",
        PositiveKind.UNDERTAKING: "Undertakings",
        PositiveKind.OTHER: "Further Considerations",
    }
)
NEGATIVE: Mapping[NegativeKind, str] = MappingProxyType(
    {
        NegativeKind.PRIOR_OVERSTAY: "Prior Overstay",
        NegativeKind.UNLAWFUL_ENTRY: "Unlawful Entry",
        NegativeKind.REMOVAL_ORDER: "Removal Order",
        NegativeKind.CRIMINAL_HISTORY: "Criminal History",
        NegativeKind.FALSE_STATEMENT: "False Statement",
        NegativeKind.EARLIER_REFUSAL: "Earlier Refusal",
        NegativeKind.WEAK_FINANCES: "Limited Financial Means",
        NegativeKind.IMMIGRANT_INTENT: "Intent to Immigrate",
        NegativeKind.OTHER: "Further Adverse Fact",
    }
)
EVENTS: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.ADMISSION: "Admission",
        EventKind.PAROLE: "Parole",
        EventKind.DEPARTURE: "Departure",
        EventKind.VISA_ISSUED: "Visa issued",
        EventKind.VISA_REFUSAL: "Visa refusal",
        EventKind.PETITION_FILED: "Petition filed",
        EventKind.PETITION_APPROVED: "Petition approved",
        EventKind.PETITION_DENIED: "Petition denied",
        EventKind.PAROLE_REFUSAL: "Parole refusal",
        EventKind.WAIVER_DENIED: "Waiver denied",
        EventKind.OVERSTAY: "Overstay",
        EventKind.UNLAWFUL_ENTRY: "Unlawful entry",
        EventKind.REMOVAL_ORDER: "Removal order",
        EventKind.REMOVAL: "Removal",
        EventKind.ARREST: "Arrest",
        EventKind.CONVICTION: "Conviction",
        EventKind.FALSE_STATEMENT: "False statement",
    }
)


def discretion_context(case: Case, letters: Letters) -> dict[str, Any]:
    """Give the factors for and against, and the immigration history that they rest on."""
    discretion = case.discretion
    return {
        "positives": [_positive(factor, letters) for factor in discretion.positive],
        "negatives": [_negative(case, factor, letters) for factor in discretion.negative],
        "history": [
            _event(person, event, letters)
            for person in case.applicants
            for event in sorted(person.immigration_history, key=lambda event: event.date)
        ],
    }


def _positive(factor: PositiveFactor, letters: Letters) -> dict[str, Any]:
    return {
        "heading": words(factor.heading) or POSITIVE[factor.factor],
        "claims": flowing(factor.claims, letters),
    }


def _negative(case: Case, factor: NegativeFactor, letters: Letters) -> dict[str, Any]:
    return {
        "heading": words(factor.heading) or NEGATIVE[factor.factor],
        "record": list(_record(case, factor)),
        "claims": flowing(factor.facts, letters),
        "response": flowing(factor.response, letters),
    }


def _record(case: Case, factor: NegativeFactor) -> Iterator[str]:
    """Name the events that a factor answers, as the table of the history names them."""
    for person in case.applicants:
        for event in person.immigration_history:
            if event.id in factor.events:
                yield f"{EVENTS[event.event].lower()} ({_when(event)})"


def _event(person: Beneficiary, event: ImmigrationEvent, letters: Letters) -> dict[str, Any]:
    return {
        "name": person.name.full,
        "event": EVENTS[event.event],
        "date": _when(event),
        "place": words(event.place),
        "claims": flowing(event.claims, letters),
    }


def _when(event: ImmigrationEvent) -> str:
    if event.until is None:
        return long_date(event.date)
    return f"{long_date(event.date)} to {long_date(event.until)}"

"""Every negative fact is stated, answered and proven."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.discretion import NegativeFactor, NegativeKind
from packet_builder.model.history import ADVERSE, EventKind, ImmigrationEvent
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import applicants

_MERIT = "Instructions for Form I-131, p. 22"
_REFUSED = re.compile(r"\b(?:refused|denied)\b", re.IGNORECASE)
#: The factor that answers an event; `other`, with a heading of its own, may answer any.
_ANSWERS: Mapping[EventKind, NegativeKind] = MappingProxyType(
    {
        EventKind.VISA_REFUSAL: NegativeKind.EARLIER_REFUSAL,
        EventKind.PETITION_DENIED: NegativeKind.EARLIER_REFUSAL,
        EventKind.PAROLE_REFUSAL: NegativeKind.EARLIER_REFUSAL,
        EventKind.WAIVER_DENIED: NegativeKind.EARLIER_REFUSAL,
        EventKind.OVERSTAY: NegativeKind.PRIOR_OVERSTAY,
        EventKind.UNLAWFUL_ENTRY: NegativeKind.UNLAWFUL_ENTRY,
        EventKind.REMOVAL_ORDER: NegativeKind.REMOVAL_ORDER,
        EventKind.REMOVAL: NegativeKind.REMOVAL_ORDER,
        EventKind.ARREST: NegativeKind.CRIMINAL_HISTORY,
        EventKind.CONVICTION: NegativeKind.CRIMINAL_HISTORY,
        EventKind.FALSE_STATEMENT: NegativeKind.FALSE_STATEMENT,
    }
)


def adverse_events_are_answered(dossier: Dossier) -> Iterator[Finding]:
    """Find adverse events that no negative factor answers, or only one of another kind.

    The filer must show that parole is merited: Instructions for Form I-131, p. 22.
    """
    factors = dossier.case.discretion.negative
    for path, event in _events(dossier.case):
        answers = [factor for factor in factors if event.id in factor.events]
        if event.event in ADVERSE and not answers:
            yield Finding(
                "adverse-event-unanswered",
                Weight.ERROR,
                f'no negative factor answers "{event.id}" ({event.event.replace("_", " ")})',
                f'Add a factor under discretion, negative, with "events: [{event.id}]".',
                path,
                _MERIT,
            )
        elif answers and not any(_answers(factor, event) for factor in answers):
            yield Finding(
                "adverse-event-misnamed",
                Weight.ERROR,
                f'"{event.id}" ({event.event.replace("_", " ")}) is answered as '
                f"{answers[0].factor.replace('_', ' ')}",
                f'Answer it under "factor: {_ANSWERS[event.event]}", or "other" with a heading.',
                path,
                _MERIT,
            )


def negative_factors_are_supported(dossier: Dossier) -> Iterator[Finding]:
    """Find answers to a negative factor that cite nothing."""
    for position, factor in enumerate(dossier.case.discretion.negative):
        if factor.response and not cited_kinds(dossier, factor.response):
            yield Finding(
                "negative-factor-unsupported",
                Weight.ERROR,
                f"the response to {factor.factor.replace('_', ' ')} cites no evidence",
                "Cite what proves the response: [@letter p. 2].",
                ("discretion", "negative", position, "response"),
                _MERIT,
            )


def refused_visas_are_in_the_history(dossier: Dossier) -> Iterator[Finding]:
    """Find a refused visa that no immigration history lists, so that nothing answers it."""
    listed = {
        event.date for _, event in _events(dossier.case) if event.event is EventKind.VISA_REFUSAL
    }
    for position, attempt in enumerate(dossier.case.request.visa_attempts):
        if _REFUSED.search(attempt.outcome) and attempt.date not in listed:
            yield Finding(
                "refusal-unlisted",
                Weight.ERROR,
                f"the visa refused on {attempt.date:%Y-%m-%d} is in nobody's immigration history",
                'Add a "visa_refusal" of that day to the history, and answer it under discretion.',
                ("request", "visa_attempts", position),
                _MERIT,
            )


def overstays_are_in_the_history(dossier: Dossier) -> Iterator[Finding]:
    """Find a departure after the last permitted day that no overstay stands for."""
    for number, person in applicants(dossier.case):
        record = person.arrival_record
        until = record.admit_until if record else None
        kinds = {event.event for event in person.immigration_history}
        left = _departed(person.immigration_history)
        if until and left and left > until and EventKind.OVERSTAY not in kinds:
            yield Finding(
                "overstay-unlisted",
                Weight.ERROR,
                f'"{person.id}" was admitted until {until:%Y-%m-%d} and left on {left:%Y-%m-%d}',
                'Add the "overstay" to the history, and answer it under discretion; or correct the '
                "dates.",
                ("beneficiaries", number, "immigration_history"),
                _MERIT,
            )


def _answers(factor: NegativeFactor, event: ImmigrationEvent) -> bool:
    usual = _ANSWERS.get(event.event)
    return usual is None or factor.factor in {usual, NegativeKind.OTHER}


def _departed(history: tuple[ImmigrationEvent, ...]) -> dt.date | None:
    return max((one.date for one in history if one.event is EventKind.DEPARTURE), default=None)


def _events(case: Case) -> Iterator[tuple[FactPath, ImmigrationEvent]]:
    for number, person in applicants(case):
        for position, event in enumerate(person.immigration_history):
            yield ("beneficiaries", number, "immigration_history", position), event

"""Every negative fact is stated and answered."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.history import ADVERSE, ImmigrationEvent
from packet_builder.rules.finding import Dossier, Finding, Weight


def adverse_events_are_answered(dossier: Dossier) -> Iterator[Finding]:
    """Find adverse events that no negative factor answers.

    The filer must show that parole is merited: Instructions for Form I-131, p. 22.
    """
    answered = {event for factor in dossier.case.discretion.negative for event in factor.events}
    for path, event in _events(dossier.case):
        if event.event in ADVERSE and event.id not in answered:
            yield Finding(
                "adverse-event-unanswered",
                Weight.ERROR,
                f'"{event.id}" ({event.event.replace("_", " ")}) is answered by no negative factor',
                f'Add a factor under discretion, negative, with "events: [{event.id}]".',
                path,
                "Instructions for Form I-131, p. 22",
            )


def negative_factors_are_supported(dossier: Dossier) -> Iterator[Finding]:
    """Find answers to a negative factor that cite nothing."""
    for position, factor in enumerate(dossier.case.discretion.negative):
        if not any("[@" in claim.text for claim in factor.response):
            yield Finding(
                "negative-factor-unsupported",
                Weight.ERROR,
                f"the response to {factor.factor.replace('_', ' ')} cites no evidence",
                "Cite what proves the response: [@letter p. 2].",
                ("discretion", "negative", position, "response"),
            )


def _events(case: Case) -> Iterator[tuple[FactPath, ImmigrationEvent]]:
    for number, person in enumerate(case.beneficiaries):
        for position, event in enumerate(person.immigration_history):
            yield ("beneficiaries", number, "immigration_history", position), event

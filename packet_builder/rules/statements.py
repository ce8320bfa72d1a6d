"""What a request must say in words is said (Instructions for Form I-131, p. 26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packet_builder.facts.tree import FactPath
from packet_builder.model.history import EventKind
from packet_builder.model.narrative import ClaimText
from packet_builder.model.request import GroundKind
from packet_builder.outline import Parole
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.instructions import asks_reason, asks_visa
from packet_builder.rules.persons import applicants

_MERIT = "Instructions for Form I-131, p. 22"
_REMOVED = frozenset({EventKind.REMOVAL, EventKind.REMOVAL_ORDER})


def what_must_be_said_is_said(dossier: Dossier) -> Iterator[Finding]:
    """Find required statements that are empty."""
    for path, said, law in _statements(dossier):
        if not said:
            yield Finding(
                "statement-missing",
                Weight.ERROR,
                f"nothing is said under {str(path[-1]).replace('_', ' ')}",
                "State it, with what proves it: missing initial evidence may mean denial.",
                path,
                law,
            )


def visas_were_sought(dossier: Dossier) -> Iterator[Finding]:
    """Say that no attempt at a visa is listed: when and where, or why none was sought.

    Of a new period "when and where attempts were made" is asked without an alternative.
    """
    if dossier.case.request.visa_attempts:
        return
    is_new = dossier.outline.parole is Parole.NEW_PERIOD
    yield Finding(
        "visa-attempts-missing",
        Weight.WARNING if is_new else Weight.NOTE,
        "no attempt to obtain a visa is listed"
        f"{', and none to obtain another status' if is_new else ''}",
        'List when and where under "visa_attempts:", or make sure that "why_no_visa:" says '
        "why none was sought.",
        ("request",),
        asks_visa(dossier.outline),
    )


def consent_to_reapply_is_addressed(dossier: Dossier) -> Iterator[Finding]:
    """Find a removal beside a word on waivers that is silent on consent to reapply."""
    said = " ".join(claim.text for claim in dossier.case.request.why_no_waiver).casefold()
    if not said or "reapply" in said:
        return
    for number, person in applicants(dossier.case):
        for position, event in enumerate(person.immigration_history):
            if event.event in _REMOVED:
                yield Finding(
                    "consent-to-reapply-missing",
                    Weight.ERROR,
                    f'after "{event.id}" nothing is said of consent to reapply for admission',
                    'Say under "why_no_waiver:" why it is not needed or cannot be had.',
                    ("beneficiaries", number, "immigration_history", position),
                    "Instructions for Form I-131, p. 12",
                )


def refuge_is_no_ground(dossier: Dossier) -> Iterator[Finding]:
    """Show counsel the limit on parole of refugees: compelling reasons in the public interest."""
    for position, ground in enumerate(dossier.case.request.grounds):
        if ground.ground is GroundKind.TARGETED_HARM:
            yield Finding(
                "refugee-limit",
                Weight.NOTE,
                "parole of a refugee needs compelling reasons in the public interest",
                "For counsel: do not rest the request on refugee status.",
                ("request", "grounds", position),
                "INA 212(d)(5)(B), as reprinted",
            )


def _statements(dossier: Dossier) -> Iterator[tuple[FactPath, Sequence[ClaimText], str]]:
    """Give every required statement with its place and source."""
    case, request = dossier.case, dossier.case.request
    reason = asks_reason(dossier.outline)
    yield ("request", "period", "reason"), request.period.reason, reason
    yield ("request", "why_no_visa"), request.why_no_visa, asks_visa(dossier.outline)
    yield ("request", "departure"), request.departure, reason
    for position, ground in enumerate(request.grounds):
        place: FactPath = ("request", "grounds", position)
        yield (*place, "claims"), ground.claims, reason
        yield (*place, "urgency"), ground.urgency, reason
        yield (*place, "effect_of_refusal"), ground.effect_of_refusal, reason
    for position, factor in enumerate(case.discretion.negative):
        place = ("discretion", "negative", position)
        yield (*place, "facts"), factor.facts, _MERIT
        yield (*place, "response"), factor.response, _MERIT
    yield (
        ("discretion", "positive"),
        [c for one in case.discretion.positive for c in one.claims],
        _MERIT,
    )

"""Length, purpose, departure, and what speaks for and against parole, with what carries it."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.history import ADVERSE
from packet_builder.rules.instructions import asks_reason
from packet_builder.rules.matrix.element import (
    BURDEN,
    Desk,
    Element,
    Line,
    claim_lines,
    events_of,
    gap,
    words_of,
)

_MERIT = "The filer must show that parole is merited as a matter of discretion."
_ANSWERED = "Every fact that speaks against parole is stated, answered and proven."
_LENGTH = "The length asked for is explained, and fits the purpose."
_LEAVES = "What happens when parole ends: the plan to leave, or the route to a status."


def length(desk: Desk) -> Iterator[Element]:
    """Give the length, the purpose and the departure."""
    request = desk.case.request
    part = "Length, purpose and departure"
    reason = claim_lines(
        desk, ("request", "period", "reason"), request.period.reason, is_argued=True
    )
    source = asks_reason(desk.dossier.outline)
    yield Element(part, f"{request.period.months} months", _LENGTH, source, tuple(reason))
    leaves = claim_lines(desk, ("request", "departure"), request.departure, is_argued=True)
    yield Element(part, "Departure", _LEAVES, BURDEN, tuple(leaves))


def discretion(desk: Desk) -> Iterator[Element]:
    """Give what speaks for parole, and against it with its answers."""
    discretion = desk.case.discretion
    for number, factor in enumerate(discretion.positive):
        path: FactPath = ("discretion", "positive", number, "claims")
        heading = f"For: {factor.heading or words_of(factor.factor)}"
        lines = tuple(claim_lines(desk, path, factor.claims))
        yield Element("Discretion", heading, _MERIT, BURDEN, lines)
    if not discretion.positive:
        lines = (gap("no factor speaks for parole"),)
        yield Element("Discretion", "For", _MERIT, BURDEN, lines)
    for number, negative in enumerate(discretion.negative):
        path = ("discretion", "negative", number)
        heading = f"Against: {negative.heading or words_of(negative.factor)}"
        stated = claim_lines(desk, (*path, "facts"), negative.facts)
        answer = claim_lines(desk, (*path, "response"), negative.response, is_argued=True)
        yield Element("Discretion", heading, _ANSWERED, BURDEN, tuple(stated))
        yield Element("Discretion", f"{heading}: the answer", _ANSWERED, BURDEN, tuple(answer))
    if unanswered := tuple(_unanswered(desk.case)):
        yield Element("Discretion", "Against, unanswered", _ANSWERED, BURDEN, unanswered)


def _unanswered(case: Case) -> Iterator[Line]:
    answered = {event for factor in case.discretion.negative for event in factor.events}
    for _, event in events_of(case):
        if event.event in ADVERSE and event.id not in answered:
            yield gap(f"{words_of(event.event)} ({event.id}): no factor answers it")

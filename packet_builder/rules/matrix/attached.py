"""What must be attached to an initial request, item by item, and what carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from packet_builder.law.required_evidence import requirements
from packet_builder.model.history import EventKind
from packet_builder.model.people import Beneficiary
from packet_builder.rules.matrix.element import (
    Desk,
    Element,
    Line,
    State,
    all_cited,
    claim_lines,
    documents_line,
    events_of,
    gap,
    proven_line,
    words_of,
)

_ATTACHED = "item 5.C("

_PETITIONS = frozenset(
    {EventKind.PETITION_FILED, EventKind.PETITION_APPROVED, EventKind.PETITION_DENIED}
    | {EventKind.WAIVER_DENIED, EventKind.VISA_REFUSAL}
)
_INADMISSIBLE = frozenset(
    {EventKind.OVERSTAY, EventKind.UNLAWFUL_ENTRY, EventKind.REMOVAL_ORDER, EventKind.REMOVAL}
    | {EventKind.CONVICTION, EventKind.FALSE_STATEMENT, EventKind.WAIVER_DENIED}
)


def attached(desk: Desk) -> Iterator[Element]:
    """Give what must be attached, item by item."""
    on = desk.case.filing.date
    for row in requirements(desk.dossier.law):
        if row.is_in_force(on) and _ATTACHED in row.source:
            heading, lines = _ITEMS[row.id](desk)
            yield Element("What must be attached", heading, row.text, row.source, tuple(lines))


def _passports(desk: Desk) -> tuple[str, Iterator[Line]]:
    people = desk.case.applicants
    return "Passport", (documents_line(desk, person, _passport_row(person)) for person in people)


def _passport_row(person: Beneficiary) -> str:
    has_passport = person.passport is not None and person.passport.unavailable is None
    return "ev_passport" if has_passport else "ev_photo_id"


def _petitioner(desk: Desk) -> tuple[str, Iterator[Line]]:
    return "Petitioner", iter((documents_line(desk, desk.case.filer, "ev_petitioner_id"),))


def _supporters(desk: Desk) -> tuple[str, Iterator[Line]]:
    people = desk.case.supporters
    lines = (documents_line(desk, person, "ev_i134") for person in people)
    return "Support", lines if people else iter((gap("nobody declares support"),))


def _reason(desk: Desk) -> tuple[str, Iterator[Line]]:
    return "Reason and length", reason_lines(desk)


def reason_lines(desk: Desk) -> Iterator[Line]:
    """Give each ground and the length, with what they cite; each is argued in a part of its own."""
    for ground in desk.case.request.grounds:
        said = f"{words_of(ground.ground)}, argued below"
        yield proven_line(desk, said, all_cited(desk, ground))
    period = desk.case.request.period
    said = f"{period.months} months, explained below"
    yield proven_line(desk, said, all_cited(desk, period))


def _no_visa(desk: Desk) -> tuple[str, Iterator[Line]]:
    claims = desk.case.request.why_no_visa
    return "No visa", claim_lines(desk, ("request", "why_no_visa"), claims, is_argued=True)


def _no_waiver(desk: Desk) -> tuple[str, Iterator[Line]]:
    claims = desk.case.request.why_no_waiver
    if claims:
        path = ("request", "why_no_waiver")
        return "No waiver", claim_lines(desk, path, claims, is_argued=True)
    asked = [event.id for _, event in events_of(desk.case) if event.event in _INADMISSIBLE]
    if asked:
        return "No waiver", iter((gap(f"nothing is said of a waiver ({', '.join(asked)})"),))
    said = "no fact of the case makes a person inadmissible"
    return "No waiver", iter((Line(said, State.NOT_ASKED),))


def _petitions(desk: Desk) -> tuple[str, Iterator[Line]]:
    events = [pair for pair in events_of(desk.case) if pair[1].event in _PETITIONS]
    if not events:
        said = "the facts name no petition or application"
        return "Petitions and applications", iter((Line(said, State.NOT_ASKED),))
    lines = (
        proven_line(desk, f"{words_of(event.event)}, {event.date:%Y-%m-%d}", all_cited(desk, event))
        for _, event in events
    )
    return "Petitions and applications", lines


def _guidance(_: Desk) -> tuple[str, Iterator[Line]]:
    said = "what usually proves each ground stands with the ground, below"
    return "Evidence by type of request", iter((Line(said, State.READ),))


_ITEMS: Mapping[str, Callable[[Desk], tuple[str, Iterator[Line]]]] = MappingProxyType(
    {
        "ev_passport": _passports,
        "ev_petitioner_id": _petitioner,
        "ev_reason": _reason,
        "ev_i134": _supporters,
        "ev_visa": _no_visa,
        "ev_waiver": _no_waiver,
        "ev_petitions": _petitions,
        "ev_guidance": _guidance,
    }
)

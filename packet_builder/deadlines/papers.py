"""Cards, passports, parole documents, appointments, fees and moves become their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from packet_builder.deadlines.chronicle import Chronicle, Placed
from packet_builder.deadlines.deadline import Done
from packet_builder.deadlines.wanted import Wanted, done_by
from packet_builder.model.events import (
    AnyAppointment,
    AppointmentEvent,
    ApprovalEvent,
    DeadlineKind,
    Departure,
    Ead,
    Entry,
    FeeNotice,
    FiledKind,
    Move,
)

_Way = Callable[[str], Done | None]


def of_cards(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the days of each work permit: when its renewal can be filed, and when it ends."""
    for placed, card in chronicle.of(Ead):
        for kind in (DeadlineKind.EAD_RENEWAL, DeadlineKind.EAD_ENDS):
            ways = [_next_card(chronicle, card), _event(chronicle, Departure, card.date)]
            if kind is DeadlineKind.EAD_RENEWAL:
                ways.insert(0, _filed(chronicle, FiledKind.EMPLOYMENT_AUTHORIZATION, card.date))
            yield _wanted(chronicle, placed, kind, card.valid_until, *ways)


def of_approvals(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the last day on which each parole document lets somebody in."""
    for placed, approval in chronicle.of(ApprovalEvent):
        if approval.valid_until is not None:
            way = _event(chronicle, Entry, approval.date)
            kind = DeadlineKind.TRAVEL_DOCUMENT_ENDS
            yield _wanted(chronicle, placed, kind, approval.valid_until, way)


def of_fee_notices(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the last day of each payment of the parole fee that USCIS asks for."""
    for placed, notice in chronicle.of(FeeNotice):
        way = _by_itself(placed, notice.paid)
        yield _wanted(chronicle, placed, DeadlineKind.FEE_ON_NOTICE, notice.pay_by, way)


def of_appointments(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give each appointment."""
    for placed, event in chronicle.of(AnyAppointment):
        what = event.what if isinstance(event, AppointmentEvent) else ""
        way = _by_itself(placed, event.date if event.attended else None)
        yield _wanted(
            chronicle,
            placed,
            DeadlineKind.APPOINTMENT,
            event.date,
            way,
            about="Other" if what else "Biometrics",
            detail=", ".join(filter(None, (what, event.place))),
            remarks=("not attended",) if event.attended is False else (),
        )


def of_moves(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the last day for telling USCIS of each move."""
    for placed, move in chronicle.of(Move):
        way = _filed(chronicle, FiledKind.ADDRESS_CHANGE, move.date)
        yield _wanted(chronicle, placed, DeadlineKind.ADDRESS, move.date, way)


def of_passports(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the end of each beneficiary's passport, and the day to renew it."""
    for position, person in enumerate(chronicle.case.beneficiaries):
        expires = person.passport.expires if person.passport else None
        for kind in (DeadlineKind.PASSPORT_RENEWAL, DeadlineKind.PASSPORT_ENDS):
            if expires is not None:
                yield Wanted(
                    kind,
                    person.id,
                    expires,
                    (person.id,),
                    ("beneficiaries", position, "passport", "expires"),
                    done=done_by((person.id,), _settled(chronicle, kind, dt.date.min)),
                )


def _wanted(  # noqa: PLR0913 - what a deadline rests on
    chronicle: Chronicle,
    placed: Placed,
    kind: DeadlineKind,
    start: dt.date,
    *ways: _Way,
    about: str = "",
    detail: str = "",
    remarks: tuple[str, ...] = (),
) -> Wanted:
    event = placed.event
    done = done_by(placed.persons, *ways, _settled(chronicle, kind, event.date))
    return Wanted(
        kind,
        event.id,
        start,
        placed.persons,
        placed.path,
        event.id,
        done=done,
        about=about,
        detail=detail,
        remarks=remarks,
    )


def _filed(chronicle: Chronicle, what: FiledKind, since: dt.date) -> _Way:
    return lambda person: chronicle.filed(person, what, since, needs_arrival=False)


def _settled(chronicle: Chronicle, kind: DeadlineKind, since: dt.date) -> _Way:
    return lambda person: chronicle.settled(person, kind, since)


def _event(chronicle: Chronicle, kind: type[Departure | Entry], since: dt.date) -> _Way:
    def way(person: str) -> Done | None:
        for _, event in chronicle.of_person(person, kind):
            if event.date >= since:
                return Done(person, event.id, event.date)
        return None

    return way


def _next_card(chronicle: Chronicle, card: Ead) -> _Way:
    def way(person: str) -> Done | None:
        for _, other in chronicle.of_person(person, Ead):
            if other.valid_until > card.valid_until:
                return Done(person, other.id, other.date)
        return None

    return way


def _by_itself(placed: Placed, done_on: dt.date | None) -> _Way:
    return lambda person: Done(person, placed.event.id, done_on) if done_on else None

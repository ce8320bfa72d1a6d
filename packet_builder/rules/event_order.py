"""Events stand in an order that can be, and none is missing between two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.chronicle import Chronicle, Placed, chronicle_of
from packet_builder.deadlines.stays import stays_of
from packet_builder.facts.tree import FactPath
from packet_builder.model.events import (
    I94,
    ApprovalEvent,
    CaseEvent,
    Departure,
    Ead,
    Entry,
    FeeNotice,
    Filed,
    Notice,
    Receipt,
    ReParole,
    Termination,
)
from packet_builder.rules.finding import Dossier, Finding, Weight

_Pair = tuple[FactPath, dt.date, dt.date, str]  # the day that must not be later stands first


def events_are_in_order(dossier: Dossier) -> Iterator[Finding]:
    """Find days of events of which the later stands before the earlier."""
    told: set[tuple[FactPath, str]] = set()
    for path, earlier, later, what in _pairs(chronicle_of(dossier.case, dossier.law)):
        if later < earlier and (path, what) not in told:
            told.add((path, what))
            yield Finding(
                "events-out-of-order",
                Weight.ERROR,
                f"{what}: {later:%Y-%m-%d} is before {earlier:%Y-%m-%d}",
                "Correct one of the two dates.",
                path,
            )


def events_have_what_led_to_them(dossier: Dossier) -> Iterator[Finding]:
    """Find events that cannot be without another one, which the facts do not have."""
    told: set[str] = set()
    for placed, missing in _missing(chronicle_of(dossier.case, dossier.law)):
        if placed.event.id not in told:
            told.add(placed.event.id)
            yield Finding(
                "event-missing",
                Weight.WARNING,
                f'"{placed.event.id}" ({placed.event.event}) has no {missing} before it',
                "Add that event, or accept this finding with the reason: deadlines follow from "
                "events only.",
                placed.path,
            )


def _missing(chronicle: Chronicle) -> Iterator[tuple[Placed, str]]:
    asked: tuple[tuple[type[CaseEvent], tuple[type[CaseEvent], ...], str], ...] = (
        (Receipt, (Filed,), "filed"),
        (Notice, (Filed,), "filed"),
        (ApprovalEvent, (Filed,), "filed"),
        (Entry, (ApprovalEvent,), "approval"),
        (I94, (Entry,), "entry"),
        (Ead, (Entry, ReParole), "entry"),
        (ReParole, (Entry, I94), "entry"),
        (Departure, (Entry, I94, ReParole), "entry"),
        (Termination, (Entry, I94, ReParole), "entry"),
    )
    for kind, before, name in asked:
        for placed, event in chronicle.of(kind):
            for person in placed.persons:
                earlier = chronicle.of_person(person, *before)
                if not any(one.date <= event.date for _, one in earlier):
                    yield placed, name


def _pairs(chronicle: Chronicle) -> Iterator[_Pair]:
    for placed in chronicle.events:
        yield from _within(placed)
    yield from _of_filings(chronicle)
    for person in chronicle.case.beneficiaries:
        yield from _of_person(chronicle, person.id)
    yield from _of_stays(chronicle)


def _within(placed: Placed) -> Iterator[_Pair]:
    event, path = placed.event, placed.path
    match event:
        case Filed(received=dt.date() as received):
            yield (*path, "received"), event.date, received, "arrival and sending"
        case Receipt(received=dt.date() as received):
            yield (*path, "received"), received, event.date, "receipt notice and arrival"
        case Notice():
            yield (*path, "served_on"), event.date, event.served_on, "service and notice"
            yield (*path, "due_printed"), event.served_on, event.due_printed, "due date and service"
        case FeeNotice():
            yield (*path, "pay_by"), event.date, event.pay_by, "last day to pay and notice"
            if event.paid:
                yield (*path, "paid"), event.date, event.paid, "payment and notice"
        case ApprovalEvent(valid_until=dt.date() as until):
            yield (*path, "valid_until"), event.date, until, "end of the document and approval"
        case Entry():
            yield (*path, "paroled_until"), event.date, event.paroled_until, "end and entry"
        case Ead():
            yield (*path, "valid_until"), event.valid_from, event.valid_until, "end and start"
        case ReParole():
            yield (*path, "until"), event.date, event.until, "end and grant of the new period"


def _of_filings(chronicle: Chronicle) -> Iterator[_Pair]:
    """Give what came of a filing, and answers to notices."""
    for placed, event in chronicle.of(CaseEvent):
        sent = [
            filed.date
            for _, filed in chronicle.of(Filed)
            if filed.filing is not None and filed.filing == event.filing and filed is not event
        ]
        if sent and not isinstance(event, Filed):
            yield (*placed.path, "date"), min(sent), event.date, f"{event.event} and its filing"
    notices = {notice.id: notice for _, notice in chronicle.of(Notice)}
    for placed, filed in chronicle.of(Filed):
        if filed.answers in notices:
            asked = notices[filed.answers].date
            yield (*placed.path, "date"), asked, filed.date, "answer and notice"


def _of_person(chronicle: Chronicle, person: str) -> Iterator[_Pair]:
    approved = [event.date for _, event in chronicle.of_person(person, ApprovalEvent)]
    entries = [event.date for _, event in chronicle.of_person(person, Entry)]
    for placed, event in chronicle.of_person(person, Entry):
        if approved:
            yield (*placed.path, "date"), min(approved), event.date, "entry and approval"
    for placed, later in chronicle.of_person(person, I94, Ead, ReParole, Termination, Departure):
        if entries:
            what = f"{later.event} and entry"
            yield (*placed.path, "date"), min(entries), later.date, what


def _of_stays(chronicle: Chronicle) -> Iterator[_Pair]:
    """Give new periods beside the former, and early terminations beside what they cut short."""
    for stay in stays_of(chronicle):
        last_day: dt.date | None = None
        for placed in stay.chain:
            match placed.event:
                case Entry() | I94():
                    last_day = placed.event.paroled_until
                case ReParole():
                    if last_day:
                        what = "end of the new period and of the former"
                        yield (*placed.path, "until"), last_day, placed.event.until, what
                    last_day = placed.event.until
                case Termination():
                    if last_day:
                        what = "last day of parole and early end"
                        yield (*placed.path, "last_day"), placed.event.last_day, last_day, what

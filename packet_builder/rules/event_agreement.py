"""Events say of people what the facts say of them, and what one of them can be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from packet_builder.deadlines.chronicle import Chronicle, chronicle_of
from packet_builder.deadlines.counting import counted
from packet_builder.deadlines.stays import stays_of
from packet_builder.facts.tree import FactPath
from packet_builder.law.deadlines import deadline
from packet_builder.law.table import LawGapError
from packet_builder.model.arrivals import is_earlier
from packet_builder.model.events import AnyArrivalRecord, Ead, Entry, Move, Receipt
from packet_builder.model.people import Address, Beneficiary
from packet_builder.rules.finding import Dossier, Finding, Weight


def events_agree_with_people(dossier: Dossier) -> Iterator[Finding]:
    """Find receipt numbers and arrivals that a person has, and events give otherwise."""
    chronicle = chronicle_of(dossier.case, dossier.law)
    for position, person in enumerate(dossier.case.beneficiaries):
        for path, own, given, what in _of_person(chronicle, person):
            if own is not None and given is not None and own != given:
                yield Finding(
                    "event-contradicts-person",
                    Weight.ERROR,
                    f'{what} of "{person.id}" is {own} here, and {given} among the events',
                    "Correct one of the two.",
                    ("beneficiaries", position, *path),
                )


def addresses_follow_a_move(dossier: Dossier) -> Iterator[Finding]:
    """Find people whose forms would print an address from before they moved."""
    chronicle = chronicle_of(dossier.case, dossier.law)
    for position, person in enumerate(dossier.case.beneficiaries):
        moves = [
            move
            for _, move in chronicle.of_person(person.id, Move)
            if move.date <= dossier.case.filing.date
        ]
        given: Mapping[str, Address] = {
            name: address
            for name in ("physical_address", "address")
            if (address := getattr(person, name)) is not None
        }
        if moves and given and not any(map(moves[-1].address.is_same_place, given.values())):
            yield Finding(
                "address-before-move",
                Weight.WARNING,
                f'"{person.id}" moved on {moves[-1].date:%Y-%m-%d}, and forms print the address '
                "from before",
                'Give the new one under "address:", or under "physical_address:" where mail goes '
                "elsewhere; or correct the event.",
                ("beneficiaries", position, next(iter(given))),
            )


def receipts_are_of_one_person(dossier: Dossier) -> Iterator[Finding]:
    """Find a receipt number that stands for several people: each form has its own."""
    for placed, _ in chronicle_of(dossier.case, dossier.law).of(Receipt):
        if len(placed.persons) > 1:
            yield Finding(
                "receipt-shared",
                Weight.WARNING,
                f"one receipt number for {len(placed.persons)} people",
                'Write a `receipt` for each person, with "beneficiaries:", if each filed a form.',
                placed.path,
                "one Form I-131 per person: Instructions for Form I-131",
            )


def cards_end_with_parole(dossier: Dossier) -> Iterator[Finding]:
    """Find cards that last longer than they can: 1 year, or parole, whichever is shorter."""
    chronicle = chronicle_of(dossier.case, dossier.law)
    for placed, card in chronicle.of(Ead):
        try:
            rule = deadline(dossier.law, "ead_length", card.valid_from)
        except LawGapError:  # the length is not known for that day: nothing is compared
            continue
        ends = [counted(card.valid_from, rule), *_last_days(chronicle, placed.persons)]
        if card.valid_until > min(ends):
            yield Finding(
                "card-too-long",
                Weight.WARNING,
                f"the card lasts until {card.valid_until:%Y-%m-%d}, and could until "
                f"{min(ends):%Y-%m-%d}",
                "Read the card again, and whether parole was extended meanwhile.",
                (*placed.path, "valid_until"),
                rule.source,
            )


def _last_days(chronicle: Chronicle, persons: tuple[str, ...]) -> Iterator[dt.date]:
    for stay in stays_of(chronicle):
        if stay.left is None and set(persons) & set(stay.persons):
            yield stay.last_day


def _of_person(
    chronicle: Chronicle, person: Beneficiary
) -> Iterator[tuple[FactPath, object, object, str]]:
    """Give what a person has, and what events say: place, own, given, in words."""
    receipts = [one.receipt_number for _, one in chronicle.of_person(person.id, Receipt)]
    own = (person.receipt_number or "").replace("-", "").replace(" ", "").upper()
    if receipts and own and own not in receipts:
        yield ("receipt_number",), own, " or ".join(receipts), "the receipt number"
    record = person.arrival_record
    entries = [one for _, one in chronicle.of_person(person.id, Entry)]
    numbers = [one.i94_number for _, one in chronicle.of_person(person.id, AnyArrivalRecord)]
    stays = [stay for stay in stays_of(chronicle) if person.id in stay.persons]
    if record is None or not entries or is_earlier(record, entries[-1].date):
        return
    given = next((number for number in reversed(numbers) if number), None)
    place: FactPath = ("arrival_record",)
    yield (*place, "i94_number"), record.i94_number, given, "the number of Form I-94"
    yield (*place, "admit_until"), record.admit_until, stays[-1].last_day, "the last day"
    yield (*place, "arrived"), record.arrived, entries[-1].date, "the last arrival"

"""A case's events in the order of their days, each with its place and its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from packet_builder.deadlines.deadline import Done
from packet_builder.facts.tree import FactPath
from packet_builder.law.law import Law
from packet_builder.model.case import Case
from packet_builder.model.events import (
    CaseEvent,
    DeadlineKind,
    Event,
    Filed,
    FiledKind,
    Receipt,
    Settled,
)

E = TypeVar("E", bound=CaseEvent)


@dataclass(frozen=True, slots=True)
class Placed:
    """One event, where it stands, and whom it concerns."""

    event: Event
    path: FactPath
    persons: tuple[str, ...]  # ids of beneficiaries, in the order of the case


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A case with its events in order, and the law that days are counted by."""

    case: Case
    law: Law
    events: tuple[Placed, ...]

    def of(self, *kinds: type[E]) -> Iterator[tuple[Placed, E]]:
        """Give the events of some kinds, in order."""
        for placed in self.events:
            if isinstance(placed.event, kinds):
                yield placed, placed.event

    def of_person(self, person: str, *kinds: type[E]) -> Iterator[tuple[Placed, E]]:
        """Give the events of some kinds that concern a person, in order."""
        return ((placed, event) for placed, event in self.of(*kinds) if person in placed.persons)

    def filed(
        self, person: str, what: FiledKind, since: dt.date, *, needs_arrival: bool
    ) -> Done | None:
        """Give what was filed first for a person from a day on."""
        filings = (
            event
            for _, event in self.of_person(person, Filed)
            if event.what is what and event.date >= since
        )
        return self._done(person, filings, needs_arrival=needs_arrival)

    def answered(self, person: str, notice: str, *, needs_arrival: bool) -> Done | None:
        """Give what answered a notice for a person."""
        filings = (event for _, event in self.of_person(person, Filed) if event.answers == notice)
        return self._done(person, filings, needs_arrival=needs_arrival)

    def settled(self, person: str, kind: DeadlineKind, since: dt.date) -> Done | None:
        """Give what somebody decided on a kind of deadline of a person, from a day on."""
        for placed, event in self.of_person(person, Settled):
            if kind in event.deadlines and event.date >= since:
                return Done(person, placed.event.id, event.date)
        return None

    def _done(self, person: str, filings: Iterable[Filed], *, needs_arrival: bool) -> Done | None:
        """Give the first that arrived, or else the first that was sent."""
        sent: Done | None = None
        for filed in filings:
            if not needs_arrival:
                return Done(person, filed.id, filed.date)
            arrived = self._arrival(person, filed)
            if arrived is not None:
                return Done(person, filed.id, arrived)
            sent = sent or Done(person, filed.id, filed.date, arrived=False)
        return sent

    def _arrival(self, person: str, filed: Filed) -> dt.date | None:
        """Give the day on which something arrived: as it says itself, or as its receipt shows."""
        if filed.received is not None or filed.filing is None or filed.answers is not None:
            return filed.received
        for _, receipt in self.of_person(person, Receipt):
            if receipt.filing == filed.filing and receipt.date >= filed.date:
                return receipt.received or receipt.date
        return None


def chronicle_of(case: Case, law: Law) -> Chronicle:
    """Give the events of a case in the order of their days; of one day, as they are written."""
    placed = [
        Placed(event, ("events", position), _persons(case, event))
        for position, event in enumerate(case.events)
    ]
    return Chronicle(case, law, tuple(sorted(placed, key=lambda one: one.event.date)))


def _persons(case: Case, event: Event) -> tuple[str, ...]:
    return tuple(person.id for person in case.beneficiaries_of(event.beneficiaries))

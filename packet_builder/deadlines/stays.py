"""Entries and what follows them become the stays of people on parole, with their last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from packet_builder.deadlines.chronicle import Chronicle, Placed
from packet_builder.facts.tree import FactPath
from packet_builder.model.events import I94, Departure, Entry, Event, ReParole, Termination

_KINDS = (Entry, I94, ReParole, Termination, Departure)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of people to whom the same happened, from its beginning to its end."""

    anchor: str  # a name that stays
    persons: tuple[str, ...]
    chain: tuple[Placed, ...]  # what began it, and what changed its last day
    last_day: dt.date  # of parole
    path: FactPath  # what says so
    event: str  # its id
    arrived: dt.date | None = None  # None where only a later event is known
    is_terminated: bool = False
    left: Placed | None = None  # what ended it: a departure, or the next entry

    @property
    def since(self) -> dt.date:
        """Give the day on which its last day was fixed."""
        return self.chain[-1].event.date


def stays_of(chronicle: Chronicle) -> tuple[Stay, ...]:
    """Give the stays of all people, those together to whom the same happened.

    The name of a stay is that of the event that began it; where things happen to some of its people
    only, they have a stay of their own from then on, under a name of their own.
    """
    persons = [person.id for person in chronicle.case.beneficiaries]
    lone = [stay for person in persons for stay in _of_person(chronicle, person)]
    first = {stay.anchor: stay.persons[0] for stay in reversed(lone)}
    lone.sort(key=_ids)
    groups = [tuple(group) for _, group in groupby(lone, key=_ids)]
    return tuple(_together(group, first[group[0].anchor]) for group in groups)


def _ids(stay: Stay) -> tuple[str, ...]:
    """Name all that happened in a stay; what was the same until a day may differ afterwards."""
    left = (stay.left.event.id,) if stay.left else ()
    return (*(placed.event.id for placed in stay.chain), *left)


def _together(group: tuple[Stay, ...], first: str) -> Stay:
    stay, persons = group[0], tuple(one.persons[0] for one in group)
    anchor = stay.anchor if first in persons else f"{stay.anchor}.{persons[0]}"
    return replace(stay, anchor=anchor, persons=persons)


def _of_person(chronicle: Chronicle, person: str) -> Iterator[Stay]:
    stay: Stay | None = None
    for placed, event in chronicle.of_person(person, *_KINDS):
        if stay is not None and isinstance(event, (Entry, Departure)):
            yield replace(stay, left=placed)
            stay = None
        last_day = _last_day_of(placed.event)
        if last_day is not None:
            stay = _after(stay, placed, person, last_day)
    if stay is not None:
        yield stay


def _last_day_of(event: Event) -> dt.date | None:
    """Give the last day of parole that an event fixes; None for a departure."""
    match event:
        case Entry() | I94():
            return event.paroled_until
        case ReParole():
            return event.until
        case Termination():
            return event.last_day
        case _:
            return None


def _after(stay: Stay | None, placed: Placed, person: str, last_day: dt.date) -> Stay:
    """Give a stay as an event leaves it; one whose entry is not known begins with what is."""
    event = placed.event
    is_terminated = isinstance(event, Termination)
    if stay is None:
        arrived = event.date if isinstance(event, Entry) else None
        return Stay(
            event.id,
            (person,),
            (placed,),
            last_day,
            placed.path,
            event.id,
            arrived,
            is_terminated=is_terminated,
        )
    return replace(
        stay,
        chain=(*stay.chain, placed),
        last_day=last_day,
        path=placed.path,
        event=event.id,
        is_terminated=is_terminated,
    )

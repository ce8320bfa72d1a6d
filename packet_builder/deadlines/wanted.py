"""What a case asks a deadline for becomes the deadline, counted by the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from packet_builder.deadlines.deadline import Deadline, Done
from packet_builder.deadlines.kinds import KINDS
from packet_builder.deadlines.working_days import why_closed, working_day_by
from packet_builder.errors import UnusableError
from packet_builder.facts.tree import FactPath
from packet_builder.law.law import Law
from packet_builder.model.events import DeadlineKind

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class DayImplausibleError(UnusableError):
    """A day that a deadline is counted from cannot be meant."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(f"{day:%Y-%m-%d} cannot be a day of this case. Correct it in the facts.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a deadline rests on."""

    kind: DeadlineKind
    anchor: str  # a name that stays, of what it is counted from: an event, a person
    start: dt.date  # the day that it is counted from
    persons: tuple[str, ...]
    path: FactPath
    event: str | None = None
    done: tuple[Done, ...] = ()
    row: str = ""  # of the law, where it is not called as the kind
    about: str = ""  # what completes the title: the notice, the form
    detail: str = ""
    remarks: tuple[str, ...] = ()


def done_by(persons: Sequence[str], *ways: Callable[[str], Done | None]) -> tuple[Done, ...]:
    """Give for each person the first of several ways in which it was settled."""
    found = ((way(person) for way in ways) for person in persons)
    first = (next((done for done in each if done is not None), None) for each in found)
    return tuple(done for done in first if done is not None)


def deadline_of(wanted: Wanted, law: Law) -> Deadline:
    """Count the day; raises LawGapError or DayImplausibleError."""
    if not _FIRST_YEAR <= wanted.start.year <= _LAST_YEAR:
        raise DayImplausibleError(wanted.start)
    kind = KINDS[wanted.kind]
    rule = law.any_in_force(kind.table, wanted.row or wanted.kind.value, wanted.start)
    date = kind.count(wanted.start, rule)
    closed = why_closed(date, law) if kind.at_office else ""
    return Deadline(
        id=f"{wanted.kind}.{wanted.anchor}",
        kind=wanted.kind,
        title=kind.title.format(wanted.about),
        force=kind.force,
        date=date,
        aim=working_day_by(date, law) if closed else date,
        closed=closed,
        persons=wanted.persons,
        rule=rule,
        path=wanted.path,
        event=wanted.event,
        awaits=kind.awaits,
        done=wanted.done,
        detail=wanted.detail,
        remarks=(*wanted.remarks, *_late(wanted.done, date)),
    )


def _late(done: Sequence[Done], date: dt.date) -> Iterator[str]:
    for one in done:
        if one.arrived and one.date > date:
            yield f"done on {one.date:%Y-%m-%d}, after the day"
            return

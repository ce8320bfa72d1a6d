"""A stay on parole becomes its days: re-parole, the last day, unlawful presence, asylum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.chronicle import Chronicle
from packet_builder.deadlines.deadline import Done
from packet_builder.deadlines.kinds import KINDS
from packet_builder.deadlines.stays import Stay, stays_of
from packet_builder.deadlines.wanted import Wanted, done_by
from packet_builder.model.events import DeadlineKind, FiledKind

_RE_PAROLE = (
    DeadlineKind.RE_PAROLE_REMINDER,
    DeadlineKind.RE_PAROLE_TARGET,
    DeadlineKind.RE_PAROLE_LAST,
)
_OVERSTAY = (
    DeadlineKind.PRESENCE_BEGINS,
    DeadlineKind.THREE_YEAR_BAR,
    DeadlineKind.TEN_YEAR_BAR,
)


def of_stays(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the days that follow from the last day of each stay, and from its first."""
    for stay in stays_of(chronicle):
        yield _wanted(chronicle, stay, DeadlineKind.PAROLE_ENDS)
        for kind in () if stay.is_terminated else _RE_PAROLE:
            yield _wanted(chronicle, stay, kind, FiledKind.RE_PAROLE)
        for kind in _OVERSTAY:
            yield _wanted(chronicle, stay, kind)
        if stay.arrived is not None:
            yield _asylum(chronicle, stay, stay.arrived)


def _asylum(chronicle: Chronicle, stay: Stay, arrived: dt.date) -> Wanted:
    entry = stay.chain[0]
    return Wanted(
        DeadlineKind.ASYLUM,
        stay.anchor,
        arrived,
        stay.persons,
        entry.path,
        entry.event.id,
        done=_done(chronicle, stay, DeadlineKind.ASYLUM, (FiledKind.ASYLUM, arrived)),
    )


def _wanted(
    chronicle: Chronicle, stay: Stay, kind: DeadlineKind, what: FiledKind | None = None
) -> Wanted:
    return Wanted(
        kind,
        stay.anchor,
        stay.last_day,
        stay.persons,
        stay.path,
        stay.event,
        done=_done(chronicle, stay, kind, (what, stay.since) if what else None),
    )


def _done(
    chronicle: Chronicle, stay: Stay, kind: DeadlineKind, filing: tuple[FiledKind, dt.date] | None
) -> tuple[Done, ...]:
    def filed(person: str) -> Done | None:
        if filing is None:
            return None
        what, since = filing
        return chronicle.filed(person, what, since, needs_arrival=KINDS[kind].needs_arrival)

    def left(person: str) -> Done | None:
        return Done(person, stay.left.event.id, stay.left.event.date) if stay.left else None

    def settled(person: str) -> Done | None:
        return chronicle.settled(person, kind, stay.since)

    return done_by(stay.persons, filed, left, settled)

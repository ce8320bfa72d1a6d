"""A case and the law become its deadlines, in the order of their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from packet_builder.deadlines import after_entry, notices, papers
from packet_builder.deadlines.chronicle import Chronicle, chronicle_of
from packet_builder.deadlines.deadline import Deadline, State
from packet_builder.deadlines.wanted import DayImplausibleError, Wanted, deadline_of
from packet_builder.facts.tree import FactPath
from packet_builder.law.law import Law
from packet_builder.law.table import LawGapError
from packet_builder.model.case import Case
from packet_builder.model.events import DeadlineKind

_ORDER = tuple(DeadlineKind)


@dataclass(frozen=True, slots=True)
class Gap:
    """A deadline that cannot be counted, and why."""

    path: FactPath
    gap: LawGapError | DayImplausibleError


@dataclass(frozen=True, slots=True)
class Found:
    """The deadlines of a case, and those that cannot be counted."""

    deadlines: tuple[Deadline, ...]
    gaps: tuple[Gap, ...] = ()


def deadlines_of(case: Case, law: Law) -> Found:
    """Give every deadline that follows from the facts of a case; no clock is asked."""
    chronicle = chronicle_of(case, law)
    wanted: list[Wanted] = []
    gaps: list[Gap] = []
    for make in _MAKERS:
        try:
            wanted.extend(make(chronicle))
        except LawGapError as gap:
            gaps.append(Gap(("events",), gap))
    found = counted_by_law(wanted, law)
    return Found(found.deadlines, (*gaps, *found.gaps))


def counted_by_law(wanted: Iterable[Wanted], law: Law) -> Found:
    """Count what is asked for, in the order of the days."""
    deadlines: list[Deadline] = []
    gaps: list[Gap] = []
    for one in wanted:
        try:
            deadlines.append(deadline_of(one, law))
        except (LawGapError, DayImplausibleError) as gap:
            gaps.append(Gap(one.path, gap))
    return Found(in_order(deadlines), tuple(gaps))


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Give deadlines by day, those of one day by kind."""
    return tuple(sorted(deadlines, key=place_of))


def place_of(deadline: Deadline) -> tuple[dt.date, int, str]:
    """Give where a deadline stands among others: by day, those of one day by kind."""
    return deadline.date, _ORDER.index(deadline.kind), deadline.id


def overdue(deadlines: Iterable[Deadline], on: dt.date) -> Iterator[Deadline]:
    """Give those whose day has passed, and that nothing has settled."""
    for one in deadlines:
        if one.date < on and one.state_on(on) in {State.MISSED, State.SENT}:
            yield one


def coming(deadlines: Iterable[Deadline], on: dt.date) -> Iterator[Deadline]:
    """Give those whose day has not passed, and that nothing has settled."""
    for one in deadlines:
        if one.date >= on and one.state_on(on) in {State.OPEN, State.SENT}:
            yield one


_MAKERS: tuple[Callable[[Chronicle], Iterator[Wanted]], ...] = (
    notices.of_notices,
    papers.of_fee_notices,
    papers.of_appointments,
    papers.of_approvals,
    after_entry.of_stays,
    papers.of_cards,
    papers.of_moves,
    papers.of_passports,
)

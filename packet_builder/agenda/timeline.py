"""An agenda becomes the picture of its days, for the client's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from packet_builder.agenda.agenda import Agenda
from packet_builder.agenda.words import people_of, words_of
from packet_builder.deadlines.chronicle import chronicle_of
from packet_builder.deadlines.deadline import Deadline, Force, State
from packet_builder.documents.sheets.timeline import Day, Line, Timeline, by_day
from packet_builder.law.law import SHIPPED
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import DeadlineKind
from packet_builder.model.people import Beneficiary
from packet_builder.rules.internal_mark import INTERNAL_MARK

#: What may lie years ahead, and would press all else together.
_FAR = frozenset({DeadlineKind.PASSPORT_RENEWAL, DeadlineKind.PASSPORT_ENDS})
_UNSURE = {
    SourceStatus.SECONDARY: "as reported",
    SourceStatus.UNVERIFIED: "counsel confirms",
}
_STATES = {
    State.DONE: "done",
    State.SENT: "sent, arrival not confirmed",
    State.MISSED: "PAST, NOT DONE",
}


@dataclass(frozen=True, slots=True)
class _View:
    """Of whom a picture is, and as of when."""

    agenda: Agenda
    on: dt.date
    people: tuple[Beneficiary, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Give the ids of the people."""
        return frozenset(person.id for person in self.people)

    def told(self, text: str, persons: tuple[str, ...]) -> str:
        """Say whom something concerns, where that is not everybody in the picture."""
        people = people_of(persons, self.agenda) if len(self.people) > 1 else ""
        return f"{text} – {people}" if people else text


def timeline_of(agenda: Agenda, on: dt.date, person: str | None = None) -> Timeline:
    """Give the picture of a case, or of what concerns one beneficiary."""
    people = [one for one in agenda.case.beneficiaries if person in {None, one.id}]
    view = _View(agenda, on, tuple(people))
    events = tuple(_events(view))
    deadlines = [one for one in agenda.deadlines if _is_shown(view, one)]
    near = [one.date for one in deadlines if one.kind not in _FAR]
    ends = max((on, *near))
    below = [(one.date, _due(view, one)) for one in deadlines if one.date <= ends]
    return Timeline(
        title="Timeline",
        mark=INTERNAL_MARK,
        caption=(f"Case {agenda.name}, as of {on:%Y-%m-%d}", *map(_named, people)),
        on=on,
        above=tuple(Day(date, lines) for date, lines in by_day(events)),
        below=tuple(Day(date, lines, _left(date, on)) for date, lines in by_day(below)),
        later=tuple(_later(view, one) for one in deadlines if one.date > ends),
        cure=f"Show one person: packet-builder timeline {agenda.name} --person "
        f"{agenda.case.beneficiaries[0].id}",
    )


def _events(view: _View) -> Iterator[tuple[dt.date, Line]]:
    """Give what has happened; an appointment to come is a deadline."""
    for placed in chronicle_of(view.agenda.case, SHIPPED).events:
        if placed.event.date <= view.on and view.ids & set(placed.persons):
            yield placed.event.date, Line(view.told(words_of(placed), placed.persons))


def _due(view: _View, one: Deadline) -> Line:
    text = f"{one.title}{': ' if one.detail else ''}{one.detail}"
    state = one.state_on(view.on)
    if one.closed and state is not State.DONE:
        text += f" (act by {one.aim:%a %m-%d})"
    words, sure = view.told(text, one.persons), _UNSURE.get(one.status, "")
    return Line(words, one.force.value, _STATES.get(state, ""), sure)


def _is_shown(view: _View, one: Deadline) -> bool:
    """Leave out aims that are behind, what is told as an event, and what concerns others."""
    is_done = one.state_on(view.on) is State.DONE
    is_over = one.force is Force.TARGET and (one.date < view.on or is_done)
    is_told = is_done and all(done.event == one.event for done in one.done)
    return not is_over and not is_told and bool(view.ids & set(one.persons))


def _left(date: dt.date, on: dt.date) -> str:
    days = (date - on).days
    if days < 0:
        return ""
    return "today" if days == 0 else f"in {days} day{'' if days == 1 else 's'}"


def _later(view: _View, one: Deadline) -> str:
    return view.told(f"{one.date:%Y-%m-%d} {one.title}", one.persons)


def _named(person: Beneficiary) -> str:
    name = person.name
    return f"{name.full}{f' ({name.native})' if name.native else ''}"

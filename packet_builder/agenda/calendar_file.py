"""Agendas become a calendar file (RFC 5545), always with the same bytes for the same day.

A calendar that imports the file again finds each deadline by its UID, and moves it where its day
has changed. The day of the export is its DTSTAMP and its SEQUENCE, so that a later export counts.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import icalendar

from packet_builder.agenda.agenda import Agenda, Entry
from packet_builder.agenda.rows import SURE
from packet_builder.deadlines.deadline import Deadline, Force, State

_SPACE = uuid.UUID("5d3c1f0e-6c3b-5b0e-9b52-0c8d6c1f7a11")  # of our names, chosen once
_FIRST = dt.date(2000, 1, 1)
_DAY = dt.timedelta(days=1)
_MORNING = dt.timedelta(hours=9)
#: Days before the aim on which an alarm rings, at nine in the morning: a choice of this program.
_ALARMS: Mapping[Force, tuple[int, ...]] = MappingProxyType(
    {Force.HARD: (30, 7, 1, 0), Force.TARGET: (7, 0), Force.MARK: (0,)}
)


def calendar_file(agendas: Sequence[Agenda], on: dt.date, *, names: bool = False) -> bytes:
    """Give the file; without `names` it says case, kind of deadline and source, and no more."""
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//packet-builder//deadlines//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for agenda in agendas:
        for entry in agenda.entries:
            calendar.add_component(_event(agenda, entry, on, names=names))
    return bytes(calendar.to_ical())


def uid_of(case: str, deadline: Deadline) -> str:
    """Give the name by which a calendar knows a deadline; no word of the facts is in it."""
    return str(uuid.uuid5(_SPACE, f"{case}\n{deadline.id}"))


def _event(agenda: Agenda, entry: Entry, on: dt.date, *, names: bool) -> icalendar.Event:
    one = entry.deadline
    stamp = dt.datetime.combine(on, dt.time(), dt.UTC)
    state = one.state_on(on)
    event = icalendar.Event()
    event.add("UID", uid_of(agenda.name, one))
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("SEQUENCE", max(0, (on - _FIRST).days))
    event.add("DTSTART", one.date)
    event.add("DTEND", one.date + _DAY)
    event.add("SUMMARY", _summary(agenda, one, state, names=names))
    event.add("DESCRIPTION", "\n".join(_description(agenda, entry, names=names)))
    event.add("CATEGORIES", [one.force.value])
    event.add("TRANSP", "TRANSPARENT")
    if names:
        event.add("CLASS", "PRIVATE")
    for alarm in _alarms(one) if state in {State.OPEN, State.SENT} else ():
        event.add_component(alarm)
    return event


def _summary(agenda: Agenda, one: Deadline, state: State, *, names: bool) -> str:
    done = "Done: " if state is State.DONE else ""
    early = f" (act by {one.aim:%a %Y-%m-%d})" if one.closed else ""
    detail = f": {one.detail}" if names and one.detail else ""
    people = ", ".join(agenda.names_of(one.persons)) if names else ""
    return f"{done}{agenda.name}: {one.title}{early}{detail}{f' - {people}' if people else ''}"


def _description(agenda: Agenda, entry: Entry, *, names: bool) -> Iterator[str]:
    one = entry.deadline
    yield one.rule.text
    yield f"Source: {one.rule.source} ({SURE[one.status]})"
    yield {
        Force.HARD: "Hard: something is lost after this day.",
        Force.TARGET: "Target: chosen to leave time.",
        Force.MARK: "Nothing is due on this day.",
    }[one.force]
    if names:
        yield f"Rests on {entry.source} of the case"
    yield f"Always look again: packet-builder calendar {agenda.name}"


def _alarms(one: Deadline) -> Iterator[icalendar.Alarm]:
    """Give alarms before the last working day on which something can be done."""
    for days in _ALARMS[one.force]:
        alarm = icalendar.Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", one.title)
        alarm.add("TRIGGER", one.aim - one.date - days * _DAY + _MORNING)
        yield alarm

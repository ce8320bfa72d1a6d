"""What a deadline is: a day, what it rests on, how sure it is, and what settles it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from packet_builder.facts.tree import FactPath
from packet_builder.law.deadlines import DeadlineRule, ResponseLimit
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import DeadlineKind


class Force(StrEnum):
    """What happens after the day."""

    HARD = "hard"  # something is lost
    TARGET = "target"  # nothing yet: the day was chosen to leave time
    MARK = "mark"  # nothing is due on it


class State(StrEnum):
    """How a deadline stands on a day."""

    OPEN = "open"
    SENT = "sent, arrival not confirmed"
    MISSED = "past, and not done"
    DONE = "done"
    PASSED = "passed"  # of a day on which nothing is due


@dataclass(frozen=True, slots=True)
class Done:
    """What settled a deadline for one person."""

    person: str  # id of a beneficiary
    event: str  # id of the event
    date: dt.date
    arrived: bool = True  # no: it was sent, and nothing shows that it arrived


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something has to be done, or that matters."""

    id: str  # stable: calendars know the deadline by it
    kind: DeadlineKind
    title: str  # in a few words, without a word of the facts
    force: Force
    date: dt.date
    aim: dt.date  # that day, or the last before it on which offices are open, where one is needed
    closed: str  # why they are closed on the day itself: "a Saturday"; "" where it does not matter
    persons: tuple[str, ...]  # ids of beneficiaries
    rule: DeadlineRule | ResponseLimit
    path: FactPath  # the fact that it rests on
    event: str | None  # the id of the event that it rests on
    awaits: str  # what settles it, in words; "" where nothing does
    done: tuple[Done, ...] = ()
    detail: str = ""  # in the words of the facts
    remarks: tuple[str, ...] = ()

    @property
    def status(self) -> SourceStatus:
        """Give how sure the rule is."""
        return self.rule.status

    def state_on(self, on: dt.date) -> State:
        """Give how it stands on a day; what was done later does not count yet."""
        done = {one.person: one.arrived for one in self.done if one.date <= on}
        if self.persons and done.keys() >= set(self.persons):
            if all(done.values()):
                return State.DONE
            return State.SENT
        if self.date >= on:
            return State.OPEN
        return State.MISSED if self.awaits else State.PASSED

    def days_left(self, on: dt.date) -> int:
        """Count the days from a day on; below 0 once it has passed."""
        return (self.date - on).days

    def open_for(self, on: dt.date) -> tuple[str, ...]:
        """Give the people for whom it is not done on a day."""
        done = {one.person for one in self.done if one.date <= on and one.arrived}
        return tuple(person for person in self.persons if person not in done)

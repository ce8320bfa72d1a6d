"""The whole case of tests/cases with events, and its deadlines, for tests that read the facts."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from packet_builder.deadlines.deadline import Deadline, State
from packet_builder.deadlines.of_case import Found, deadlines_of
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from tests.cases import WHOLE, facts_of

_OTHERS = """\
  - id: esi
    name: {family: Boateng, given: Esi}
    date_of_birth: 2015-04-01
    pronoun: she
    passport: {number: G0418277, country: Ghana}
    location: {city: Kumasi, country: Ghana}
    residence: Ghana
  - id: ama
    name: {family: Boateng, given: Ama}
    date_of_birth: 2017-04-01
    pronoun: she
    passport: {number: G0418278, country: Ghana}
    location: {city: Kumasi, country: Ghana}
    residence: Ghana
"""
#: The case with three beneficiaries: kwabena, esi, ama.
FAMILY = WHOLE.replace("supporters:\n", f"{_OTHERS}supporters:\n")


def case_of(events: str, text: str = WHOLE) -> Case:
    """Give a case with events, one a line: `{id: entry, event: entry, ...}`."""
    lines = "".join(f"  - {line.strip()}\n" for line in events.strip().splitlines())
    with tempfile.TemporaryDirectory() as folder:
        return interpret(Case, facts_of(Path(folder), f"{text}events:\n{lines}" if lines else text))


def found(events: str, text: str = WHOLE, law: Law = SHIPPED) -> Found:
    """Give the deadlines of a case with events."""
    return deadlines_of(case_of(events, text), law)


def days(events: str, text: str = WHOLE) -> dict[str, dt.date]:
    """Give the day of each deadline by its id."""
    return {one.id: one.date for one in found(events, text).deadlines}


def deadline(identifier: str, events: str, text: str = WHOLE) -> Deadline:
    """Give one deadline."""
    return next(one for one in found(events, text).deadlines if one.id == identifier)


def states(events: str, on: str, text: str = WHOLE) -> dict[str, State]:
    """Give how each deadline stands on a day."""
    day = dt.date.fromisoformat(on)
    return {one.id: one.state_on(day) for one in found(events, text).deadlines}

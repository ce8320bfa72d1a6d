"""What an initial request must contain, and what is recommended for each ground."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.table import Row, any_row_in_force, read_table


class Duty(StrEnum):
    """What kind of thing is required."""

    EVIDENCE = "evidence"
    STATEMENT = "statement"
    FORM = "form"
    PROCEDURE = "procedure"


class Requirement(Row):
    """One thing that an initial request on Part 1 Item 7 must contain."""

    text: str
    duty: Duty
    when: str  # always, or the condition
    kinds: tuple[str, ...] = ()  # kinds of evidence that meet it


class Need(StrEnum):
    """How it is told whether recommended evidence is there."""

    EVIDENCE = "evidence"
    ALTERNATIVES = "alternatives"
    APPOINTMENT = "appointment"
    RELATIVE = "relative"
    AGENCY = "agency"
    READ = "read"  # no program can tell


class Recommendation(Row):
    """One thing that usually proves a ground. No official list exists."""

    ground: str
    text: str
    needs: Need
    kinds: tuple[str, ...] = ()


def requirements() -> tuple[Requirement, ...]:
    """Give everything that an initial request must contain."""
    return read_table("initial_evidence", Requirement)


def requirement(identifier: str, on: dt.date) -> Requirement:
    """Give the requirement of that id in force on a date; raises LawGapError."""
    return any_row_in_force("initial_evidence", requirements(), identifier, on)


def recommendations(ground: str, on: dt.date) -> tuple[Recommendation, ...]:
    """Give what is recommended for a ground on a date."""
    rows = read_table("recommended_evidence", Recommendation)
    return tuple(row for row in rows if row.ground == ground and row.is_in_force(on))

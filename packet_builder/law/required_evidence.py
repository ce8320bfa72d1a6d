"""What an initial request must contain, and what is recommended for each ground."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.request import GroundKind
from packet_builder.model.scalars import Line


class Duty(StrEnum):
    """What kind of thing is required."""

    EVIDENCE = "evidence"
    STATEMENT = "statement"
    FORM = "form"
    PROCEDURE = "procedure"


class Requirement(Row):
    """One thing that an initial request on Part 1 Item 7 must contain."""

    text: Line
    duty: Duty
    when: Line
    """`always`, or the condition."""
    kinds: tuple[EvidenceKind, ...] = ()
    """Kinds of evidence that meet it."""


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

    ground: GroundKind
    text: Line
    needs: Need
    kinds: tuple[EvidenceKind, ...] = ()


INITIAL_EVIDENCE = Table("initial_evidence", Requirement)
RECOMMENDED_EVIDENCE = Table("recommended_evidence", Recommendation)


def requirements(law: Law) -> tuple[Requirement, ...]:
    """Give everything that an initial request must contain."""
    return law.rows(INITIAL_EVIDENCE)


def requirement(law: Law, identifier: str, on: dt.date) -> Requirement:
    """Give the requirement of that id in force on a date; raises LawGapError."""
    return law.any_in_force(INITIAL_EVIDENCE, identifier, on)


def recommendations(law: Law, ground: str, on: dt.date) -> tuple[Recommendation, ...]:
    """Give what is recommended for a ground on a date."""
    rows = law.rows(RECOMMENDED_EVIDENCE)
    return tuple(row for row in rows if row.ground == ground and row.is_in_force(on))

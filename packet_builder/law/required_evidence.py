"""What each kind of request must contain, and what is recommended for each ground."""

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
    """One thing that a request must contain."""

    text: Line
    """What is required, in one sentence, as the evidence matrix prints it."""
    duty: Duty
    """For the reader: a paper in the packet, something to be said, how forms are completed, or how
    it is filed."""
    when: Line
    """For the reader: `always`, or the condition."""
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
    """For which kind of ground it is."""
    text: Line
    """What should be there, worded so that it fits after "the ground lacks"."""
    needs: Need
    """What is looked for: evidence of one of the `kinds`, or a field of the ground; `read` leaves
    it to a reader."""
    kinds: tuple[EvidenceKind, ...] = ()
    """Kinds of evidence of which the ground should cite one, with `needs: evidence`."""


#: Of an initial request: Form I-131, Part 1 Item 7.
INITIAL_EVIDENCE = Table("initial_evidence", Requirement)
#: Of a request for a new period: Form I-131, Part 1 Item 11.
RE_PAROLE_EVIDENCE = Table("re_parole_evidence", Requirement)
#: Of an application for employment authorization: Form I-765, category (c)(11).
WORK_PERMIT_EVIDENCE = Table("work_permit_evidence", Requirement)
RECOMMENDED_EVIDENCE = Table("recommended_evidence", Recommendation)


def requirements(law: Law, table: Table[Requirement] = INITIAL_EVIDENCE) -> tuple[Requirement, ...]:
    """Give everything that a request must contain."""
    return law.rows(table)


def requirement(
    law: Law, identifier: str, on: dt.date, table: Table[Requirement] = INITIAL_EVIDENCE
) -> Requirement:
    """Give the requirement of that id in force on a date; raises LawGapError."""
    return law.any_in_force(table, identifier, on)


def recommendations(law: Law, ground: str, on: dt.date) -> tuple[Recommendation, ...]:
    """Give what is recommended for a ground on a date."""
    rows = law.rows(RECOMMENDED_EVIDENCE)
    return tuple(row for row in rows if row.ground == ground and row.is_in_force(on))

"""What must be attached to what is asked for after the entry, item by item, and what carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packet_builder.facts.tree import FactPath
from packet_builder.law.required_evidence import (
    RE_PAROLE_EVIDENCE,
    WORK_PERMIT_EVIDENCE,
    Requirement,
    requirement,
)
from packet_builder.law.table import Table
from packet_builder.model.narrative import ClaimText
from packet_builder.rules.matrix.attached import reason_lines
from packet_builder.rules.matrix.element import (
    Desk,
    Element,
    Line,
    State,
    claim_lines,
    documents_line,
)

_PART = "What must be attached"


def attached_to_new_period(desk: Desk) -> Iterator[Element]:
    """Give what must be attached to a request for a new period of parole, item 6.A."""
    asked = desk.case.request
    table = RE_PAROLE_EVIDENCE
    yield _papers(desk, "Earlier parole", "ev_earlier_parole", table)
    yield _element(desk, "Reason and length", "ev_new_period", table, tuple(reason_lines(desk)))
    enough = _said(desk, "why_not_enough", asked.why_not_enough)
    yield _element(desk, "Why the first period is not enough", "ev_new_period", table, enough)
    yield _element(
        desk,
        "No visa or other status",
        "ev_no_status",
        table,
        _said(desk, "why_no_visa", asked.why_no_visa),
    )
    yield _papers(desk, "Photo identity", "ev_photo_id", table)
    kept = claim_lines(desk, ("request", "compliance"), asked.compliance)
    yield _element(desk, "Conditions that were kept", "ev_conditions", table, tuple(kept))


def attached_to_work_permit(desk: Desk) -> Iterator[Element]:
    """Give what must be attached to Form I-765, category (c)(11)."""
    table = WORK_PERMIT_EVIDENCE
    yield _papers(desk, "Parole", "ev_paroled", table)
    yield _papers(desk, "Last card, or photo identity", "ev_identity", table)
    people = desk.case.applicants
    photographs = tuple(
        Line(person.name.full, State.READ, remark="two photographs, put into the envelope by hand")
        for person in people
    )
    yield _element(desk, "Photographs", "ev_photographs", table, photographs)


def _papers(desk: Desk, heading: str, row: str, table: Table[Requirement]) -> Element:
    people = desk.case.applicants
    lines = tuple(documents_line(desk, person, row, table) for person in people)
    return _element(desk, heading, row, table, lines)


def _said(desk: Desk, field: str, claims: Sequence[ClaimText]) -> tuple[Line, ...]:
    path: FactPath = ("request", field)
    return tuple(claim_lines(desk, path, claims, is_argued=True))


def _element(
    desk: Desk, heading: str, row: str, table: Table[Requirement], lines: tuple[Line, ...]
) -> Element:
    law = requirement(desk.dossier.law, row, desk.case.filing.date, table)
    return Element(_PART, heading, law.text, law.source, lines)

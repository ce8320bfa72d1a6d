"""Letters the evidence, and says of each exhibit what its separator and the index print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence
from packet_builder.outline import Group, Outline
from packet_builder.plan.citations import letter_of
from packet_builder.plan.planned import DocumentKind, PlannedDocument, PlannedFile
from packet_builder.plan.wording import long_date


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence with its letter."""

    letter: str
    evidence: Evidence
    group: Group


def letter_exhibits(case: Case, outline: Outline) -> tuple[Exhibit, ...]:
    """Letter the evidence that is filed: by the outline's groups, then as the facts list it."""
    filed = [evidence for evidence in case.evidence if evidence.waived is None]
    grouped = [
        (evidence, group)
        for group in outline.groups
        for evidence in filed
        if outline.group_of(evidence) is group
    ]
    return tuple(
        Exhibit(letter_of(position), evidence, group)
        for position, (evidence, group) in enumerate(grouped, start=1)
    )


def plan_exhibits(exhibits: Sequence[Exhibit]) -> Iterator[PlannedDocument]:
    """Give each exhibit's separator and its pages."""
    for exhibit in exhibits:
        evidence = exhibit.evidence
        yield PlannedDocument(
            id=f"separator-{evidence.id}",
            kind=DocumentKind.SEPARATOR,
            title=f"Exhibit {exhibit.letter}",
            template="separator",
            context=_separator(exhibit),
            exhibit=exhibit.letter,
        )
        yield PlannedDocument(
            id=f"exhibit-{evidence.id}",
            kind=DocumentKind.EXHIBIT,
            title=evidence.title,
            files=tuple(PlannedFile(name, title) for name, title in evidence.ordered_files),
            exhibit=exhibit.letter,
        )


def plan_index(case: Case, exhibits: Sequence[Exhibit], outline: Outline) -> PlannedDocument:
    """Give the exhibit index; page numbers are added when they are known."""
    context = {
        "title": "Exhibit Index",
        "caption": _caption(case, outline),
        "groups": [
            {
                "heading": group.heading,
                "rows": [_row(exhibit) for exhibit in exhibits if exhibit.group is group],
            }
            for group in outline.groups
            if any(exhibit.group is group for exhibit in exhibits)
        ],
        "waived": [
            {"title": evidence.title, "reason": evidence.waived}
            for evidence in case.evidence
            if evidence.waived is not None
        ],
    }
    return PlannedDocument("index", DocumentKind.INDEX, "Exhibit Index", "index", context)


def _separator(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "letter": exhibit.letter,
        "title": exhibit.evidence.title,
        "native_title": exhibit.evidence.native_title or "",
        "details": _details(exhibit.evidence),
        "parts": [title for _, title in exhibit.evidence.ordered_files if title is not None],
    }


def _row(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "letter": exhibit.letter,
        "title": exhibit.evidence.title,
        "details": _details(exhibit.evidence),
        "purpose": exhibit.evidence.purpose or "",
    }


def _details(evidence: Evidence) -> list[str]:
    details = []
    if evidence.date is not None:
        details.append(f"Dated {long_date(evidence.date)}")
    if evidence.translation is not None:
        details.append(f"In {evidence.language}, with certified English translation")
    return details


def _caption(case: Case, outline: Outline) -> list[str]:
    names = ", ".join(person.name.full for person in case.applicants)
    many = "Beneficiaries" if len(case.applicants) > 1 else "Beneficiary"
    lines = [outline.caption or outline.title]
    if case.petitioner is not None:
        lines.append(f"Petitioner: {case.petitioner.name.full}")
    return [*lines, f"{many}: {names}"]

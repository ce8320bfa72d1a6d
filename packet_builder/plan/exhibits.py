"""Letters the evidence, and says of each exhibit what its separator and the index print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence
from packet_builder.model.filed import Filed
from packet_builder.outline import FiledBy, Group, Outline
from packet_builder.plan.citations import Submitted, letter_of, place_of, position_of
from packet_builder.plan.planned import DocumentKind, PlannedDocument, PlannedFile
from packet_builder.plan.wording import joined, long_date

NOTHING_FILED = Filed()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence with its letter."""

    letter: str
    evidence: Evidence
    group: Group
    is_later: bool = False  # it is dated after the request that the filing continues


def letter_exhibits(
    case: Case, outline: Outline, filed: Filed = NOTHING_FILED
) -> tuple[Exhibit, ...]:
    """Letter the evidence that is filed: by the outline's groups, then as the facts list it.

    What was filed before keeps its letter, and new exhibits continue the letters of then.
    """
    listed = [evidence for evidence in case.evidence if evidence.waived is None]
    grouped = [
        (evidence, group)
        for group in outline.groups
        for evidence in listed
        if outline.group_of(evidence) is group
    ]
    following = count(1 + max(map(position_of, filed.letters), default=0))
    lettered = [
        Exhibit(
            before[1].letter if before else letter_of(next(following)),
            evidence,
            group,
            before is None and _is_later(evidence, filed),
        )
        for evidence, group in grouped
        for before in (filed.exhibit(evidence.id),)
    ]
    return tuple(sorted(lettered, key=lambda exhibit: position_of(exhibit.letter)))


def names_of(exhibits: Sequence[Exhibit]) -> str:
    """Name exhibits in a list: "Exhibits A through D", "Exhibits C and AH through AJ"."""
    runs: list[list[str]] = []
    for exhibit in exhibits:
        if runs and position_of(exhibit.letter) == position_of(runs[-1][-1]) + 1:
            runs[-1].append(exhibit.letter)
        else:
            runs.append([exhibit.letter])
    names = [run[0] if len(run) == 1 else f"{run[0]} through {run[-1]}" for run in runs]
    return f"Exhibit{'s' if len(exhibits) > 1 else ''} {joined(names)}"


def _is_later(evidence: Evidence, filed: Filed) -> bool:
    return evidence.date is not None and filed.date is not None and evidence.date > filed.date


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


def plan_index(
    case: Case, exhibits: Sequence[Exhibit], outline: Outline, submitted: Sequence[Submitted] = ()
) -> PlannedDocument:
    """Give the exhibit index; page numbers are added when they are known.

    `submitted` is cited and was filed before: it is listed with its pages of then.
    """
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
        "submitted": [
            {"letter": one.letter, "title": one.title, "where": place_of(one)} for one in submitted
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
        "details": _details(exhibit),
        "parts": [title for _, title in exhibit.evidence.ordered_files if title is not None],
    }


def _row(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "letter": exhibit.letter,
        "title": exhibit.evidence.title,
        "details": _details(exhibit),
        "purpose": exhibit.evidence.purpose or "",
    }


def _details(exhibit: Exhibit) -> list[str]:
    evidence, details = exhibit.evidence, []
    if evidence.date is not None:
        later = ", after the request was filed" if exhibit.is_later else ""
        details.append(f"Dated {long_date(evidence.date)}{later}")
    if evidence.translation is not None:
        details.append(f"In {evidence.language}, with certified English translation")
    return details


def _caption(case: Case, outline: Outline) -> list[str]:
    names = ", ".join(person.name.full for person in case.applicants)
    each_files = outline.filed_by is FiledBy.BENEFICIARY
    one, many = ("Applicant", "Applicants") if each_files else ("Beneficiary", "Beneficiaries")
    lines = [outline.caption or outline.title]
    if case.petitioner is not None and not each_files:
        lines.append(f"Petitioner: {case.petitioner.name.full}")
    if case.notice is not None:
        lines.append(f"Receipt number: {case.notice.receipt_number}")
    return [*lines, f"{many if len(case.applicants) > 1 else one}: {names}"]

"""What the rules saw of a case and found in it becomes rows of the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from packet_builder.assembly.answers import answers_row
from packet_builder.assembly.form_rows import FormFacts
from packet_builder.assembly.matrix_rows import Places, matrix_rows
from packet_builder.assembly.paper import Paper
from packet_builder.due import address_of
from packet_builder.facts.tree import Facts
from packet_builder.plan.arrange import Plan
from packet_builder.plan.citations import Letters
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.law_rows import fee_rows, law_rows
from packet_builder.rules.matrix import evidence_matrix
from packet_builder.rules.report import finding_row


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case as the rules saw it, and what they found."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    facts: Facts
    forms: FormFacts


def weighed_rows(weighed: Weighed, paper: Paper, plan: Plan) -> dict[str, Any]:
    """Give findings, fees, delivery, law and evidence matrix, and what intake left out."""
    dossier = weighed.dossier
    elements = evidence_matrix(dossier, weighed.findings)
    letters: Letters = {**plan.letters, **plan.submitted}
    places = Places(weighed.facts, letters, paper.numbering)
    return {
        "findings": [finding_row(finding) for finding in weighed.findings],
        "answers": answers_row(dossier),
        "fees": fee_rows(dossier),
        "delivery": _delivery(dossier),
        "law": law_rows(dossier),
        "matrix": matrix_rows(elements, places),
        "intake": list(_intake(paper, plan)),
    }


def _delivery(dossier: Dossier) -> dict[str, Any]:
    case = dossier.case
    carrier = case.filing.carrier
    return {
        "mode": case.filing.delivery.value if case.filing.delivery else None,
        "carrier": carrier.value if carrier else None,
        "address": list(address_of(dossier.outline, case, dossier.law)),
    }


def _intake(paper: Paper, plan: Plan) -> Iterator[dict[str, Any]]:
    """Give what was left out or mended when evidence was taken in, file by file."""
    own = [(plan.letters[name], one) for name, one in paper.taken.evidence.items()]
    notice = [(None, paper.taken.notice)] if paper.taken.notice else []
    for letter, evidence in (*own, *notice):
        for file in evidence.files:
            if file.removals or file.notes:
                yield {
                    "exhibit": letter,
                    "file": file.pdf.source.name if file.pdf.source else None,
                    "removals": list(file.removals),
                    "notes": list(file.notes),
                }

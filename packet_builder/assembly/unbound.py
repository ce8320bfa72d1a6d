"""A case that is not bound becomes its evidence matrix: also one whose errors stop a build."""

from __future__ import annotations

from typing import Any

from packet_builder.assembly.build import examined
from packet_builder.assembly.matrix_report import matrix_report
from packet_builder.assembly.matrix_rows import Places, matrix_rows
from packet_builder.assembly.order import Order
from packet_builder.documents.sheets.report_html import report_html
from packet_builder.plan.citations import Submitted
from packet_builder.plan.exhibits import letter_exhibits
from packet_builder.plan.submitted import submitted_exhibits
from packet_builder.rules.matrix import evidence_matrix


def unbound_matrix(order: Order) -> dict[str, Any]:
    """Give title, case, date and matrix, as a manifest holds them; no page of a packet is known."""
    ready = examined(order)
    case = ready.case_file.case
    filed = ready.dossier.filed
    exhibits = letter_exhibits(case, ready.outline, filed)
    letters: dict[str, str | Submitted] = {
        **{exhibit.evidence.id: exhibit.letter for exhibit in exhibits},
        **submitted_exhibits(exhibits, filed),
    }
    elements = evidence_matrix(ready.dossier, ready.findings)
    return {
        "title": ready.outline.title,
        "case": ready.case_file.name,
        "date": case.filing.date.isoformat(),
        "matrix": matrix_rows(elements, Places(ready.case_file.facts, letters, None)),
    }


def matrix_html(content: dict[str, Any]) -> bytes:
    """Give an unbound matrix as a page of HTML."""
    return report_html(matrix_report(content, ""))


def matrix_lines(content: dict[str, Any]) -> tuple[str, ...]:
    """Give a matrix as a person reads it in a terminal: a heading, then state and claim."""
    lines: list[str] = []
    for row in content["matrix"]:
        lines.append(f"{row['part']}: {row['element']}")
        for line in row["lines"]:
            carried = "; ".join(proof["text"].replace("\u00a0", " ") for proof in line["proof"])
            said = " ".join(part for part in (line["what"], carried and f"({carried})") if part)
            remark = f" [{line['remark']}]" if line["remark"] else ""
            lines.append(f"  {line['state'].upper():<9} {said}{remark}")
    return tuple(lines)

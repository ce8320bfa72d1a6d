"""Finds who signs where in a packet: on forms by their maps, on letters by their printed lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.assembly.forms import WrittenForm, addendum_id
from packet_builder.assembly.letters import WrittenLetter
from packet_builder.assembly.paper import Paper
from packet_builder.assembly.places import Corners, lines_to_sign
from packet_builder.model.case import Case
from packet_builder.model.firm import Firm
from packet_builder.plan.notice import attorney_of


def signers_of(case: Case, firm: Firm) -> Mapping[str, str]:
    """Give the roles of those who sign letters, by the name below the line."""
    filer = "beneficiary" if case.petitioner is None else "petitioner"
    attorney = attorney_of(firm, case.filing.counsel)
    return {case.filer.name.full: filer, attorney.name: "attorney"}


def signature_rows(paper: Paper, signers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give one row for each item that somebody completes in ink, in the order of the pages."""
    rows = [row for form in paper.forms for row in _on_form(form, _first_page(paper, form))]
    rows += [row for form in paper.forms for row in _on_addendum(form, paper)]
    for one in paper.letters:
        rows += _on_letter(one, _first_page(paper, one), signers)
    return sorted(rows, key=_reading_order)


def _first_page(paper: Paper, written: WrittenForm | WrittenLetter) -> int:
    return paper.numbering.span_of(written.planned.id).first


def _reading_order(row: Mapping[str, Any]) -> tuple[int, float, float]:
    left, _, _, top = row["box"]
    return row["page"], -top, left


def _on_form(form: WrittenForm, first: int) -> Iterator[dict[str, Any]]:
    for line in (form.planned.context or {}).get("ink", ()):
        places = [form.places[name] for name in line["fields"]]
        yield {
            "person": line["person"],
            "role": line["role"],
            "signs_for": line["signs_for"],
            "document": form.planned.id,
            "page": first + places[0][0] - 1,
            "part": line["part"],
            "item": line["item"],
            "line": line["asked"],
            "what": line["what"],
            "box": _around([corners for _, corners in places]),
        }


def _on_addendum(form: WrittenForm, paper: Paper) -> Iterator[dict[str, Any]]:
    """Give a row for each signature and date on the sheets that continue a form."""
    if not form.said["addendum"]:
        return
    identifier = addendum_id(form.planned)
    (sheets,) = (one.files[0].path for one in paper.documents if one.id == identifier)
    signer = (form.planned.context or {})["addendum"]
    first = paper.numbering.span_of(identifier).first
    for page, corners, what in lines_to_sign(sheets):
        yield {
            **{name: signer[name] for name in ("person", "role", "signs_for")},
            "document": identifier,
            "page": first + page - 1,
            "part": None,
            "item": None,
            "line": f"{'Signature' if what == 'signature' else 'Date'} on sheet {page}",
            "what": what,
            "box": list(corners),
        }


def _on_letter(
    letter: WrittenLetter, first: int, signers: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for page, corners, name in letter.lines:
        yield {
            "person": name or None,
            "role": signers.get(name, "other"),
            "signs_for": None,
            "document": letter.planned.id,
            "page": first + page - 1,
            "part": None,
            "item": None,
            "line": f"Line above {name}" if name else "Line without a name",
            "what": "signature",
            "box": list(corners),
        }


def _around(boxes: Sequence[Corners]) -> list[float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return [min(lefts), min(bottoms), max(rights), max(tops)]

"""Forms become rows of the manifest: what each was filled with, page by page, and from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.assembly.fact_places import FactFiles
from packet_builder.assembly.forms import WrittenForm
from packet_builder.plan.form_blank import LeftBlank, left_blank
from packet_builder.plan.form_face import is_printable
from packet_builder.plan.form_sources import FormSource
from packet_builder.plan.planned import DocumentKind, PlannedDocument

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the forms of a filing are filled from."""

    sources: Mapping[str, FormSource]  # by document
    files: FactFiles


def form_rows(
    planned: Sequence[PlannedDocument], written: Sequence[WrittenForm], facts: FormFacts
) -> list[dict[str, Any]]:
    """Give one row for each form, on a slip or filled."""
    by_id = {one.planned.id: one for one in written}
    return [
        _row(one, by_id.get(one.id), facts)
        for one in planned
        if one.kind in {DocumentKind.FORM, DocumentKind.SLIP}
    ]


def _row(planned: PlannedDocument, written: WrittenForm | None, facts: FormFacts) -> dict[str, Any]:
    form, said = planned.context or {}, written.said if written else None
    sheet = _Sheet(written, facts.sources[planned.id], facts.files) if written else None
    return {
        "document": planned.id,
        "title": planned.title,
        "blank": said is not None,
        "form": form["form"].removeprefix("Form "),
        "person": form["person"] or None,
        "edition": form["edition"] if said else None,
        "sha256": form["sha256"] if said else None,
        "address": form["address"],
        "filled": said["filled"] if said else 0,
        "open_questions": [_sentence(one) for one in form.get("open", ())],
        "carried": said["carried"] if said else [],
        "unplaced": said["unplaced"] if said else [],
        "addendum": said["addendum"] if said else [],
        "items": _items(sheet) if sheet else [],
        "left_blank": _left_blank(sheet) if sheet else [],
    }


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A filled form beside what it was filled from."""

    form: WrittenForm
    source: FormSource
    files: FactFiles

    def lines_of(self, fact: str | None, told: str | None = None) -> list[dict[str, Any]]:
        return [] if fact is None else self.files.lines_of(fact, self.source.places, told)


def _items(sheet: _Sheet) -> list[dict[str, Any]]:
    """Give what is answered and what is open, as a reader comes upon it."""
    context = sheet.form.planned.context or {}
    rows = [(one["field"] or one["beside"], _answer(one, sheet)) for one in context["answers"]]
    rows += [(one["box"], _open(one, sheet)) for one in context["open"]]
    order = {name: place for place, name in enumerate(sheet.form.boxes)}
    return [row for _, row in sorted(rows, key=lambda pair: order[pair[0]])]


def _answer(answer: Row, sheet: _Sheet) -> dict[str, Any]:
    state, pages = _where(answer, sheet.form)
    fact, said = answer["fact"], answer["says"] or answer["text"]
    lines = sheet.lines_of(fact, answer["ticked"] or (fact or "").rpartition(".")[2])
    return {**_printed(answer), "state": state, "pages": pages, "answer": said, "places": lines}


def _open(question: Row, sheet: _Sheet) -> dict[str, Any]:
    pages = [sheet.form.boxes[question["box"]]]
    lines = sheet.lines_of(question["fact"])
    return {**_printed(question), "state": "open", "pages": pages, "answer": None, "places": lines}


def _printed(said: Row) -> dict[str, Any]:
    return {name: said[name] for name in ("part", "item", "asked")}


def _where(answer: Row, form: WrittenForm) -> tuple[str, list[int]]:
    """Tell where an answer can be read, and on which pages of the form."""
    page = form.boxes[answer["field"] or answer["beside"]]
    if answer["ticked"] is not None:
        return "ticked", [page]
    if not is_printable(answer["text"]):
        return "unplaced", [page]
    item = (page, answer["part"], answer["item"])
    for one in form.said["moved"]:
        is_item = answer["field"] is None and item == (one["page"], one["part"], one["item"])
        if is_item or answer["field"] in one["boxes"]:
            return "additional" if one["to"] else "addendum", [page, *one["to"]]
    return "written", [page]


def _left_blank(sheet: _Sheet) -> list[dict[str, Any]]:
    """Give what stays blank on purpose, one row for each page and reason."""
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    order = {name: place for place, name in enumerate(sheet.form.boxes)}
    found = left_blank(sheet.source.form, sheet.source.words)
    for blank in sorted(found, key=lambda one: order.get(one.fields[0], 0)):
        for page, boxes in _by_page(blank, sheet.form.boxes).items():
            empty = {"page": page, "reason": blank.reason, "items": [], "boxes": 0, "places": []}
            row = rows.setdefault((page, blank.reason), empty)
            row["boxes"] += boxes
            row["items"] += [one for one in _place(blank) if one not in row["items"]]
            row["places"] += [one for one in sheet.lines_of(blank.fact) if one not in row["places"]]
    return sorted(rows.values(), key=lambda row: row["page"])


def _by_page(blank: LeftBlank, boxes: Mapping[str, int]) -> Mapping[int, int]:
    return Counter(boxes[name] for name in blank.fields if name in boxes)


def _place(blank: LeftBlank) -> Iterator[str]:
    if blank.item is not None:
        yield f"Part {blank.part}, Item {blank.item}" if blank.part else f"Item {blank.item}"


def _sentence(question: Row) -> str:
    part = f"Part {question['part']}, " if question["part"] else ""
    return f"{part}Item {question['item']}: {question['asked']}"

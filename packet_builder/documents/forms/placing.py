"""Decides what stands in which field: in its box, in Additional Information, or on an addendum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from packet_builder.documents.forms.box import Box
from packet_builder.documents.forms.errors import ChoiceUnknownError, FieldUnknownError
from packet_builder.documents.forms.layout import Run, capacity_of, laid_out, lines_of
from packet_builder.plan.form_face import is_printable

_ON_ADDENDUM = "See addendum"


@dataclass(frozen=True, slots=True)
class Written:
    """One field with its value: a text in its place, or a state."""

    box: Box
    value: str
    runs: tuple[Run, ...] = ()  # none for a box that is ticked


@dataclass(frozen=True, slots=True)
class Continued:
    """All of one item that has no room in its boxes."""

    page: int
    part: str | None
    item: str
    asked: str
    lines: tuple[str, ...]
    boxes: tuple[tuple[Box, int], ...]  # where a hint stands, each with its pitch

    @property
    def row(self) -> dict[str, Any]:
        """Give it as plain values, without the boxes."""
        place = {"page": self.page, "part": self.part, "item": self.item}
        return {**place, "asked": self.asked, "lines": list(self.lines)}


@dataclass(slots=True)
class Placed:
    """What a form is going to show, and what a person must know of it."""

    written: list[Written] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)  # to Additional Information
    moved: list[dict[str, Any]] = field(default_factory=list)  # there, or to an addendum
    addendum: list[Continued] = field(default_factory=list)  # to sheets that are signed
    unplaced: list[str] = field(default_factory=list)  # has letters that no form can print


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A planned form beside the fields of its blank."""

    form: Mapping[str, Any]
    boxes: Mapping[str, Box]

    def box(self, name: str) -> Box:
        """Give a field; raises FieldUnknownError."""
        if name not in self.boxes:
            raise FieldUnknownError(self.form["form"], name, "which the blank does not have")
        return self.boxes[name]


def place(form: Mapping[str, Any], boxes: Mapping[str, Box]) -> Placed:
    """Place every answer of a planned form; raises FieldUnknownError."""
    placed, sheet = Placed(), _Sheet(form, boxes)
    left_over = [answer for answer in form["answers"] if not _is_written(answer, sheet, placed)]
    blocks = list((form["additional"] or {}).get("blocks", ()))
    for continued in _by_item(left_over, sheet):
        taken = _blocks_for(continued, blocks, sheet)
        placed.moved.append(_moved(continued, taken, sheet))
        if taken:
            del blocks[: len(taken)]
            placed.written.extend(_carried(taken, continued, sheet))
            where = f"Part {form['additional']['part']}"
            placed.carried.append(_said(continued, f"is carried to {where}"))
            hint = f"See {where}"
        else:
            placed.addendum.append(continued)
            hint = _ON_ADDENDUM
        placed.written.extend(_hints(hint, continued.boxes))
    return placed


def _is_written(answer: Mapping[str, Any], sheet: _Sheet, placed: Placed) -> bool:
    """Write an answer where it fits; letters that cannot be printed are never carried anywhere."""
    if answer["state"] is not None:
        box = sheet.box(answer["field"])
        placed.written.append(Written(box, _state(sheet, answer["state"], box)))
        return True
    if not is_printable(answer["text"]):
        placed.unplaced.append(_told(answer, "has letters that the form cannot print"))
        return True
    if answer["field"] is None:
        return False
    box = sheet.box(answer["field"])
    text = _choice(sheet, answer["text"], box)
    runs = laid_out(text, box, answer["pitch"])
    if runs is not None:
        lower = tuple(replace(run, y=run.y - answer["drop"]) for run in runs)
        placed.written.append(Written(box, text, lower))
    return runs is not None


def _by_item(answers: Sequence[Mapping[str, Any]], sheet: _Sheet) -> Iterator[Continued]:
    """Give the answers that have no room in the form's order, those of one item together."""
    items: dict[tuple[int, str | None, str], list[Mapping[str, Any]]] = {}
    for answer in sorted(answers, key=lambda answer: _reading_order(_box_of(answer, sheet))):
        page = _box_of(answer, sheet).page
        items.setdefault((page, answer["part"], answer["item"]), []).append(answer)
    for (page, part, item), together in items.items():
        asked = next((one["asked"] for one in together if one["label"] is None), "")
        boxes = tuple((sheet.box(one["field"]), one["pitch"]) for one in together if one["field"])
        yield Continued(page, part, item, asked, tuple(map(_line, together)), boxes)


def _box_of(answer: Mapping[str, Any], sheet: _Sheet) -> Box:
    """Give the field of an answer, or one of the page that it belongs to."""
    return sheet.box(answer["field"] or answer["beside"])


def _reading_order(box: Box) -> tuple[int, float]:
    return box.page, -box.rect[3]


def _line(answer: Mapping[str, Any]) -> str:
    label, text = answer["label"], answer["text"]
    return text if label is None else f"{label}: {text}"


def _blocks_for(
    continued: Continued, blocks: Sequence[Mapping[str, str]], sheet: _Sheet
) -> list[tuple[Mapping[str, str], list[str]]]:
    """Give the blocks that a text takes with their lines; none where they do not suffice."""
    taken, rest = [], "\n".join(continued.lines)
    for block in blocks:
        if not rest:
            break
        box = sheet.box(block["text"])
        lines = lines_of(rest, box)
        room = capacity_of(box, sheet.form["additional"]["pitch"])
        taken.append((block, lines[:room]))
        rest = "\n".join(lines[room:]).lstrip("\n")  # no block begins with an empty line
    return [] if rest else taken


def _carried(
    taken: Sequence[tuple[Mapping[str, str], list[str]]], continued: Continued, sheet: _Sheet
) -> Iterator[Written]:
    for block, lines in taken:
        told = {
            "page": str(continued.page),
            "part": continued.part or "",
            "item": continued.item,
            "text": "\n".join(lines),
        }
        for name, text in told.items():
            box = sheet.box(block[name])
            runs = laid_out(text, box, sheet.form["additional"]["pitch"])
            if runs is None:
                raise FieldUnknownError(sheet.form["form"], box.name, f'too short for "{text}"')
            yield Written(box, text, runs)


def _moved(
    continued: Continued, taken: Sequence[tuple[Mapping[str, str], list[str]]], sheet: _Sheet
) -> dict[str, Any]:
    """Say of which item and from which boxes answers moved, and to which pages of the form."""
    return {
        "page": continued.page,
        "part": continued.part,
        "item": continued.item,
        "boxes": [box.name for box, _ in continued.boxes],
        "to": sorted({sheet.box(block["text"]).page for block, _ in taken}),
    }


def _hints(hint: str, boxes: Sequence[tuple[Box, int]]) -> Iterator[Written]:
    """Say in the boxes where their answers went, where there is room to say it."""
    for box, pitch in boxes:
        runs = None if box.is_comb or box.options else laid_out(hint, box, pitch)
        if runs is not None:
            yield Written(box, hint, runs)


def _state(sheet: _Sheet, state: str, box: Box) -> str:
    """Give the state as the file writes it: some have spaces around them."""
    for known in box.states:
        if known.strip() == state:
            return known
    raise FieldUnknownError(sheet.form["form"], box.name, f'which has no state "{state}"')


def _choice(sheet: _Sheet, text: str, box: Box) -> str:
    """Give the choice as the file writes it."""
    if not box.options:
        return text
    for known in box.options:
        if known.strip() == text:
            return known
    raise ChoiceUnknownError(sheet.form["form"], text, box.options)


def _said(continued: Continued, what: str) -> str:
    return _told({"part": continued.part, "item": continued.item, "asked": continued.asked}, what)


def _told(answer: Mapping[str, Any], what: str) -> str:
    part = f"Part {answer['part']}, " if answer["part"] else ""
    asked = f" {answer['asked']}:" if answer["asked"] else ""
    return f"{part}Item {answer['item']}:{asked} the answer {what}"

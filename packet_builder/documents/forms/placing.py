"""Decides what stands in which field: in its box, carried to Additional Information, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from packet_builder.documents.forms.box import Box
from packet_builder.documents.forms.errors import FieldUnknownError
from packet_builder.documents.forms.face import ENCODING
from packet_builder.documents.forms.layout import Run, capacity_of, laid_out, lines_of


@dataclass(frozen=True, slots=True)
class Written:
    """One field with its value: a text in its place, or a state."""

    box: Box
    value: str
    runs: tuple[Run, ...] = ()  # none for a box that is ticked


@dataclass(slots=True)
class Placed:
    """What a form is going to show, and what a person must know of it."""

    written: list[Written] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)  # to Additional Information
    unplaced: list[str] = field(default_factory=list)  # fits nowhere: an addendum is needed
    unusual: list[str] = field(default_factory=list)  # the form's own check takes fewer letters


def place(form: Mapping[str, Any], boxes: Mapping[str, Box]) -> Placed:
    """Place every answer of a planned form; raises FieldUnknownError."""
    placed = Placed()
    blocks = list((form["additional"] or {}).get("blocks", ()))
    for answer in form["answers"]:
        box = _known(form["form"], answer["field"], boxes)
        if answer["state"] is not None:
            placed.written.append(Written(box, _state(form["form"], answer["state"], box)))
        elif not _is_printable(answer["text"]):
            placed.unplaced.append(_said(answer, "has letters that the form cannot print"))
        else:
            _place_text(form, answer, (box, boxes), (placed, blocks))
    return placed


def _place_text(
    form: Mapping[str, Any],
    answer: Mapping[str, Any],
    where: tuple[Box, Mapping[str, Box]],
    onto: tuple[Placed, list[Mapping[str, str]]],
) -> None:
    (box, boxes), (placed, blocks) = where, onto
    text = _choice(form["form"], answer["text"], box)
    if answer["takes"] and not re.fullmatch(f"[{answer['takes']}]*", text):
        placed.unusual.append(_said(answer, "has signs that the form's own check does not take"))
    runs = laid_out(text, box, answer["pitch"])
    if runs is not None:
        placed.written.append(Written(box, text, runs))
        return
    taken = _blocks_for(text, blocks, boxes, form)
    if not taken:
        placed.unplaced.append(
            _said(answer, "fits nowhere on the form: it needs a sheet of its own")
        )
        return
    part = form["additional"]["part"]
    placed.carried.append(_said(answer, f"is carried to Part {part}"))
    placed.written.extend(_carried(taken, answer, box, (boxes, form)))
    del blocks[: len(taken)]
    hint = f"See Part {part}"
    pointing = laid_out(hint, box, answer["pitch"])
    if pointing is not None:
        placed.written.append(Written(box, hint, pointing))


def _blocks_for(
    text: str,
    blocks: Sequence[Mapping[str, str]],
    boxes: Mapping[str, Box],
    form: Mapping[str, Any],
) -> list[tuple[Mapping[str, str], list[str]]]:
    """Give the blocks that a text takes with their lines; none where they do not suffice."""
    taken, rest = [], text
    for block in blocks:
        if not rest:
            break
        box = _known(form["form"], block["text"], boxes)
        lines = lines_of(rest, box)
        room = capacity_of(box, form["additional"]["pitch"])
        taken.append((block, lines[:room]))
        rest = "\n".join(lines[room:])
    return [] if rest else taken


def _carried(
    taken: Sequence[tuple[Mapping[str, str], list[str]]],
    answer: Mapping[str, Any],
    origin: Box,
    known: tuple[Mapping[str, Box], Mapping[str, Any]],
) -> Iterator[Written]:
    boxes, form = known
    for block, lines in taken:
        told = {
            "page": str(origin.page),
            "part": answer["part"] or "",
            "item": answer["item"],
            "text": "\n".join(lines),
        }
        for name, text in told.items():
            box = _known(form["form"], block[name], boxes)
            runs = laid_out(text, box, form["additional"]["pitch"]) if text else None
            if runs is not None:
                yield Written(box, text, runs)


def _known(form: str, name: str, boxes: Mapping[str, Box]) -> Box:
    if name not in boxes:
        raise FieldUnknownError(form, name, "which the blank does not have")
    return boxes[name]


def _state(form: str, state: str, box: Box) -> str:
    """Give the state as the file writes it: some have spaces around them."""
    for known in box.states:
        if known.strip() == state:
            return known
    raise FieldUnknownError(form, box.name, f'which has no state "{state}"')


def _choice(form: str, text: str, box: Box) -> str:
    """Give the choice as the file writes it."""
    if not box.options:
        return text
    for known in box.options:
        if known.strip() == text:
            return known
    raise FieldUnknownError(form, box.name, f'which has no choice "{text}"')


def _is_printable(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _said(answer: Mapping[str, Any], what: str) -> str:
    part = f"Part {answer['part']}, " if answer["part"] else ""
    return f"{part}Item {answer['item']}: {answer['asked']}: the answer {what}"

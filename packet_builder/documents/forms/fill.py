"""A blank official form and its answers become the filled form, and its pages for the packet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, TextStringObject

from packet_builder.documents.forms.blank import Blank
from packet_builder.documents.forms.box import Box, BoxKind, boxes_from_text, plain, widgets_of
from packet_builder.documents.forms.errors import FormProofError
from packet_builder.documents.forms.face import embed_face
from packet_builder.documents.forms.flatten import flatten
from packet_builder.documents.forms.looks import cross_look, text_look
from packet_builder.documents.forms.marks import prove_edition, prove_groups
from packet_builder.documents.forms.placing import Placed, Written, place
from packet_builder.documents.forms.proof import prove
from packet_builder.documents.forms.update import Update


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was filled."""

    filled: Path  # can still be edited
    pages_file: Path  # its pages as they are bound
    pages: int
    placed: Placed
    boxes: Mapping[str, Box]


def fill_form(blank: Blank, form: Mapping[str, Any], folder: Path) -> FilledForm:
    """Fill a form, flatten it, and prove from the files that it shows what it was told to.

    Raises FieldUnknownError where the map does not fit the blank, FormProofError where the
    written file does not say, or does not show, what was written.
    """
    update = Update(blank.fillable)
    boxes = boxes_from_text(blank.boxes.read_text(encoding="utf-8"))
    prove_edition(boxes.values(), form)
    placed = place(form, boxes)
    _write(update, placed.written)
    filled, printed = folder / "filled.pdf", folder / "pages.pdf"
    update.write(filled)
    reader = PdfReader(filled)
    _read_back(reader, form["form"], placed.written)
    prove_groups(reader, form, placed.written)
    pages = flatten(reader, printed)
    prove(blank.pages, printed, form["form"], placed.written)
    return FilledForm(filled, printed, pages, placed, boxes)


def _write(update: Update, written: Sequence[Written]) -> None:
    font = embed_face(update)
    for one in written:
        widget = update.renewed(one.box.number)
        _write_widget(update, widget, one, font)


def _write_widget(
    update: Update, widget: DictionaryObject, one: Written, font: IndirectObject
) -> None:
    if one.box.kind is BoxKind.TICK:
        state = NameObject(f"/{one.value}")
        looks = DictionaryObject(plain(widget["/AP"]))
        states = DictionaryObject(plain(looks["/N"]))
        states[state] = cross_look(update, one.box)
        looks[NameObject("/N")] = states
        widget[NameObject("/AP")] = looks
        widget[NameObject("/V")] = widget[NameObject("/AS")] = state
    else:
        look = text_look(update, one.box, one.runs, font)
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
        widget[NameObject("/V")] = TextStringObject(one.value)


def _read_back(reader: PdfReader, form: str, written: Sequence[Written]) -> None:
    """Compare every field of the written file with what was meant."""
    meant = {one.box.name: one for one in written}
    if len(meant) != len(written):
        names = [one.box.name for one in written]
        twice = next(name for name in names if names.count(name) > 1)
        raise FormProofError(form, twice, "was filled twice")
    for page in reader.pages:
        for widget, name in widgets_of(page):
            one = meant.get(name)
            is_tick = str(widget["/FT"]) == BoxKind.TICK.value
            told = str(widget.get("/AS", "/Off")) if is_tick else str(widget.get("/V", ""))
            if one is None and not is_tick:
                continue
            expected = "/Off" if one is None else f"/{one.value}" if is_tick else one.value
            if told != expected:
                raise FormProofError(form, name, "holds something else in the written file")

"""A blank official form and its answers become the filled form, and its pages for the packet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from packet_builder.documents.forms.box import BoxKind, boxes_of, plain, widgets_of
from packet_builder.documents.forms.errors import BlankUnreadableError, FormProofError
from packet_builder.documents.forms.face import embed_face
from packet_builder.documents.forms.flatten import flatten
from packet_builder.documents.forms.looks import cross_look, text_look
from packet_builder.documents.forms.placing import Placed, Written, place
from packet_builder.documents.forms.proof import prove


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was filled."""

    filled: Path  # can still be edited
    pages_file: Path  # its pages as they are bound
    pages: int
    placed: Placed


def fill_form(blank: Path, form: Mapping[str, Any], folder: Path) -> FilledForm:
    """Fill a form, flatten it, and prove from the files that it shows what it was told to.

    Raises FieldUnknownError where the map does not fit the blank, FormProofError where the
    written file does not say, or does not show, what was written.
    """
    writer = open_blank(blank, form["form"])
    placed = place(form, boxes_of(writer))
    _write(writer, placed.written)
    filled, printed = folder / "filled.pdf", folder / "pages.pdf"
    writer.write(filled)
    _read_back(filled, form["form"], placed.written)
    pages = flatten(filled, printed)
    prove(_flattened_blank(blank, form["form"], folder), printed, form["form"], placed.written)
    return FilledForm(filled, printed, pages, placed)


def open_blank(blank: Path, form: str) -> PdfWriter:
    """Give a copy of a blank without what a change would break: XFA and the usage rights."""
    try:
        reader = PdfReader(blank)
        if reader.is_encrypted:
            reader.decrypt("")
        writer = PdfWriter(clone_from=reader)
    except (PyPdfError, OSError, ValueError, KeyError) as error:
        raise BlankUnreadableError(form) from error
    root = writer.root_object
    root.pop("/Perms", None)
    for name in ("/XFA", "/SigFlags", "/NeedAppearances"):
        plain(root["/AcroForm"]).pop(name, None)
    names = plain(root.get("/Names")) or DictionaryObject()
    names.pop("/JavaScript", None)
    return writer


def _write(writer: PdfWriter, written: Sequence[Written]) -> None:
    by_name = {one.box.name: one for one in written}
    font = embed_face(writer)
    for page in writer.pages:
        for widget, name in widgets_of(page):
            one = by_name.get(name)
            if one is not None and one.box.kind is BoxKind.TICK:
                state = NameObject(f"/{one.value}")
                plain(plain(widget["/AP"])["/N"])[state] = cross_look(writer, one.box)
                widget[NameObject("/V")] = widget[NameObject("/AS")] = state
            elif one is not None:
                look = text_look(writer, one.box, one.runs, font)
                widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
                widget[NameObject("/V")] = TextStringObject(one.value)


def _read_back(filled: Path, form: str, written: Sequence[Written]) -> None:
    """Compare every field of the written file with what was meant."""
    meant = {one.box.name: one for one in written}
    if len(meant) != len(written):
        names = [one.box.name for one in written]
        twice = next(name for name in names if names.count(name) > 1)
        raise FormProofError(form, twice, "was filled twice")
    for page in PdfReader(filled).pages:
        for widget, name in widgets_of(page):
            one = meant.get(name)
            is_tick = str(widget["/FT"]) == BoxKind.TICK.value
            told = str(widget.get("/AS", "/Off")) if is_tick else str(widget.get("/V", ""))
            if one is None and not is_tick:
                continue
            expected = "/Off" if one is None else f"/{one.value}" if is_tick else one.value
            if told != expected:
                raise FormProofError(form, name, "holds something else in the written file")


def _flattened_blank(blank: Path, form: str, folder: Path) -> Path:
    kept, flat = folder / "blank.pdf", folder / "blank-pages.pdf"
    open_blank(blank, form).write(kept)
    flatten(kept, flat)
    kept.unlink()
    return flat

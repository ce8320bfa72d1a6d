"""An official blank becomes what every filling of it starts from: a copy, and its bare pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from packet_builder.documents.forms.box import boxes_as_text, boxes_of, plain
from packet_builder.documents.forms.errors import BlankUnreadableError
from packet_builder.documents.forms.flatten import flatten
from packet_builder.documents.forms.marks import prove_barcodes_printed


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank, made ready once for all forms that are filled from it."""

    fillable: Path  # without XFA, usage rights and encryption
    pages: Path  # its flattened pages, for the proof that nothing but values was added
    boxes: Path  # its fields: reading them from the form takes as long as all else


def blank_in(folder: Path) -> Blank:
    """Give the blank that was made ready in a folder."""
    return Blank(folder / "fillable.pdf", folder / "pages.pdf", folder / "boxes.json")


def prepare_blank(source: Path, form: str, folder: Path) -> None:
    """Make a blank ready in a folder.

    Raises BlankUnreadableError, or FormProofError where its barcodes would not be printed.
    """
    blank = blank_in(folder)
    with blank.fillable.open("wb") as stream:  # pypdf alone would write each token by itself
        open_blank(source, form).write(stream)
    reader = PdfReader(blank.fillable)
    boxes = boxes_of(reader)
    blank.boxes.write_text(boxes_as_text(boxes), encoding="utf-8", newline="\n")
    flatten(reader, blank.pages)
    prove_barcodes_printed(source, blank.pages, form, boxes.values())


def open_blank(source: Path, form: str) -> PdfWriter:
    """Give a copy of a blank without what a change would break: XFA and the usage rights."""
    try:
        reader = PdfReader(source)
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

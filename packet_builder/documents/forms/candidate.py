"""A downloaded file becomes what it says it is: its barcodes, its footers, its fields."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from packet_builder.documents.forms.box import Box, boxes_of, plain
from packet_builder.documents.forms.errors import (
    BlankDamagedError,
    BlankLockedError,
    BlankWithoutFieldsError,
    NoBlankError,
)

_HEAD_BYTES = 1024  # within which "%PDF-" has to stand
_FOOT = 60.0  # points from the lower edge in which the footer stands
_FOOTER = re.compile(
    r"Form\s+(?P<form>[A-Z]+-\d+[A-Z]*)\s+(?:Edition\s+)?(?P<edition>\d\d/\d\d/\d\d)"
    r"(?:\s+[A-Z])?\s+Page\s+(?P<page>\d+)\s+of\s+(?P<pages>\d+)"
)
_PARTS = 3  # of a barcode: FORM|EDITION|PAGE


@dataclass(frozen=True, slots=True)
class Mark:
    """What one page says of itself, in its barcode or in its footer."""

    form: str
    edition: str
    page: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a file says it is."""

    pages: int
    barcodes: tuple[Mark | None, ...]  # page by page; None: none that can be read
    footers: tuple[Mark | None, ...]
    boxes: Mapping[str, Box]

    @property
    def mark(self) -> Mark | None:
        """Give form and edition as the first page says them."""
        return next((one for one in (*self.barcodes[:1], *self.footers[:1]) if one), None)

    @property
    def filled(self) -> int:
        """Give how many fields hold a value that a person may have given."""
        return sum(
            1 for box in self.boxes.values() if not box.is_barcode and not is_empty(box.value)
        )

    def disagreements(self, form: str, edition: str, pages: int) -> Iterator[str]:
        """Say where the file is not what a table claims."""
        if self.pages != pages:
            yield f"it has {_counted(self.pages)}, not {pages}"
        for kind, marks in (("barcode", self.barcodes), ("footer", self.footers)):
            for number, mark in enumerate(marks, start=1):
                if mark != Mark(form, edition, number):
                    yield f"the {kind} of page {number} says {_said(mark)}"


def read_candidate(path: Path) -> Candidate:
    """Read a file; raises one of the errors of a file that can be no blank."""
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(_HEAD_BYTES):
            raise NoBlankError(path.name)
    try:
        boxes, pages = _fields(path)
        footers = tuple(_footers(path))
    except (PyPdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError) as error:
        raise BlankDamagedError(path.name) from error
    said = {box.page: _barcode(box.value or "") for box in boxes.values() if box.is_barcode}
    barcodes = tuple(said.get(number) for number in range(1, pages + 1))
    return Candidate(pages, barcodes, footers, boxes)


def _fields(path: Path) -> tuple[Mapping[str, Box], int]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise BlankLockedError(path.name)
    form = plain(plain(reader.trailer["/Root"]).get("/AcroForm")) or {}
    boxes = boxes_of(reader)
    if not boxes:
        raise BlankWithoutFieldsError(path.name, is_xfa="/XFA" in form)
    return boxes, len(reader.pages)


def _footers(path: Path) -> Iterator[Mark | None]:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        for page in document:
            foot = page.get_textpage().get_text_bounded(0, 0, page.get_width(), _FOOT)
            found = _FOOTER.search(foot)
            yield Mark(found["form"], found["edition"], int(found["page"])) if found else None


def _barcode(value: str) -> Mark | None:
    parts = value.split("|")
    if len(parts) != _PARTS or not parts[-1].isdecimal():
        return None
    return Mark(parts[0], parts[1], int(parts[2]))


def is_empty(value: str | None) -> bool:
    """Tell whether a field's value shows nothing."""
    return value is None or value.strip("/ ") in {"", "Off"}


def _said(mark: Mark | None) -> str:
    return "nothing" if mark is None else f"{mark.form}, {mark.edition}, page {mark.page}"


def _counted(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"

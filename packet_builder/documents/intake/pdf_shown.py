"""A PDF becomes what pdfium, the packet's second pair of eyes, sees of it."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from packet_builder.documents.intake.covered import has_covered_words
from packet_builder.documents.intake.errors import ExhibitTooLargeError, ExhibitUnreadableError
from packet_builder.documents.intake.page_objects import painted, parts_of
from packet_builder.documents.intake.picture import check_pixels

_PAGES_AT_ONCE = 50  # pdfium keeps the pictures of all pages it has seen: 300 scans took 240 MB
_MOST_LETTERS = 1_000_000  # a page of small print holds ten thousand


@dataclass(frozen=True, slots=True)
class Shown:
    """What a viewer shows of one page."""

    text: str  # its text layer; "" for a page that is only a picture
    is_covered: bool  # words lie under a box or a picture
    is_unredacted: bool  # redactions were marked on it and never applied


def shown_on(name: str, path: Path) -> tuple[Shown, ...]:
    """Draw each page and read its text layer; raises when a page cannot be drawn at all."""
    count = shown_pages(path)
    if count is None:
        raise ExhibitUnreadableError(name)
    return tuple(
        shown
        for first in range(0, count, _PAGES_AT_ONCE)
        for shown in _shown(name, path, range(first, min(first + _PAGES_AT_ONCE, count)))
    )


def shown_pages(path: Path) -> int | None:
    """Count the pages that a viewer shows; None where it cannot open the file."""
    try:
        with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return None


def _shown(name: str, path: Path, indexes: range) -> Iterator[Shown]:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        for index in indexes:
            try:
                yield _shown_page(name, document, index)
            except pypdfium2.PdfiumError as error:
                wrong = f"has a page {index + 1} that cannot be displayed"
                raise ExhibitUnreadableError(name, wrong) from error


def _shown_page(name: str, document: pypdfium2.PdfDocument, index: int) -> Shown:
    with contextlib.closing(document[index]) as page:
        for width, height in _picture_sizes(page.raw):
            check_pixels(name, width, height)
        if not raw.FPDFPage_GetAnnotCount(page.raw):
            return _look(name, page, is_unredacted=False)
        is_unredacted = _has_redactions(page.raw)
        # In memory only: what fields and stamps show becomes part of the page and its text.
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    with contextlib.closing(document[index]) as page:
        return _look(name, page, is_unredacted=is_unredacted)


def _look(name: str, page: pypdfium2.PdfPage, *, is_unredacted: bool) -> Shown:
    with contextlib.closing(page.get_textpage()) as text_page:
        if text_page.count_chars() > _MOST_LETTERS:
            raise ExhibitTooLargeError(name, f"has a page of more than {_MOST_LETTERS:,} letters")
        is_covered = has_covered_words(page, text_page)
        text: str = text_page.get_text_bounded()
    return Shown(text if text.strip() else "", is_covered, is_unredacted)


def _has_redactions(page: object) -> bool:
    """Tell whether redactions are marked; they would be gone if they had been applied."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind == raw.FPDF_ANNOT_REDACT:
            return True
    return False


def _picture_sizes(page: object) -> Iterator[tuple[int, int]]:
    """Yield the sizes of a page's pictures; pypdfium2's own list costs six times as much."""
    for part in chain.from_iterable(map(parts_of, painted(page))):
        if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_IMAGE:
            width, height = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(part, width, height)
            yield width.value, height.value

"""A PDF becomes what pdfium, the packet's second pair of eyes, sees of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from packet_builder.documents.intake_errors import ExhibitUnreadableError
from packet_builder.documents.intake_picture import check_pixels


def shown_texts(name: str, path: Path) -> tuple[str, ...]:
    """Give each page's text layer; raises when a page cannot be drawn at all."""
    with _viewer(name, path) as document:
        return tuple(_page_text(name, document, index) for index in range(len(document)))


def shown_pages(path: Path) -> int | None:
    """Count the pages that a viewer shows; None where it cannot open the file."""
    try:
        with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return None


@contextlib.contextmanager
def _viewer(name: str, path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ExhibitUnreadableError(name) from error
    with contextlib.closing(document):
        yield document


def _page_text(name: str, document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        with contextlib.closing(document[index]) as page:
            for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
                check_pixels(name, *image.get_px_size())
            with contextlib.closing(page.get_textpage()) as text_page:
                text: str = text_page.get_text_bounded()
    except pypdfium2.PdfiumError as error:
        raise ExhibitUnreadableError(
            name, f"has a page {index + 1} that cannot be displayed"
        ) from error
    return text if text.strip() else ""

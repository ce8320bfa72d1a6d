"""A PDF opened as a viewer shows it; what that library raises becomes our error."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from packet_builder.errors import UnusableError


class PdfUnreadableError(UnusableError):
    """A PDF is damaged beyond what can be read."""

    def __init__(self, named: str, page: int | None = None) -> None:
        place = f"{named}, page {page}" if page else named
        super().__init__(
            f"{place}: the PDF is damaged and cannot be bound. "
            'Open it in a PDF viewer, print it with "Save as PDF", and put that file in its place.'
        )


@contextlib.contextmanager
def viewed(path: Path, named: str) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF to look at it; `named` is what the user calls it."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise PdfUnreadableError(named) from error
    try:
        yield document
    finally:
        document.close()


@contextlib.contextmanager
def viewed_page(
    document: pypdfium2.PdfDocument, index: int, named: str
) -> Iterator[pypdfium2.PdfPage]:
    """Open a page, counted from 0; a viewer keeps no more than one."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise PdfUnreadableError(named, index + 1) from error
    try:
        yield page
    finally:
        page.close()

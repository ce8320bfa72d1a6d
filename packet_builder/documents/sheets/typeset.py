"""Values and a typst template become a PDF, always with the same bytes."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from packet_builder.documents import fonts
from packet_builder.documents.sheets.apart import compiled_apart, is_ours
from packet_builder.documents.sheets.compiling import compiled, fonts_beside, text_of
from packet_builder.documents.sheets.errors import STAMP_STRIP_PT, TextOutsidePageError

_LETTER_WIDTH_PT = 612


@dataclass(frozen=True, slots=True)
class TypesetPdf:
    """A PDF in memory."""

    content: bytes
    pages: int


def typeset(template: Path, title: str, values: Mapping[str, Any]) -> TypesetPdf:
    """Set one document. `values` reach the template as plain data and are never read as markup.

    Raises GlyphMissingError for a character that no face has, PageTemplateError for a template
    that typst cannot compile, that names a package, or a face that neither we nor the office have.
    """
    fonts.check_printable(title, text_of(values), fonts_beside(template))
    setting = compiled if is_ours(template.parent) else compiled_apart
    pdf = _plain(setting(template, title, values), title)
    if outside := _page_with_text_outside(pdf.content):
        raise TextOutsidePageError(title, outside, template.name)
    return pdf


def _plain(content: bytes, title: str) -> TypesetPdf:
    """Keep the pages, the title and the language: no XMP, no identifiers, no structure tree."""
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        added = writer.add_page(page)
        _drop(added, "/StructParents", "/Tabs")
        for link in added.get("/Annots", ()):
            _drop(link.get_object(), "/StructParent", "/Contents")
    writer.metadata = {"/Title": title}
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    stream = io.BytesIO()
    writer.write(stream)
    return TypesetPdf(stream.getvalue(), len(writer.pages))


def _drop(entries: DictionaryObject, *keys: str) -> None:
    for key in keys:
        entries.pop(key, None)


def _page_with_text_outside(content: bytes) -> int | None:
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        for number, page in enumerate(document, 1):
            boxes = [drawn.get_bounds() for drawn in page.get_objects()]
            width, _ = page.get_size()
            if any(
                left < 0 or bottom < STAMP_STRIP_PT or right > width
                for left, bottom, right, _ in boxes
            ):
                return number
    return None

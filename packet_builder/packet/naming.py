"""The name under which the user knows a file."""

from __future__ import annotations

from packet_builder.documents.document import Document, PdfFile


def name_of(document: Document, file: PdfFile) -> str:
    """Give the office's own name of a file, or the title of a document of ours."""
    return file.source.name if file.source else document.title

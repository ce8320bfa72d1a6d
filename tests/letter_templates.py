"""Small letter templates, made with python-docx, for tests of what an office may write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.document import Document

from packet_builder.documents.letters.letter import render_letter
from packet_builder.documents.word.text import visible_paragraphs
from packet_builder.plan.planned import DocumentKind, PlannedDocument

NAME = "letter"


def template(folder: Path, *paragraphs: str) -> Path:
    """Write a template of some paragraphs; give the folder of templates."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document, folder)


def saved(document: Document, folder: Path) -> Path:
    """Save a document as the template; give the folder of templates."""
    (folder / "letters").mkdir(exist_ok=True)
    document.save(str(folder / "letters" / f"{NAME}.docx"))
    return folder


def planned(context: Mapping[str, Any], title: str = "A Letter") -> PlannedDocument:
    """Plan the letter."""
    return PlannedDocument("letter-x", DocumentKind.LETTER, title, NAME, context)


def words(folder: Path, *paragraphs: str, **context: object) -> tuple[str, ...]:
    """Render a template of some paragraphs and give the paragraphs of the letter."""
    templates = template(folder, *paragraphs)
    render_letter(planned(context), templates, folder / "out.docx")
    return visible_paragraphs(folder / "out.docx")

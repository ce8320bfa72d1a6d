"""A letter template becomes whether each of its pages says that it is internal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packet_builder.documents.text_gate.furniture import Furniture, furniture_of
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import open_word
from packet_builder.rules.internal_mark import is_internal


def is_marked_internal(template: Path) -> bool:
    """Tell whether every header or footer that a page may have bears the mark."""
    word = open_word(template, template.name)
    furniture = furniture_of(word, read(word).paragraphs)
    return bool(furniture.sections) and all(map(is_internal, _words_of_pages(furniture)))


def _words_of_pages(furniture: Furniture) -> Iterator[str]:
    """Give what each kind of page of each section says above and below its text."""
    for section, first_differs in zip(furniture.sections, furniture.first_differs, strict=True):
        kinds = ["default", *(["first"] if first_differs else [])]
        kinds += ["even"] if furniture.even_differs else []
        for kind in kinds:
            parts = section.get(kind, ())
            paragraphs = [one for part in parts for one in furniture.paragraphs.get(part, ())]
            yield " ".join(paragraph.plain for paragraph in paragraphs)

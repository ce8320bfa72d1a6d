"""Compares a finished letter with the words that its template and context must give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from packet_builder.documents.letters.errors import (
    TagLeftError,
    TemplateBrokenError,
    TemplateFault,
    TextAddedError,
    TextVanishedError,
)
from packet_builder.documents.letters.filling import LINE, Expected
from packet_builder.documents.letters.source import TemplateSource
from packet_builder.documents.word.text import place_of, read
from packet_builder.documents.word.word import W, Word

_LEFT = re.compile(r"\{\{|\{%|%\}|\}\}|&(?:amp|lt|gt|quot|#\d+);")
_SHOWN = 60


def check_words(source: TemplateSource, expected: Mapping[str, Expected], word: Word) -> None:
    """Compare, part by part; raises TextVanishedError, TextAddedError or TagLeftError."""
    found: dict[str, list[str]] = {part: [] for part in expected}
    for paragraph in read(word).paragraphs:
        found.setdefault(paragraph.part, []).append(paragraph.text)
    for part, texts in found.items():
        text = " ".join(texts)
        if part in expected:
            _compare(source, part, expected[part], _squeezed(text))
        if left := _LEFT.search(text):
            around = text[max(left.start() - _SHOWN, 0) : left.end() + _SHOWN]
            raise TagLeftError(source.name, left[0], " ".join(around.split()))


def check_structure(source: TemplateSource, word: Word) -> None:
    """Refuse what Word cannot open: a table without rows, a cell without a paragraph."""
    paragraphs = read(word).paragraphs
    for part in source.parts:
        for table in word.trees[part].iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            cells = (cell for row in rows for cell in row.iterchildren(f"{W}tc"))
            if not rows or any(cell.find(f"{W}p") is None for cell in cells):
                place = place_of(table, paragraphs)
                fault = "the facts leave a table without rows, or a cell without a paragraph"
                cure = "Put the whole table, or an empty paragraph of the cell, outside of the tag."
                raise TemplateBrokenError([TemplateFault(source.name, place, fault, cure)])


def _compare(source: TemplateSource, part: str, expected: Expected, found: str) -> None:
    position = 0
    for number, piece in _pieces(expected.text):
        squeezed = _squeezed(piece)
        if not found.startswith(squeezed, position):
            lost = _first_lost(expected.printed, found) or " ".join(piece.split())
            raise TextVanishedError(source.name, source.place(part, number), lost[:_SHOWN])
        position += len(squeezed)
    if position != len(found):
        raise TextAddedError(source.name, part, found[position:][:_SHOWN])


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Give each paragraph's number and what it says."""
    marks = text.split(LINE)
    for number, piece in zip(marks[1::2], marks[2::2], strict=True):
        yield int(number), piece


def _first_lost(printed: list[str], found: str) -> str | None:
    position = 0
    for value in printed:
        at = found.find(_squeezed(value), position)
        if at < 0:
            return value
        position = at + len(_squeezed(value))
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split())

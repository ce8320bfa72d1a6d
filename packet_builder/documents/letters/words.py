"""Compares a finished letter with the words that its template and context must give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from jinja2 import TemplateError, Undefined, nodes

from packet_builder.documents.letters.environment import letter_environment
from packet_builder.documents.letters.errors import (
    TagLeftError,
    TemplateBrokenError,
    TemplateFault,
    TextAddedError,
    TextVanishedError,
)
from packet_builder.documents.letters.source import TemplateSource
from packet_builder.documents.word.text import place_of, read
from packet_builder.documents.word.word import W, Word

_LINE = "\x05"  # cannot stand in XML: marks, in the expected text, where a paragraph begins
_LEFT = re.compile(r"\{\{|\{%|%\}|\}\}|&(?:amp|lt|gt|quot|#\d+);")
_NOTHING = frozenset({"None", "Undefined"})
_SHOWN = 60


class _NoText:
    """Stands for a picture, which has no words."""

    def __html__(self) -> str:
        return ""

    __str__ = __html__


@dataclass(slots=True)
class Expected:
    """What must be read in one part of the finished letter."""

    text: str  # with a mark and its number before each paragraph of the template
    printed: list[str] = field(default_factory=list)  # the values, in the order of printing


class Filling:
    """A template's bare text, ready to be filled in as often as wanted."""

    def __init__(self, source: TemplateSource) -> None:
        self._source = source
        self._printed: list[str] = []
        environment = letter_environment(self._print)
        environment.autoescape = False  # the text is compared with what a reader sees
        environment.filters["listed"] = _a_list
        self._templates = {
            part: environment.from_string(_listed(environment.parse(_marked(source.text(part)))))
            for part in source.parts
        }

    def expected(self, context: Mapping[str, Any]) -> dict[str, Expected]:
        """Fill in each part; raises TemplateBrokenError, with the paragraph."""
        values = _without_logo(context)
        return {part: self._filled(part, values) for part in self._templates}

    def _filled(self, part: str, context: Mapping[str, Any]) -> Expected:
        self._printed = []
        try:
            text = self._templates[part].render(context)
        except TemplateError as error:
            place = self._source.place(part, _line_of(error.__traceback__))
            fault = TemplateFault(self._source.name, place, str(error))
            raise TemplateBrokenError([fault]) from error
        return Expected(text, self._printed)

    def _print(self, value: str) -> None:
        if value in _NOTHING:
            raise TagLeftError(self._source.name, value, value)
        self._printed.append(value)


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


def _marked(text: str) -> str:
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(f"{_LINE}{number}{_LINE}{line}" for number, line in lines)


def _listed(tree: nodes.Template) -> nodes.Template:
    """Let loops run over lists only, so that none counts the letters of a text."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "listed", [], [], None, None, lineno=loop.lineno)
    return tree


def _a_list(value: object) -> object:
    if isinstance(value, Undefined):
        return value
    if not isinstance(value, Sequence) or isinstance(value, str):
        message = "a loop runs over what is no list"
        raise TemplateError(message)
    return value


def _line_of(trace: TracebackType | None) -> int | None:
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


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
    marks = text.split(_LINE)
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


def _without_logo(context: Mapping[str, Any]) -> dict[str, Any]:
    firm = context.get("firm")
    if not isinstance(firm, Mapping) or not firm.get("logo"):
        return dict(context)
    return {**context, "firm": {**firm, "logo": _NoText()}}

"""Compares a finished letter with the words that its template and context must give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from jinja2 import TemplateError, Undefined, nodes

from packet_builder.documents.environment import letter_environment
from packet_builder.documents.letter_errors import (
    TagLeftError,
    TemplateBrokenError,
    TemplateFault,
    TextAddedError,
    TextVanishedError,
)
from packet_builder.documents.letter_source import TemplateSource
from packet_builder.documents.word import Word
from packet_builder.documents.word_text import read

_LINE = "\x05"  # cannot stand in XML: marks, in the expected text, where a paragraph begins
_LEFT = re.compile(r"\{\{|\{%|%\}|\}\}|&(?:amp|lt|gt|quot|#\d+);")
_NOTHING = frozenset({"None", "Undefined"})
_SHOWN = 40


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


def expected_words(source: TemplateSource, context: Mapping[str, Any]) -> dict[str, Expected]:
    """Fill in the template's bare text; raises TemplateBrokenError, with the paragraph."""
    values = _without_logo(context)
    return {part: _expected(source, part, values) for part in source.parts}


def check_words(source: TemplateSource, expected: Mapping[str, Expected], word: Word) -> None:
    """Compare, part by part; raises TextVanishedError or TagLeftError."""
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


def _expected(source: TemplateSource, part: str, context: Mapping[str, Any]) -> Expected:
    printed: list[str] = []
    environment = letter_environment(printed.append)
    environment.autoescape = False
    environment.filters["listed"] = _a_list
    lines = source.text(part).split("\n")
    marked = "\n".join(f"{_LINE}{number}{_LINE}{line}" for number, line in enumerate(lines, 1))
    try:
        text = environment.from_string(_listed(environment.parse(marked))).render(context)
    except TemplateError as error:
        place = source.place(part, _line_of(error.__traceback__))
        raise TemplateBrokenError([TemplateFault(source.name, place, str(error))]) from error
    for value in printed:
        if value in _NOTHING:
            raise TagLeftError(source.name, value, value)
    return Expected(text, printed)


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
        if not found.startswith(piece, position):
            lost = _first_lost(expected.printed, found) or piece
            raise TextVanishedError(source.name, source.place(part, number), lost[:_SHOWN])
        position += len(piece)
    if position != len(found):
        raise TextAddedError(source.name, part, found[position:][:_SHOWN])


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Give each paragraph's number and its text, squeezed."""
    marks = text.split(_LINE)
    for number, piece in zip(marks[1::2], marks[2::2], strict=True):
        yield int(number), _squeezed(piece)


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

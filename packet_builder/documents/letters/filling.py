"""A template's bare text and a context become the words that the letter must show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from jinja2 import TemplateError, Undefined, nodes

from packet_builder.documents.letters.environment import (
    MOST_LETTERS,
    MOST_ROUNDS,
    letter_environment,
)
from packet_builder.documents.letters.errors import (
    TagLeftError,
    TemplateBrokenError,
    TemplateFault,
)
from packet_builder.documents.letters.source import TemplateSource

LINE = "\x05"  # cannot stand in XML: marks, in the expected text, where a paragraph begins
_NOTHING = frozenset({"None", "Undefined"})


class EndlessError(TemplateError):
    """A template goes round, or prints, more than any letter: nobody waits for its end."""


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
    """A template's bare text, ready to be filled in as often as wanted.

    It is filled in before the Word file is, with the same context: so it finds what would not end.
    """

    def __init__(self, source: TemplateSource) -> None:
        self._source = source
        self._printed: list[str] = []
        self._rounds = 0
        environment = letter_environment(self._print)
        environment.autoescape = False  # the text is compared with what a reader sees
        environment.filters["listed"] = self._a_list
        self._templates = {
            part: environment.from_string(_listed(environment.parse(_marked(source.text(part)))))
            for part in source.parts
        }

    def expected(self, context: Mapping[str, Any]) -> dict[str, Expected]:
        """Fill in each part; raises TemplateBrokenError, with the paragraph."""
        values = _without_logo(context)
        self._rounds = 0
        return {part: self._filled(part, values) for part in self._templates}

    def _filled(self, part: str, context: Mapping[str, Any]) -> Expected:
        self._printed = []
        pieces: list[str] = []
        try:
            pieces.extend(_measured(self._templates[part].generate(context)))
        except TemplateError as error:
            line = _line_of(error.__traceback__) or _last_line(pieces)
            fault = TemplateFault(self._source.name, self._source.place(part, line), str(error))
            raise TemplateBrokenError([fault]) from error
        return Expected("".join(pieces), self._printed)

    def _print(self, value: str) -> None:
        if value in _NOTHING:
            raise TagLeftError(self._source.name, value, value)
        self._printed.append(value)

    def _a_list(self, value: object) -> object:
        """Let a loop run over a list only, so that none counts the letters of a text."""
        if isinstance(value, Undefined):
            return value
        if not isinstance(value, Sequence) or isinstance(value, str):
            message = "a loop runs over something that is not a list"
            raise TemplateError(message)
        self._rounds += len(value)
        if self._rounds > MOST_ROUNDS:
            message = f"the loops of the template go round more than {MOST_ROUNDS:,} times in all"
            raise EndlessError(message)
        return value


def _measured(pieces: Iterator[str]) -> Iterator[str]:
    """Hand on what a template prints, as long as a letter may be."""
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MOST_LETTERS:
            message = f"the letter would be longer than {MOST_LETTERS:,} letters"
            raise EndlessError(message)
        yield piece


def _last_line(pieces: Sequence[str]) -> int | None:
    """Give the paragraph of the template that was printed last."""
    marks = (piece.split(LINE)[-2] for piece in reversed(pieces) if piece.count(LINE) > 1)
    return next((int(mark) for mark in marks if mark.isdecimal()), None)


def _marked(text: str) -> str:
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(f"{LINE}{number}{LINE}{line}" for number, line in lines)


def _listed(tree: nodes.Template) -> nodes.Template:
    """Let each loop ask whether it may run."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "listed", [], [], None, None, lineno=loop.lineno)
    return tree


def _line_of(trace: TracebackType | None) -> int | None:
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _without_logo(context: Mapping[str, Any]) -> dict[str, Any]:
    firm = context.get("firm")
    if not isinstance(firm, Mapping) or not firm.get("logo"):
        return dict(context)
    return {**context, "firm": {**firm, "logo": _NoText()}}

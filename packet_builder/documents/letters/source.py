"""A Word template becomes its text, one paragraph a line, as Jinja reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder.documents.word.text import Paragraph, Story, read
from packet_builder.documents.word.word import Word, open_word

#: A tag opens once: with another opening in it, a text full of braces would take hours to search.
TAG = re.compile(
    r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL
)
#: docxtpl's tags that take the place of a whole paragraph or table row.
WHOLE = re.compile(r"\{([%#])(p|tr) (.*)[%#]\}")
_RENDERED = (Story.BODY, Story.HEADER, Story.FOOTER, Story.FOOTNOTE)
_STRAIGHT = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A letter template as text."""

    name: str  # the file's name
    word: Word
    parts: Mapping[str, tuple[Paragraph, ...]]  # the paragraphs of each part that is rendered

    def text(self, part: str) -> str:
        """Give a part as Jinja reads it: the n-th line is the n-th paragraph."""
        return "\n".join(jinja_line(paragraph.text) for paragraph in self.parts[part])

    def place(self, part: str, line: int | None) -> str:
        """Say where a line is, as a person finds it in Word."""
        paragraphs = self.parts[part]
        return paragraphs[line - 1].place if line and line <= len(paragraphs) else ""


def read_template(path: Path) -> TemplateSource:
    """Read a template; raises an error of word_errors where it is no Word document."""
    word = open_word(path)
    parts: dict[str, list[Paragraph]] = {}
    for paragraph in read(word).paragraphs:
        if paragraph.story in _RENDERED:
            parts.setdefault(paragraph.part, []).append(paragraph)
    return TemplateSource(path.name, word, {part: tuple(each) for part, each in parts.items()})


def jinja_line(text: str) -> str:
    """Give a paragraph as one line, its tags without what only docxtpl and Word put there."""
    return TAG.sub(lambda tag: plain_tag(tag[0]), text.replace("\n", " "))


def plain_tag(tag: str) -> str:
    """Give a tag without docxtpl's p or tr, and with the straight quotation marks Jinja knows."""
    return WHOLE.sub(r"{\1 \3\1}", tag).translate(_STRAIGHT)

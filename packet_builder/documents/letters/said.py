"""A letter template becomes what it says itself: on its pages, and where no page shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.documents.word.families import families_of
from packet_builder.documents.word.hidden import hidden_texts
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import Word, open_word

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BETWEEN = "\0"  # so that no name is put together of two texts
_SILENT = ("docProps/", "word/comments", "docMetadata/")  # parts that no page shows


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter template says itself, tags left out."""

    own: tuple[str, ...]  # on its pages, and in its properties and comments
    hidden: str  # all that stands in it, also where nobody looks
    families: tuple[str, ...]  # of the fonts in which its words are set

    def row(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {"own": list(self.own), "hidden": self.hidden, "families": list(self.families)}


def said_of(row: Mapping[str, Any]) -> Said:
    """Give what a row says."""
    own, families = (tuple(map(str, row[name])) for name in ("own", "families"))
    return Said(own, str(row["hidden"]), families)


def said_by(template: Path) -> Said:
    """Read a template; raises a WordError for one that cannot be read."""
    word = open_word(template, template.name)
    return Said(_own_words(word), _BETWEEN.join(hidden_texts(word)), families_of(word))


def _own_words(word: Word) -> tuple[str, ...]:
    shown = (_TAG.sub("", paragraph.plain) for paragraph in read(word).paragraphs)
    silent = (
        "".join(map(str, element.itertext()))
        for name, tree in word.trees.items()
        if name.startswith(_SILENT)
        for element in tree
    )
    return tuple(text for text in (*shown, *silent) if text.strip())

"""Reads what an office brings to every case: its templates' own words, and who its clients are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.assembly.clients import Clients
from packet_builder.rules.finding import Office
from packet_builder.workspace import digest_of

if TYPE_CHECKING:  # start-up time
    from packet_builder.documents.word.word import Word

_FILE = "words.json"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SILENT = ("docProps/", "word/comments", "docMetadata/")  # parts that no page shows


def office_of(case_file: CaseFile, templates: Path, clients: Clients, cache: Cache) -> Office:
    """Give the office's firm, the words of its letter templates, and the other cases' clients.

    Raises a WordError for a template that cannot be read.
    """
    letters = sorted((templates / "letters").glob("[!~.]*.docx"))
    words = {f"letters/{path.name}": _kept_words(path, cache) for path in letters}
    return Office(case_file.firm, words, clients.beside(case_file.folder.name))


def _kept_words(template: Path, cache: Cache) -> tuple[str, ...]:
    made_from = ("template-words", template.name, digest_of(template))
    place = cache.kept(made_from, lambda folder: _keep_words(template, folder))
    return tuple(json.loads((place / _FILE).read_text(encoding="utf-8")))


def _keep_words(template: Path, folder: Path) -> None:
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - only when not kept

    words = _own_words(open_word(template, template.name))
    (folder / _FILE).write_text(json.dumps(words), encoding="utf-8")


def _own_words(word: Word) -> tuple[str, ...]:
    """Give what a template says itself, tags left out: on its pages, and in its properties."""
    from packet_builder.documents.word.text import read  # noqa: PLC0415 - only when not kept

    shown = (_TAG.sub("", paragraph.plain) for paragraph in read(word).paragraphs)
    hidden = (
        "".join(map(str, element.itertext()))
        for name, tree in word.trees.items()
        if name.startswith(_SILENT)
        for element in tree
    )
    return tuple(text for text in (*shown, *hidden) if text.strip())

"""Reads what an office brings to every case: what its templates say, and who its clients are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.assembly.clients import Clients
from packet_builder.rules.finding import Office
from packet_builder.workspace import digest_of

if TYPE_CHECKING:  # start-up time
    from packet_builder.documents.word.word import Word

_FILE = "words.json"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLAIN = frozenset({".typ", ".yaml", ".yml", ".json", ".txt"})
_BETWEEN = "\0"  # so that no name is put together of two texts
_SILENT = ("docProps/", "word/comments", "docMetadata/")  # parts that no page shows


def office_of(case_file: CaseFile, templates: Path, clients: Clients, cache: Cache) -> Office:
    """Give the office's firm, what its templates say, and the other cases' clients.

    Raises a WordError for a template that cannot be read.
    """
    letters = sorted((templates / "letters").glob("[!~.]*.docx"))
    kept = {f"letters/{path.name}": _kept_words(path, cache) for path in letters}
    words = {file: tuple(row["own"]) for file, row in kept.items()}
    hidden = {file: row["hidden"] for file, row in kept.items()}
    hidden |= dict(_plain_templates(templates))
    return Office(case_file.firm, words, clients.beside(case_file.folder.name), hidden)


def _kept_words(template: Path, cache: Cache) -> dict[str, Any]:
    made_from = ("template-words", template.name, digest_of(template))
    place = cache.kept(made_from, lambda folder: _keep_words(template, folder))
    row: dict[str, Any] = json.loads((place / _FILE).read_text(encoding="utf-8"))
    return row


def _keep_words(template: Path, folder: Path) -> None:
    from packet_builder.documents.word.hidden import hidden_texts  # noqa: PLC0415 - when not kept
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - only when not kept

    word = open_word(template, template.name)
    row = {"own": _own_words(word), "hidden": _BETWEEN.join(hidden_texts(word))}
    (folder / _FILE).write_text(json.dumps(row), encoding="utf-8", newline="\n")


def _plain_templates(templates: Path) -> Iterator[tuple[str, str]]:
    """Give what stands in the templates of pages and in the outlines, remarks and all."""
    for kind in ("pages", "outlines"):
        for path in sorted((templates / kind).rglob("*")):
            if path.suffix in _PLAIN and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                yield path.relative_to(templates).as_posix(), text


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

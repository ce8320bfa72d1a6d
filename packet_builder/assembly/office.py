"""Reads what an office brings to every case: its templates' own words, and who its clients are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from packet_builder.assembly.case_file import CaseFile
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import Word, open_word
from packet_builder.rules.finding import Office

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: The C reader is five times as fast; some platforms are without it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SILENT = ("docProps/", "word/comments", "docMetadata/")  # parts that no page shows
#: The blocks of a case that name its clients; reading them alone keeps hundreds of cases quick.
_CLIENTS = re.compile(r"^(?:petitioner|beneficiaries):.*\n(?:(?:[ \t#-].*)?\n)*", re.MULTILINE)


def office_of(case_file: CaseFile, templates: Path) -> Office:
    """Give the office's firm, the words of its letter templates, and the other cases' clients.

    Raises a WordError for a template that cannot be read.
    """
    letters = sorted((templates / "letters").glob("[!~.]*.docx"))
    words = {f"letters/{path.name}": _own_words(open_word(path, path.name)) for path in letters}
    return Office(case_file.firm, words, frozenset(_clients_beside(case_file.folder)))


def _own_words(word: Word) -> tuple[str, ...]:
    """Give what a template says itself, tags left out: on its pages, and in its properties."""
    shown = (_TAG.sub("", paragraph.plain) for paragraph in read(word).paragraphs)
    hidden = (
        "".join(map(str, element.itertext()))
        for name, tree in word.trees.items()
        if name.startswith(_SILENT)
        for element in tree
    )
    return tuple(text for text in (*shown, *hidden) if text.strip())


def _clients_beside(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the names of the clients of every other case of the office."""
    for path in sorted(folder.parent.glob("*/*.y*ml")):
        if path.parent != folder and path.is_file():
            seen = path.stat()
            yield from _clients_in(path, seen.st_size, seen.st_mtime_ns)


@cache
def _clients_in(path: Path, size: int, changed: int) -> tuple[tuple[str, str], ...]:  # noqa: ARG001
    """Give the clients that a file names; size and time tell whether it is still the same.

    A file that cannot be read is a fault of its own case, not of this one.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        blocks = [yaml.load(block, _LOADER) for block in _CLIENTS.findall(text)]  # noqa: S506
    except (OSError, yaml.YAMLError):
        return ()
    people = (person for block in blocks for person in _people(block))
    return tuple(name for person in people if (name := _name(person)))


def _people(block: object) -> Iterator[object]:
    for found in block.values() if isinstance(block, Mapping) else ():
        yield from found if isinstance(found, Sequence) and not isinstance(found, str) else (found,)


def _name(person: object) -> tuple[str, str] | None:
    """Give given and family name; one alone is too common to be looked for."""
    name = person.get("name") if isinstance(person, Mapping) else None
    given, family = map(name.get, ("given", "family")) if isinstance(name, Mapping) else (0, 0)
    is_whole = isinstance(given, str) and isinstance(family, str) and given and family
    return (str(given), str(family)) if is_whole else None

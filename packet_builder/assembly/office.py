"""Reads what an office brings to every case: what its templates say, and who its clients are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.assembly.clients import Clients
from packet_builder.rules.finding import Office
from packet_builder.template_files import templates_of
from packet_builder.workspace import digest_of

_FILE = "words.json"
_PLAIN = frozenset({".typ", ".yaml", ".yml", ".json", ".txt"})


def office_of(
    case_file: CaseFile, templates: Path, clients: Clients, cache: Cache, fonts: Path | None = None
) -> Office:
    """Give the office's firm, what its templates say, and the other cases' clients.

    `fonts` is where its own fonts are kept.

    Raises a WordError for a template that cannot be read, TemplateBrokenError.
    """
    letters = templates_of(templates, "letters")
    kept = {name: _kept_words(path, cache, fonts) for name, path in letters.items()}
    words = {file: tuple(row["own"]) for file, row in kept.items()}
    hidden = {file: row["hidden"] for file, row in kept.items()}
    hidden |= dict(_plain_templates(templates))
    stand_ins = {file: row["stand_ins"] for file, row in kept.items()}
    others = clients.beside(case_file.folder.name)
    return Office(case_file.firm, words, others, hidden, stand_ins)


def _kept_words(template: Path, cache: Cache, fonts: Path | None) -> dict[str, Any]:
    made_from = ("template-said", template.name, digest_of(template), fonts.name if fonts else "")
    place = cache.kept(made_from, lambda folder: _keep_words(template, folder, fonts))
    row: dict[str, Any] = json.loads((place / _FILE).read_text(encoding="utf-8"))
    return row


def _keep_words(template: Path, folder: Path, fonts: Path | None) -> None:
    from packet_builder.documents.fonts import stand_in_for  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.letters.apart import said_apart  # noqa: PLC0415 - only when not kept

    said = said_apart(template)
    found = ((family, stand_in_for(family, fonts)) for family in said.families)
    row = {**said.row(), "stand_ins": {family: ours for family, ours in found if ours}}
    (folder / _FILE).write_text(json.dumps(row), encoding="utf-8", newline="\n")


def _plain_templates(templates: Path) -> Iterator[tuple[str, str]]:
    """Give what stands in the templates of pages and in the outlines, remarks and all."""
    for kind in ("pages", "outlines"):
        for name, path in templates_of(templates, kind).items():
            if path.suffix in _PLAIN:
                yield name, path.read_text(encoding="utf-8", errors="replace")

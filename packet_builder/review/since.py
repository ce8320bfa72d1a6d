"""What became of a document since somebody decided on it: its words, and its pages in pairs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from packet_builder.documents.word.word import open_word
from packet_builder.drafts.redline import Line, redline
from packet_builder.kept import kept_file
from packet_builder.packet.side_by_side import same_looks
from packet_builder.review.decision import Decision
from packet_builder.review.shown import Shown, ShownDocument


@dataclass(frozen=True, slots=True)
class Pair:
    """A page as it was when it was decided on, and as it is; 0 is no page."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Since:
    """A document then and now."""

    title: str
    decision: Decision
    lines: tuple[Line, ...]  # of a letter: what changed, and the paragraph before and after
    pairs: tuple[Pair, ...]  # of pages that look different, stamps apart


def since(filing: Path, now: Shown, decision: Decision) -> Since:
    """Compare a document with what a decision saw of it; raises KeptContentLostError."""
    then = seen_by(filing, decision)
    old, new = _document(then, decision.document), _document(now, decision.document)
    spans = zip_longest(_span(old), _span(new), fillvalue=0)
    packets = (kept_file(filing, then.build), kept_file(filing, now.build))
    pages = list(spans)
    alike = same_looks(*packets, pages)
    pairs = (Pair(*pair) for pair, same in zip(pages, alike, strict=True) if not same)
    return Since(decision.title, decision, _lines(filing, then, now, decision), tuple(pairs))


def seen_by(filing: Path, decision: Decision) -> Shown:
    """Give the packet that a decision was taken on; raises KeptContentLostError."""
    manifest = kept_file(filing, decision.seen.manifest)
    return Shown(json.loads(manifest.read_text(encoding="utf-8")))


def _document(shown: Shown, identifier: str) -> ShownDocument | None:
    return next((one for one in shown.documents if one.id == identifier), None)


def _span(document: ShownDocument | None) -> range:
    if document is None:
        return range(0)
    return range(document.first_page, document.last_page + 1)


def _lines(filing: Path, then: Shown, now: Shown, decision: Decision) -> tuple[Line, ...]:
    rows = [_letter(shown, decision.document) for shown in (then, now)]
    if not all(rows):
        return ()
    words = [
        open_word(kept_file(filing, str(row["editable"])), f"{row['title']}.docx") for row in rows
    ]
    lines = redline(words[0], words[1])
    return tuple(
        line
        for number, line in enumerate(lines)
        if any(one.is_changed for one in lines[max(number - 1, 0) : number + 2])
    )


def _letter(shown: Shown, identifier: str) -> Mapping[str, Any]:
    rows = shown.manifest["documents"]
    found = (one for one in rows if one["id"] == identifier and one["kind"] == "letter")
    return next(found, {})

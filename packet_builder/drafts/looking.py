"""A Word draft becomes what it is, and what of it is to be printed: hers, merged where need be."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from packet_builder.documents.word.word import Word, open_word, word_of
from packet_builder.drafts.content import same_content
from packet_builder.drafts.looked import Looked, Outdated
from packet_builder.drafts.merge import Version, merge
from packet_builder.drafts.open_marks import open_marks
from packet_builder.drafts.outdated import outdated_between, still_there, text_of
from packet_builder.workspace import digest_of


class Errand(BaseModel):
    """Which draft is to be looked at, and with what it is compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str  # as messages call it
    hers: Path  # her file; where changed facts were merged into it, that is what lies there then
    base: Path  # the render that it rests on
    base_name: str
    facts: Path  # what the words of that render came from
    new: Path  # what the facts give now
    now: Mapping[str, Any]  # the words of that
    exhibits: Mapping[str, str]  # the letters that stand for evidence in it
    date: dt.date
    outdated: tuple[Outdated, ...]


def look(errand: Errand) -> Looked:
    """Compare a draft with what it was rendered from, and merge what is rendered now."""
    hers = open_word(errand.hers, errand.name)
    base = open_word(errand.base, errand.base_name)
    if same_content(base, hers):
        return Looked(edited=False)
    facts = json.loads(errand.facts.read_text(encoding="utf-8"))
    new = open_word(errand.new, errand.name)
    former, fresh = Version(base, facts["exhibits"]), Version(new, errand.exhibits)
    merged = merge(former, hers, fresh, errand.date)
    content = merged.content or errand.hers.read_bytes()
    errand.hers.write_bytes(content)
    gone = outdated_between(facts["context"], errand.now, text_of(new))
    return _open(
        word_of(content, errand.name),
        (*errand.outdated, *gone),
        _summary(Counter(entry.deed.value for entry in merged.entries)),
        rebased=merged.content is None and digest_of(errand.base) != digest_of(errand.new),
    )


def _open(word: Word, outdated: Sequence[Outdated], merged: str, *, rebased: bool) -> Looked:
    marks = open_marks(word)
    standing = [(one.was, one.now, place) for one, place in still_there(word, outdated)]
    return Looked(
        edited=True,
        merged=merged,
        rebased=rebased,
        changes=tuple(marks.changes),
        comments=tuple(marks.comments),
        conflicts=tuple(marks.conflicts),
        outdated=tuple(dict.fromkeys(outdated)),
        standing=tuple(dict.fromkeys(standing)),
    )


def _summary(deeds: Counter[str]) -> str:
    """Say what was merged: "2 updated, 1 conflict"."""
    return ", ".join(_counted(deeds))


def _counted(deeds: Counter[str]) -> Iterator[str]:
    for deed, number in sorted(deeds.items()):
        noun = "conflicts" if deed == "conflict" and number > 1 else deed
        yield f"{number} {noun}"

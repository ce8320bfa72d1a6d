"""Rendered letters and the attorney's copies become what is printed: hers, merged where need be."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.drafts.shelf import Outdated, Shelf, Written, unknown_files
from packet_builder.plan.planned import PlannedDocument
from packet_builder.rules.finding import DraftSeen
from packet_builder.workspace import digest_of


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as the facts and its template give it."""

    planned: PlannedDocument
    docx: Path
    made_from: tuple[str, str]  # digests of its facts and of its template


@dataclass(frozen=True, slots=True)
class Draft:
    """What is printed in place of a letter's render."""

    docx: Path  # her copy, or her copy with our changes tracked in it
    hers: Path
    made_from: str  # digest of `docx`
    merged: bool  # the facts changed: `docx` is not what lies in the folder
    rebased: bool  # the facts give another render, yet nothing is to be changed in her copy
    is_open: bool  # it has changes or comments that are to be shown
    outdated: tuple[Outdated, ...]
    seen: DraftSeen


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a filing that were edited, by document."""

    of: Mapping[str, Draft] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    pdfs: Mapping[str, Path] = field(default_factory=dict)  # saved from Word, proven, taken in
    refused: tuple[DraftSeen, ...] = ()  # PDFs that do not stand for the engine's

    @property
    def seen(self) -> tuple[DraftSeen, ...]:
        """Give what rules may look at."""
        return (*(draft.seen for draft in self.of.values()), *self.refused)


def look_at_drafts(
    rendered: Sequence[RenderedLetter], shelf: Shelf, date: dt.date, cache: Cache
) -> Drafts:
    """Find the drafts that were edited, and merge changed facts into them; nothing is written.

    Raises an error for a draft that cannot be used: no Word file, open in Word, superseded.
    """
    found = {}
    for letter in rendered:
        written = shelf.current(letter.planned.id)
        draft = None if written is None else draft_of(letter, written, shelf, date, cache)
        if draft is not None:
            found[letter.planned.id] = draft
    return Drafts(found, unknown_files(shelf))


def draft_of(
    letter: RenderedLetter, written: Written, shelf: Shelf, date: dt.date, cache: Cache
) -> Draft | None:
    """Look at one draft; None where it says what was rendered, so that the render stands."""
    hers, name = shelf.path(written), shelf.name(written)
    digest = digest_of(hers)
    if digest == written.base:
        return None
    made_from = (
        *("draft", digest, date.isoformat(), *letter.made_from),
        written.model_dump_json(),
    )
    place = cache.kept(
        made_from, lambda folder: _compare(letter, written, shelf, date, folder / "draft.docx")
    )
    row = json.loads((place / "draft.json").read_text(encoding="utf-8"))
    if not row["edited"]:
        return None
    docx = place / "draft.docx" if row["merged"] else hers
    outdated = tuple(Outdated.model_validate(one) for one in row["outdated"])
    seen = DraftSeen(
        name,
        tuple(row["changes"]),
        tuple(row["comments"]),
        tuple(row["conflicts"]),
        tuple((was, now, where) for was, now, where in row["standing"]),
        row["merged"],
    )
    is_open = bool(seen.changes or seen.comments or seen.conflicts)
    return Draft(
        docx, hers, digest_of(docx), bool(row["merged"]), row["rebased"], is_open, outdated, seen
    )


def _compare(
    letter: RenderedLetter, written: Written, shelf: Shelf, date: dt.date, target: Path
) -> None:
    """Write down beside `target` what a draft is; and the merged one there, if there is one."""
    from packet_builder.documents.word.word import open_word, word_of  # noqa: PLC0415 - only when not kept
    from packet_builder.drafts.content import same_content  # noqa: PLC0415 - only when not kept
    from packet_builder.drafts.merge import Version, merge  # noqa: PLC0415 - only when not kept

    hers = open_word(shelf.path(written), shelf.name(written))
    base = open_word(shelf.kept(written.base), written.file)
    if same_content(base, hers):
        _write(target, {"edited": False})
        return
    facts = json.loads(shelf.kept(written.facts).read_text(encoding="utf-8"))["context"]
    new = open_word(letter.docx, shelf.name(written))
    merged = merge(
        Version(base, facts["exhibits"]),
        hers,
        Version(new, (letter.planned.context or {})["exhibits"]),
        date,
    )
    content = shelf.path(written).read_bytes() if merged.content is None else merged.content
    if merged.content is not None:
        target.write_bytes(merged.content)
    outdated = (*written.outdated, *_outdated(facts, letter, new))
    _write(
        target,
        {
            "edited": True,
            "merged": _summary(Counter(entry.deed.value for entry in merged.entries)),
            "rebased": merged.content is None and written.base != digest_of(letter.docx),
            **_open(word_of(content, shelf.name(written)), outdated),
        },
    )


def _outdated(
    facts: Mapping[str, Any],
    letter: RenderedLetter,
    new: Any,  # noqa: ANN401 - its type costs start-up time
) -> tuple[Outdated, ...]:
    from packet_builder.drafts.outdated import outdated_between, text_of  # noqa: PLC0415 - only when not kept

    return outdated_between(facts, letter.planned.context or {}, text_of(new))


def _open(word: Any, outdated: Sequence[Outdated]) -> dict[str, Any]:  # noqa: ANN401 - as above
    from packet_builder.drafts.open_marks import open_marks  # noqa: PLC0415 - only when not kept
    from packet_builder.drafts.outdated import still_there  # noqa: PLC0415 - only when not kept

    marks = open_marks(word)
    standing = [(one.was, one.now, place) for one, place in still_there(word, outdated)]
    return {
        "changes": marks.changes,
        "comments": marks.comments,
        "conflicts": marks.conflicts,
        "outdated": [one.model_dump() for one in dict.fromkeys(outdated)],
        "standing": list(dict.fromkeys(standing)),
    }


def _write(target: Path, row: Mapping[str, Any]) -> None:
    path = target.with_name("draft.json")
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _summary(deeds: Counter[str]) -> str:
    """Say what was merged: "2 updated, 1 conflict"."""
    return ", ".join(_counted(deeds))


def _counted(deeds: Counter[str]) -> Iterator[str]:
    for deed, number in sorted(deeds.items()):
        noun = "conflicts" if deed == "conflict" and number > 1 else deed
        yield f"{number} {noun}"

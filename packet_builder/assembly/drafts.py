"""Rendered letters and the attorney's copies become what is printed: hers, merged where need be."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.word_copies import Draft, Drafts, RenderedLetter
from packet_builder.drafts.shelf import Outdated, Shelf, Written, unknown_files
from packet_builder.rules.finding import DraftSeen
from packet_builder.workspace import digest_of


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
    content = shelf.path(written).read_bytes()  # once: she may save while a build runs
    digest = hashlib.sha256(content).hexdigest()
    if shelf.is_render(written, digest):
        return None
    made_from = (
        *("draft", digest, date.isoformat(), letter.text, *letter.made_from),
        written.model_dump_json(),
    )
    look = _Look(letter, written, shelf, date, content)
    place = cache.kept(made_from, look.write)
    row = json.loads((place / "draft.json").read_text(encoding="utf-8"))
    if not row["edited"]:
        return None
    docx = place / "draft.docx"
    outdated = tuple(Outdated.model_validate(one) for one in row["outdated"])
    seen = DraftSeen(
        shelf.name(written),
        tuple(row["changes"]),
        tuple(row["comments"]),
        tuple(row["conflicts"]),
        tuple((was, now, where) for was, now, where in row["standing"]),
        row["merged"],
    )
    is_open = bool(seen.changes or seen.comments or seen.conflicts)
    return Draft(
        docx,
        digest_of(docx),
        digest,
        merged=bool(row["merged"]),
        rebased=row["rebased"],
        is_open=is_open,
        outdated=outdated,
        seen=seen,
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """Compares a draft with what it was rendered from, and with what is rendered now."""

    letter: RenderedLetter
    written: Written
    shelf: Shelf
    date: dt.date
    content: bytes  # of her file

    def write(self, folder: Path) -> None:
        """Write down what the draft is, and what of it is to be printed."""
        from packet_builder.documents.word.word import open_word, word_of  # noqa: PLC0415 - only when not kept
        from packet_builder.drafts.content import same_content  # noqa: PLC0415 - only when not kept

        name = self.shelf.name(self.written)
        hers = word_of(self.content, name)
        base = open_word(self.shelf.kept(self.written.base), self.written.file)
        row = {"edited": False} if same_content(base, hers) else self._edited(base, hers, folder)
        path = folder / "draft.json"
        path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8", newline="\n")

    def _edited(self, base: Any, hers: Any, folder: Path) -> dict[str, Any]:  # noqa: ANN401 - their type costs start-up time
        from packet_builder.documents.word.word import open_word, word_of  # noqa: PLC0415 - only when not kept
        from packet_builder.drafts.merge import Version, merge  # noqa: PLC0415 - only when not kept

        facts = json.loads(self.shelf.kept(self.written.facts).read_text(encoding="utf-8"))
        was, now = facts["context"], self.letter.planned.context or {}
        new = open_word(self.letter.docx, hers.name)
        former = Version(base, facts["exhibits"])
        merged = merge(former, hers, Version(new, self.letter.exhibits), self.date)
        content = merged.content or self.content
        (folder / "draft.docx").write_bytes(content)
        outdated = (*self.written.outdated, *_outdated(was, now, new))
        unchanged = merged.content is None
        return {
            "edited": True,
            "merged": _summary(Counter(entry.deed.value for entry in merged.entries)),
            "rebased": unchanged and self.written.base != digest_of(self.letter.docx),
            **_open(word_of(content, hers.name), outdated),
        }


def _outdated(was: Mapping[str, Any], now: Mapping[str, Any], new: Any) -> tuple[Outdated, ...]:  # noqa: ANN401 - as above
    from packet_builder.drafts.outdated import outdated_between, text_of  # noqa: PLC0415 - only when not kept

    return outdated_between(was, now, text_of(new))


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


def _summary(deeds: Counter[str]) -> str:
    """Say what was merged: "2 updated, 1 conflict"."""
    return ", ".join(_counted(deeds))


def _counted(deeds: Counter[str]) -> Iterator[str]:
    for deed, number in sorted(deeds.items()):
        noun = "conflicts" if deed == "conflict" and number > 1 else deed
        yield f"{number} {noun}"

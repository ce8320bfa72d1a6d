"""Rendered letters and the attorney's copies become what is printed: hers, merged where need be."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.word_copies import Draft, Drafts, RenderedLetter
from packet_builder.drafts.looked import Looked
from packet_builder.drafts.shelf import Shelf, Written, unknown_files
from packet_builder.rules.finding import DraftSeen
from packet_builder.workspace import digest_of

_FILE = "draft.docx"
_LOOKED = "draft.json"


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
    place = cache.kept(made_from, _look(letter, written, shelf, date, content))
    looked = Looked.model_validate_json((place / _LOOKED).read_bytes())
    if not looked.edited:
        return None
    docx = place / _FILE
    seen = DraftSeen(
        shelf.name(written),
        looked.changes,
        looked.comments,
        looked.conflicts,
        looked.standing,
        looked.merged,
    )
    is_open = bool(seen.changes or seen.comments or seen.conflicts)
    return Draft(
        docx,
        digest_of(docx),
        digest,
        merged=bool(looked.merged),
        rebased=looked.rebased,
        is_open=is_open,
        outdated=looked.outdated,
        seen=seen,
    )


def _look(
    letter: RenderedLetter, written: Written, shelf: Shelf, date: dt.date, content: bytes
) -> Callable[[Path], None]:
    """Give what writes down what a draft is, beside what of it is to be printed."""

    def write(folder: Path) -> None:
        from packet_builder.drafts.apart import look_apart  # noqa: PLC0415 - only when not kept
        from packet_builder.drafts.looking import Errand  # noqa: PLC0415 - only when not kept

        hers = folder / _FILE
        hers.write_bytes(content)
        looked = look_apart(
            Errand(
                name=shelf.name(written),
                hers=hers,
                base=shelf.kept(written.base),
                base_name=written.file,
                facts=shelf.kept(written.facts),
                new=letter.docx,
                now=letter.planned.context or {},
                exhibits=letter.exhibits,
                date=date,
                outdated=written.outdated,
            )
        )
        (folder / _LOOKED).write_text(looked.model_dump_json(), encoding="utf-8", newline="\n")

    return write

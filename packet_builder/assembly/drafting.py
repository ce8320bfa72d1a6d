"""Puts the letters of a filing into the case folder as Word drafts, and new versions beside them.

A file that anybody saved is never changed or removed: it gets a new version beside it. One that
lies there as it was written is written anew. Every version is kept by its digest first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.build import held, rendered_letters
from packet_builder.assembly.cache import Cache
from packet_builder.assembly.drafts import draft_of
from packet_builder.assembly.order import Order
from packet_builder.assembly.word_copies import Draft, RenderedLetter
from packet_builder.drafts.errors import (
    DraftConflictOpenError,
    DraftSavedMeanwhileError,
    DraftUnknownError,
)
from packet_builder.drafts.shelf import Shelf, Written, open_shelf
from packet_builder.rules.finding import Finding
from packet_builder.workspace import digest_of, scratch_folder, write_whole


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What became of one draft."""

    document: str
    file: Path
    said: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of the drafts of a filing."""

    folder: Path
    lines: tuple[DraftLine, ...]
    findings: tuple[Finding, ...]  # where they are errors, nothing was written


def write_drafts(order: Order, names: Sequence[str] = (), *, accept: bool = False) -> Drafted:
    """Write the drafts of a case; `names` are those of its letters, without any all.

    With `accept`, a clean new version is made of each draft that has open changes or comments.
    Raises an error for a draft that cannot be used, DraftConflictOpenError, DraftUnknownError.
    """
    with held(order) as ready:
        filing = ready.case_file.case.filing
        shelf = open_shelf(ready.case_file.folder, ready.case_file.filing)
        if ready.has_errors:
            return Drafted(shelf.folder, (), ready.findings)
        chosen = _chosen(rendered_letters(ready), names)
        desk = _Desk(shelf, filing.date, ready.cache)
        lines = [desk.brought_up(letter) for letter in chosen]
        if accept:
            lines = [
                desk.cleaned(letter) or line for letter, line in zip(chosen, lines, strict=True)
            ]
        return Drafted(shelf.folder, tuple(lines), ready.findings)


def _chosen(rendered: Sequence[RenderedLetter], names: Sequence[str]) -> tuple[RenderedLetter, ...]:
    known = {letter.planned.id.removeprefix("letter-"): letter for letter in rendered}
    for name in names:
        if name.removesuffix(".docx").removeprefix("letter-") not in known:
            raise DraftUnknownError(name, tuple(known))
    wanted = {name.removesuffix(".docx").removeprefix("letter-") for name in names}
    return tuple(letter for name, letter in known.items() if not names or name in wanted)


@dataclass(slots=True)
class _Desk:
    shelf: Shelf
    date: dt.date
    cache: Cache

    def brought_up(self, letter: RenderedLetter) -> DraftLine:
        """Write a letter's first draft, or bring the one that is there up to date."""
        written = self.shelf.current(letter.planned.id)
        if written is None:
            return self._first(letter)
        content = self.shelf.path(written).read_bytes()
        self.shelf.keep(content)
        draft = self._draft(letter, written)
        if draft is None:
            return self._unedited(letter, written, content)
        return self._edited(letter, written, draft)

    def cleaned(self, letter: RenderedLetter) -> DraftLine | None:
        """Make a clean version of a draft with open changes or comments; hers goes to `earlier`."""
        written = self.shelf.current(letter.planned.id)
        draft = None if written is None else self._draft(letter, written)
        if written is None or draft is None:
            return None
        if not draft.is_open:
            self._put_away_all_but(written, letter)
            return None
        if draft.seen.conflicts:
            raise DraftConflictOpenError(draft.seen.name, draft.seen.conflicts)
        from packet_builder.drafts.apart import accept_apart  # noqa: PLC0415 - start-up time

        with scratch_folder(self.cache.folder) as scratch:
            accept_apart(draft.docx, draft.seen.name, scratch / draft.docx.name)
            content = (scratch / draft.docx.name).read_bytes()
        known = written.model_copy(update={"made_of": draft.of})
        line = self._next(letter, known, content, "all changes accepted, comments removed")
        self._put_away_all_but(self.shelf.record.drafts[letter.planned.id][-1], letter)
        return line

    def _put_away_all_but(self, written: Written, letter: RenderedLetter) -> None:
        """Move versions that went into a clean one to `earlier`, also where a run was cut off."""
        for one in self.shelf.record.drafts[letter.planned.id]:
            if one.file != written.file:
                self.shelf.put_away(one)

    def _draft(self, letter: RenderedLetter, written: Written) -> Draft | None:
        return draft_of(letter, written, self.shelf, self.date, self.cache)

    def _first(self, letter: RenderedLetter) -> DraftLine:
        content = letter.docx.read_bytes()
        name = self.shelf.next_name(letter.planned.id)
        written = self._written(letter, name, content)
        return self._put(letter, written, content, "new")

    def _unedited(self, letter: RenderedLetter, written: Written, seen: bytes) -> DraftLine:
        """Bring an unedited draft up to date; a file that anybody saved is never overwritten."""
        path = self.shelf.path(written)
        saved = hashlib.sha256(seen).hexdigest()
        if written.base == digest_of(letter.docx) and saved != written.replaced:
            said = "as it was: nobody edited it, nothing changed"
            return DraftLine(letter.planned.id, path, said)
        content = letter.docx.read_bytes()
        if saved not in {written.written, written.replaced}:
            known = written.model_copy(update={"made_of": saved})
            said = f"beside {written.file}, which was saved but not edited"
            return self._next(letter, known, content, said)
        fresh = self._written(letter, written.file, content)
        if path.read_bytes() != seen:
            raise DraftSavedMeanwhileError(self.shelf.name(written))
        fresh = fresh.model_copy(update={"replaced": saved})
        self.shelf = self.shelf.with_base(letter.planned.id, written, fresh)
        write_whole(path, content)
        return DraftLine(letter.planned.id, path, "written anew: nobody had edited it")

    def _edited(self, letter: RenderedLetter, written: Written, draft: Draft) -> DraftLine:
        path = self.shelf.path(written)
        if draft.merged:
            content = draft.docx.read_bytes()
            known = written.model_copy(update={"outdated": draft.outdated, "made_of": draft.of})
            said = f"beside {written.file}: {draft.seen.merged}"
            return self._next(letter, known, content, said)
        if draft.rebased:
            fresh = self._written(letter, written.file, letter.docx.read_bytes())
            stays = {"written": written.written, "made_of": written.made_of}
            fresh = fresh.model_copy(update={**stays, "outdated": draft.outdated})
            self.shelf = self.shelf.with_base(letter.planned.id, written, fresh)
        return DraftLine(letter.planned.id, path, "edited, and nothing to change in it")

    def _next(self, letter: RenderedLetter, known: Written, content: bytes, said: str) -> DraftLine:
        """Write a new version beside the one that it was made of."""
        name = self.shelf.next_name(letter.planned.id)
        stays = {"made_of": known.made_of, "outdated": known.outdated}
        fresh = self._written(letter, name, content).model_copy(update=stays)
        return self._put(letter, fresh, content, said)

    def _put(
        self, letter: RenderedLetter, written: Written, content: bytes, said: str
    ) -> DraftLine:
        path = self.shelf.path(written)
        self.shelf = self.shelf.with_version(letter.planned.id, written)
        write_whole(path, content)
        return DraftLine(letter.planned.id, path, said)

    def _written(self, letter: RenderedLetter, name: str, content: bytes) -> Written:
        return Written(
            file=name,
            base=self.shelf.keep(letter.docx.read_bytes()),
            facts=self.shelf.keep(letter.text.encode()),
            written=self.shelf.keep(content),
        )

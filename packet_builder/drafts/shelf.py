"""The drafts of a filing: which files lie there, and what the program knows of each.

Beside the attorney's files lies `.base`: what every draft was rendered from and how it was written,
by digest, and every version of hers that a later draft was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from packet_builder.drafts.errors import (
    DraftConflictedCopyError,
    DraftOfUnknownOriginError,
    DraftOpenInWordError,
    DraftRecordBrokenError,
    DraftSupersededError,
)
from packet_builder.drafts.looked import Outdated
from packet_builder.kept import keep, kept_file
from packet_builder.workspace import digest_of, make_folder, put_in_place, write_whole

FOLDER = "drafts"
_BASE = ".base"
_RECORD = "drafts.json"
_EARLIER = "earlier"
_SECOND_COPY = re.compile(
    r"conflicted copy|conflict(?:ed)? (?:file|version)|\(case conflict\)|sync-conflict|"
    r"_conf\(\d+\)|\([^()]*'s conflict|-(?:DESKTOP|LAPTOP|PC|MacBook)[-\w]*\.docx$",
    re.IGNORECASE,
)


class Written(BaseModel):
    """One version of a draft, as the program wrote it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    base: str  # digest of the render that it rests on
    facts: str  # digest of the plan's words for that render
    written: str  # digest of the file as it was written
    made_of: str | None = None  # digest of the version that it was made of
    replaced: str | None = None  # digest of what it was written over; nobody had edited that
    outdated: tuple[Outdated, ...] = ()


class Record(BaseModel):
    """All versions of all drafts of a filing, by document, the newest last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    drafts: dict[str, tuple[Written, ...]] = {}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of a filing's drafts."""

    folder: Path
    named: str  # how messages name it: "drafts/initial_parole"
    record: Record = field(default_factory=Record)

    def path(self, written: Written) -> Path:
        """Give where a version lies."""
        return self.folder / written.file

    def name(self, written: Written) -> str:
        """Give a version's name for messages."""
        return f"{self.named}/{written.file}"

    def current(self, document: str) -> Written | None:
        """Give the newest version whose file is there.

        Raises DraftSupersededError where an older one was edited after a newer was made of it.
        """
        versions = [each for each in self.record.drafts.get(document, ()) if self._is_there(each)]
        for older in versions[:-1]:
            if not self._went_into_newer(document, older):
                raise DraftSupersededError(self.name(older), self.name(versions[-1]))
        return versions[-1] if versions else None

    def is_render(self, written: Written, digest: str) -> bool:
        """Tell whether a file is a render as it was written, this one or the one before it.

        It is that before it where a run ended between writing down the new one and writing it.
        """
        return digest in {written.base, written.replaced}

    def kept(self, digest: str) -> Path:
        """Give what is kept under a digest; raises KeptContentLostError."""
        return kept_file(self.folder / _BASE, digest)

    def keep(self, content: bytes) -> str:
        """Keep content; give its digest."""
        return keep(self.folder / _BASE, content)

    def next_name(self, document: str) -> str:
        """Give the name of a document's next version: the first has none, then -v2, -v3."""
        stem = document.removeprefix("letter-")
        number = len(self.record.drafts.get(document, ())) + 1
        while True:
            name = f"{stem}.docx" if number == 1 else f"{stem}-v{number}.docx"
            if not (self.folder / name).exists():
                return name
            if number == 1:
                raise DraftOfUnknownOriginError(self.named, name)
            number += 1

    def with_version(self, document: str, written: Written) -> Shelf:
        """Write down a new version, before its file is written; it counts when that is there."""
        return self._recorded(document, (*self.record.drafts.get(document, ()), written))

    def with_base(self, document: str, old: Written, new: Written) -> Shelf:
        """Write down that a version rests on another render now, before it is written anew."""
        versions = self.record.drafts[document]
        return self._recorded(document, tuple(new if one == old else one for one in versions))

    def put_away(self, written: Written) -> None:
        """Move a version that a clean one was made of out of the way."""
        if self._is_there(written):
            earlier = make_folder(self.folder / _EARLIER)
            put_in_place(self.path(written), earlier / written.file)

    def _recorded(self, document: str, versions: Sequence[Written]) -> Shelf:
        record = Record(drafts={**self.record.drafts, document: tuple(versions)})
        path = self.folder / _BASE / _RECORD
        write_whole(path, f"{record.model_dump_json(indent=1)}\n".encode())
        return Shelf(self.folder, self.named, record)

    def _is_there(self, written: Written) -> bool:
        return self.path(written).is_file()

    def _went_into_newer(self, document: str, older: Written) -> bool:
        """Tell whether a later version was made of a file as it is; a mere re-save is the same."""
        made_of = [each.made_of for each in self.record.drafts[document] if each.made_of]
        if digest_of(self.path(older)) in made_of:
            return True
        from packet_builder.drafts.apart import is_same_apart  # noqa: PLC0415 - start-up time

        former = [self.kept(digest) for digest in made_of]
        return is_same_apart(self.path(older), self.name(older), former)


def open_shelf(case: Path, filing: str) -> Shelf:
    """Read what is known of a filing's drafts, and look at the files beside.

    Raises an error for a draft that is open in Word, a sync program's second copy, a record that
    cannot be read.
    """
    folder = case / FOLDER / filing
    named = f"{FOLDER}/{filing}"
    path = folder / _BASE / _RECORD
    try:
        record = Record.model_validate_json(path.read_bytes()) if path.is_file() else Record()
    except (OSError, ValidationError) as error:
        raise DraftRecordBrokenError(path) from error
    for name in _names(folder):
        if _SECOND_COPY.search(name):
            raise DraftConflictedCopyError(named, name)
    for version in (each for versions in record.drafts.values() for each in versions):
        for mark in _marks_of_open(version.file):
            if (folder / mark).exists():
                raise DraftOpenInWordError(named, version.file, mark)
    return Shelf(folder, named, record)


def unknown_files(shelf: Shelf) -> tuple[str, ...]:
    """Name the Word files that lie among the drafts and that no build reads."""
    known = {each.file for versions in shelf.record.drafts.values() for each in versions}
    return tuple(
        f"{shelf.named}/{name}"
        for name in _names(shelf.folder)
        if name not in known and not name.startswith("~$")
    )


def _marks_of_open(name: str) -> tuple[str, ...]:
    """Name the files that Word and LibreOffice leave beside a document that is open."""
    return (f"~${name[2:]}", f"~${name}", f".~lock.{name}#")


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from sorted(path.name for path in folder.glob("*.docx"))

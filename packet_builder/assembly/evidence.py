"""Takes in evidence, and a notice that is answered: every file looked at, made bindable, kept."""

from __future__ import annotations

import contextlib
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.assembly.passwords import Passwords
from packet_builder.assembly.word import WordPress
from packet_builder.documents.document import PdfFile, Source
from packet_builder.documents.intake.apart import TASK, Errand, begins_like_word, intake_apart
from packet_builder.documents.intake.errors import ExhibitLockedError, PasswordWrongError
from packet_builder.errors import UnusableError
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import FactPath
from packet_builder.file_names import same_name
from packet_builder.model.evidence import Evidence, SeenEvidence
from packet_builder.sandbox.pool import Pool
from packet_builder.workspace import (
    PathRefusedError,
    contained_file,
    digest_of,
    scratch_folder,
)

_MACHINE_READ = "machine-read"  # the folder of a case
_ATTEMPTS = 3  # at a password
_MOST = 2  # processes that read files: each takes some 80 MB
_WORTH = 4  # fewer files are read before another process has started


def machine_read_copy(case: Path, digest: str) -> Path:
    """Give where the copy of an evidence file with words that a machine read lies, if any."""
    return case / _MACHINE_READ / f"{digest}.pdf"


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One evidence file, ready to bind."""

    pdf: PdfFile
    texts: tuple[str, ...]
    removals: tuple[str, ...]
    notes: tuple[str, ...]
    covered: tuple[int, ...]  # pages on which words lie under a box or a picture
    unredacted: tuple[int, ...]  # pages on which redactions were marked and never applied
    read: tuple[int, ...]  # pages whose words a machine read


@dataclass(frozen=True, slots=True)
class TakenEvidence:
    """One piece of evidence, its files in exhibit order."""

    files: tuple[TakenFile, ...]

    @property
    def seen(self) -> SeenEvidence:
        """Give what rules may look at."""
        texts = tuple(text for file in self.files for text in file.texts)
        sizes = tuple(file.pdf.path.stat().st_size for file in self.files)
        covered = self._pages_where(lambda file: file.covered)
        unredacted = self._pages_where(lambda file: file.unredacted)
        sources = (file.pdf.source for file in self.files)
        digests = tuple(source.sha256 for source in sources if source is not None)
        read = self._pages_where(lambda file: file.read)
        return SeenEvidence(texts, sizes, covered, unredacted, digests, read)

    def _pages_where(self, found: Callable[[TakenFile], Sequence[int]]) -> tuple[int, ...]:
        """Give pages of the evidence, counted through all its files."""
        before = accumulate((file.pdf.pages for file in self.files), initial=0)
        return tuple(
            first + page
            for first, file in zip(before, self.files, strict=False)
            for page in found(file)
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """All that was taken in."""

    evidence: Mapping[str, TakenEvidence]  # by id
    notice: TakenEvidence | None = None  # that the filing answers


@dataclass(frozen=True, slots=True)
class _Listed:
    """One file, as the facts list it."""

    evidence: str | None  # its id; None: the notice
    title: str | None
    place: FactPath  # in the facts
    source: Source | UnusableError  # where it lies, or why it cannot be used


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where evidence is kept, and what turns Word into PDF."""

    cache: Cache
    press: WordPress
    case: Path | None  # its folder; None for a file that is not in one yet

    def copy_of(self, source: Source) -> Path | None:
        """Give the copy of a file with words that a machine read, where there is one."""
        copy = machine_read_copy(self.case, source.sha256) if self.case else None
        return copy if copy is not None and copy.is_file() else None

    def key(self, source: Source) -> tuple[str, ...]:
        """Give all that a taken file depends on."""
        engine = self.press.name if begins_like_word(source.path) else ""
        copy = self.copy_of(source)
        return ("intake", source.name, source.sha256, engine, digest_of(copy) if copy else "")

    def kept(self, source: Source, password: str | None, pool: Pool) -> Path:
        """Give the folder in which a taken file lies; how it was opened makes no other of it."""
        make = partial(self._take, source, password, pool)
        return self.cache.kept(self.key(source), make)

    def _take(self, source: Source, password: str | None, pool: Pool, place: Path) -> None:
        target = place / "intake.pdf"
        copy = self.copy_of(source)
        engine, own_fonts = self.press.engine, self.press.own_fonts
        errand = Errand(source.name, source.path, target, engine, own_fonts, password, copy)
        taken = intake_apart(errand, pool)
        facts = {
            "pages": taken.pages,
            "made": taken.path != source.path,
            "sha256": digest_of(taken.path),
            "texts": taken.texts,
            "removals": taken.removals,
            "notes": taken.notes,
            "covered": taken.covered,
            "unredacted": taken.unredacted,
            "read": taken.read,
        }
        (place / "intake.json").write_text(
            json.dumps(facts, ensure_ascii=False), encoding="utf-8", newline="\n"
        )


@dataclass(slots=True)
class _Readers:
    """The processes that read what is not kept yet, and the passwords that they are given."""

    desk: _Desk
    pool: Pool
    known: Mapping[str, str]
    ask: Callable[[str, bool], str | None] | None

    def read(self, source: Source) -> Path:
        """Read a file, and give the folder in which it is kept then."""
        return self.desk.kept(source, self.known.get(same_name(source.name)), self.pool)

    def read_or_ask(self, source: Source, read: Callable[[], Path]) -> Path:
        """Wait for a file, and ask a person for its password where it has one."""
        try:
            return read()
        except (ExhibitLockedError, PasswordWrongError) as error:
            locked = error
        for attempt in range(_ATTEMPTS if self.ask else 0):
            password = self.ask(source.name, attempt > 0) if self.ask else None
            if password is None:
                break
            with contextlib.suppress(PasswordWrongError):
                return self.desk.kept(source, password, self.pool)
        raise locked


@contextmanager
def taking_in(
    case_file: CaseFile, cache: Cache, press: WordPress, passwords: Passwords
) -> Iterator[Callable[[], Taken]]:
    """Begin to take in what is filed, and hand out what waits for it.

    Files are read by other processes, which are gone at the end of the block. Waiting raises
    FactsError, with a fault at the place in the facts for each file that cannot be used.
    """
    desk = _Desk(cache, press, case_file.folder)
    listed = tuple(_listed(case_file))
    sources = dict.fromkeys(one.source for one in listed if isinstance(one.source, Source))
    with ExitStack() as stack:
        open_readers = partial(_readers, desk, case_file.name, passwords, stack)
        places = _begun(tuple(sources), desk, open_readers, stack)
        yield lambda: _finished(case_file, listed, places)


@contextmanager
def reading_files(
    case: str, cache: Cache, press: WordPress, passwords: Passwords
) -> Iterator[Callable[[Source], TakenFile]]:
    """Hand out what takes in one file of a case, before the facts name it.

    What was read is kept, so that a build does not read it again. Raises an IntakeError for a
    file that cannot be bound.
    """
    with ExitStack() as stack:
        readers = _readers(_Desk(cache, press, None), case, passwords, stack)

        def taken(source: Source) -> TakenFile:
            kept = readers.read_or_ask(source, partial(readers.read, source))
            facts = json.loads((kept / "intake.json").read_text(encoding="utf-8"))
            return _read(source, None, kept, facts)

        yield taken


def _listed(case_file: CaseFile) -> Iterator[_Listed]:
    for position, evidence in enumerate(case_file.case.evidence):
        if evidence.waived is not None:
            continue
        places = _paths_in_facts(evidence, position)
        for (name, title), place in zip(evidence.ordered_files, places, strict=True):
            yield _Listed(evidence.id, title, place, _source(case_file.folder, name))
    notice = case_file.case.notice
    for number, name in enumerate(notice.files if notice else ()):
        place = ("notice", "file", number)
        yield _Listed(None, None, place, _source(case_file.folder, name))


def _source(folder: Path, name: str) -> Source | UnusableError:
    try:
        path = contained_file(folder, name)
    except UnusableError as error:
        return error
    return Source(name, path, digest_of(path))


def _begun(
    sources: Sequence[Source], desk: _Desk, readers: Callable[[], _Readers], stack: ExitStack
) -> Mapping[Source, Callable[[], Path]]:
    """Give, for each file, what waits for the folder in which it lies when it is taken in."""
    places = {source: desk.cache.place(desk.key(source)) for source in sources}
    waiting = {source: partial(_itself, place) for source, place in places.items()}
    new = [source for source, place in places.items() if not place.is_dir()]
    if not new:
        return waiting
    processes = min(_MOST, os.cpu_count() or 1, math.ceil(len(new) / _WORTH))
    threads = stack.enter_context(ThreadPoolExecutor(processes))
    others = readers()
    begun = {one: threads.submit(others.read, one).result for one in new}
    return waiting | {one: partial(others.read_or_ask, one, read) for one, read in begun.items()}


def _readers(desk: _Desk, case: str, passwords: Passwords, stack: ExitStack) -> _Readers:
    scratch = stack.enter_context(scratch_folder(desk.cache.folder))
    pool = stack.enter_context(Pool(TASK, scratch))
    return _Readers(desk, pool, passwords.known(case), passwords.ask)


def _itself(place: Path) -> Path:
    return place


def _finished(
    case_file: CaseFile,
    listed: Sequence[_Listed],
    places: Mapping[Source, Callable[[], Path]],
) -> Taken:
    taken: dict[str | None, list[TakenFile]] = {
        one.id: [] for one in case_file.case.evidence if one.waived is None
    }
    taken[None] = []
    faults: list[Fault] = []
    for one in listed:
        try:
            taken[one.evidence].append(_taken(one, places))
        except UnusableError as error:
            faults.append(_fault(case_file, one.place, error))
    if faults:
        raise FactsError(faults)
    notice = TakenEvidence(tuple(taken.pop(None))) if case_file.case.notice else None
    found = {name: TakenEvidence(tuple(files)) for name, files in taken.items() if name}
    return Taken(found, notice)


def _taken(one: _Listed, places: Mapping[Source, Callable[[], Path]]) -> TakenFile:
    if isinstance(one.source, UnusableError):
        raise one.source
    kept = places[one.source]()
    facts = json.loads((kept / "intake.json").read_text(encoding="utf-8"))
    return _read(one.source, one.title, kept, facts)


def _read(source: Source, title: str | None, kept: Path, facts: Mapping[str, Any]) -> TakenFile:
    path = kept / "intake.pdf" if facts["made"] else source.path
    return TakenFile(
        pdf=PdfFile(path, facts["pages"], facts["sha256"], title, source),
        texts=tuple(facts["texts"]),
        removals=tuple(facts["removals"]),
        notes=tuple(facts["notes"]),
        covered=tuple(facts["covered"]),
        unredacted=tuple(facts["unredacted"]),
        read=tuple(facts["read"]),
    )


def _paths_in_facts(evidence: Evidence, position: int) -> Iterator[FactPath]:
    """Give the place in the facts of each of `ordered_files`."""
    place: FactPath = ("evidence", position)
    if evidence.translation is not None:
        yield (*place, "translation", "file")
        if evidence.translation.certificate is not None:
            yield (*place, "translation", "certificate")
    for number in range(len(evidence.files)):
        yield (*place, "file", number)


def _fault(case_file: CaseFile, path: FactPath, error: UnusableError) -> Fault:
    if isinstance(error, PathRefusedError):
        return case_file.facts.fault_at(path, f'"{error.named}" {error.reason}', error.cure)
    return case_file.facts.fault_at(path, str(error))

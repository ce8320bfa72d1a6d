"""Files become evidence of a case: looked at, copied into its folder, and listed in its facts."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from packet_builder.assembly.adding import Added, ids_in, put_in
from packet_builder.assembly.cache import case_cache, office_cache
from packet_builder.assembly.evidence import TakenFile, reading_files
from packet_builder.assembly.evidence_kinds import Seeming, id_of, kind_seen, title_of
from packet_builder.assembly.order import Order
from packet_builder.assembly.word import word_press
from packet_builder.case_lock import case_lock
from packet_builder.documents.document import Source
from packet_builder.errors import UnusableError, UsageError
from packet_builder.facts import read_facts, read_filing
from packet_builder.facts.adding import entry_of
from packet_builder.file_names import alike, same_name, wrong_on_windows
from packet_builder.model.evidence import EvidenceKind
from packet_builder.workspace import case_folder, digest_of, whole_file

FOLDER = "exhibits"
_UNSAFE = re.compile(r'[<>:"/\\|?*\[\]#]')  # on Windows, or in a file of facts
_LONGEST = 80  # characters of a name, so that the path is no trouble anywhere


class AlreadyEvidenceError(UsageError):
    """The very file is a piece of evidence of the case already."""

    def __init__(self, file: Path, named: str) -> None:
        super().__init__(
            f"{file} was not added: the same file lies in the case as {named}, and is listed."
        )


class FileGoneError(UnusableError):
    """A file that was to be added is no file, or changed while it was read."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} was not added: it is not an ordinary file, or was changed while it was read. "
            "Look at it, and run the command again."
        )


@dataclass(frozen=True, slots=True)
class ExhibitWish:
    """What the person who adds evidence says of it; what is left out is taken from the file."""

    kind: EvidenceKind | None = None
    id: str | None = None
    title: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)  # of the evidence, as in the facts


@dataclass(frozen=True, slots=True)
class AddedExhibit:
    """A piece of evidence that stands in the facts now."""

    added: Added
    title: str
    kind: str
    is_told: bool  # by the person who added it
    seen: str  # from what the kind was taken, where nobody told it; empty: from nothing
    pages: int
    is_picture: bool  # no word on any page: nothing can be looked up there
    files: tuple[str, ...]  # as the facts name them
    notes: tuple[str, ...]  # what the person should know of the files


def add_exhibits(
    order: Order, files: Sequence[Path], wish: ExhibitWish, *, together: bool
) -> Iterator[AddedExhibit | UnusableError | UsageError]:
    """Add files to a case, each as a piece of evidence, or all as one; give what came of each.

    Raises FactsError, CaseNotFoundError, CaseBusyError.
    """
    folder = case_folder(order.case, order.folders.cases)
    output = order.folders.output
    read_filing(folder, order.filing)
    with case_lock(folder, output / folder.name):
        press = word_press(order.engine, order.folders.templates, office_cache(output))
        cache = case_cache(output, folder.name)
        with reading_files(folder.name, cache, press, order.passwords) as taken:
            desk = _Desk(folder, order.filing, taken)
            for group in [tuple(files)] if together else [(file,) for file in files]:
                try:
                    yield desk.add(group, wish)
                except (UnusableError, UsageError) as error:
                    yield error


@dataclass(frozen=True, slots=True)
class _Desk:
    """A case that evidence is added to."""

    folder: Path
    filing: str | None
    taken: Callable[[Source], TakenFile]

    def add(self, files: Sequence[Path], wish: ExhibitWish) -> AddedExhibit:
        """Look at files, copy them into the case, and list them as one piece of evidence."""
        sources = [self._source(file) for file in files]
        seen = [self.taken(source) for source in sources]
        texts = [text for one in seen for text in one.texts]
        seeming = kind_seen(files[0].name, texts) if wish.kind is None else Seeming(wish.kind, "")
        title = wish.title or title_of(files[0].name, seeming.kind)
        ids = ids_in(self.folder, self.filing, "evidence")
        names = tuple(source.name for source in sources)
        item: dict[str, object] = {
            "id": wish.id or id_of(title, seeming.kind, ids),
            "title": title,
            "kind": seeming.kind.value,
            "file": names[0] if len(names) == 1 else names,
            **wish.fields,
        }
        pages = sum(one.pdf.pages for one in seen)
        remark = f"{pages} page{'' if pages == 1 else 's'}"
        entry = entry_of(item, {"file": remark})
        copy = partial(self._copy, sources)  # nothing is copied for an entry that cannot stand
        added = put_in(self.folder, self.filing, "evidence", entry, copy)
        notes = tuple(note for one in seen for note in one.notes)
        return AddedExhibit(
            added=added,
            title=title,
            kind=seeming.kind.value,
            is_told=wish.kind is not None,
            seen=seeming.seen,
            pages=pages,
            is_picture=not any(texts),
            files=names,
            notes=notes,
        )

    def _source(self, file: Path) -> Source:
        """Give a file with the name that it has, or will have, in the case."""
        if not file.is_file():
            raise FileGoneError(file)
        path, digest = file.resolve(), digest_of(file)
        if named := self._listed(path, digest):
            raise AlreadyEvidenceError(file, named)
        if path.is_relative_to(self.folder):
            return Source(path.relative_to(self.folder).as_posix(), path, digest)
        return Source(f"{FOLDER}/{self._free_name(path, digest)}", path, digest)

    def _listed(self, path: Path, digest: str) -> str | None:
        """Give the name under which the facts list the very same content."""
        for named in self._names():
            known = self.folder / named
            is_like = known.is_file() and known.stat().st_size == path.stat().st_size
            if is_like and digest_of(known) == digest:
                return named
        return None

    def _names(self) -> Iterator[str]:
        """Give every file that is listed as evidence, of the case and of the filing."""
        for facts in (read_facts(self.folder), read_filing(self.folder, self.filing)[1]):
            evidence = facts.tree.get("evidence")
            for item in evidence if isinstance(evidence, list) else ():
                given = item.get("file") if isinstance(item, Mapping) else None
                files = given if isinstance(given, list) else [given]
                yield from (one for one in files if isinstance(one, str))

    def _free_name(self, path: Path, digest: str) -> str:
        """Give a name that no other file has there, however a system compares names."""
        folder = self.folder / FOLDER
        there = {alike(one.name): one for one in folder.glob("*")} if folder.is_dir() else {}
        name, number = safe_name(path.name), 2
        stem, suffix = Path(name).stem, Path(name).suffix
        while (other := there.get(alike(name))) is not None:
            if other.is_file() and digest_of(other) == digest:
                return other.name
            name, number = f"{stem}-{number}{suffix}", number + 1
        return name

    def _copy(self, sources: Sequence[Source]) -> None:
        """Put files under their names in the case, the very bytes that were looked at."""
        for source in sources:
            target = self.folder / source.name
            if target == source.path or target.is_file():
                continue
            with whole_file(target) as part:
                shutil.copyfile(source.path, part)
                if digest_of(part) != source.sha256:
                    raise FileGoneError(source.path)


def safe_name(name: str) -> str:
    """Give a file name that is one on every system, and plain text in a file of facts."""
    seen = "".join(one for one in same_name(name) if unicodedata.category(one)[0] != "C")
    stem, dot, suffix = _UNSAFE.sub("-", seen).strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    stem = stem[:_LONGEST].strip(" .-") or "file"
    name = f"{stem}{dot}{suffix}"
    return f"file-{name}" if wrong_on_windows(name) else name

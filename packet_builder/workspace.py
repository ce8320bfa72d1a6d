"""Says where everything lies, and is the one door through which files are written."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packet_builder import system
from packet_builder.errors import UnusableError, UsageError
from packet_builder.file_names import alike, same_name
from packet_builder.unfinished import PART, SCRATCH

PACKAGE = Path(__file__).resolve().parent
_CHUNK_BYTES = 1 << 20


class PathRefusedError(UnusableError):
    """A file named in the facts is missing, is not a plain file, or leaves the case folder."""

    def __init__(self, named: str, reason: str, cure: str) -> None:
        super().__init__(f'"{named}" {reason}. {cure}')
        self.named = named
        self.reason = reason
        self.cure = cure


class CaseNotFoundError(UsageError):
    """There is no such case folder."""

    def __init__(self, named: str, cases: Path) -> None:
        import difflib  # noqa: PLC0415 - only needed for the message

        names = sorted(path.name for path in cases.glob("*/") if path.is_dir())
        near = difflib.get_close_matches(named, names, 1, 0.5)
        if near:
            hint = f'Did you mean "{near[0]}"?'
        elif names:
            hint = f"Cases there: {', '.join(names)}."
        else:
            hint = "No case lies there yet. Start one with: packet-builder new NAME"
        super().__init__(f'there is no case "{named}" in {cases}. {hint}')


@dataclass(frozen=True, slots=True)
class Folders:
    """The four folders that a command may be pointed at."""

    cases: Path
    templates: Path
    forms: Path
    output: Path


#: Where they are when a command is not told otherwise: in the folder where it was typed.
USUAL_FOLDERS = Folders(Path("case_data"), Path("office"), Path("forms"), Path("output"))


def case_folder(named: str, cases: Path) -> Path:
    """Give the folder of a case, by its name or as a path; raises CaseNotFoundError."""
    for folder in (cases / named, Path(named)):
        if folder.is_dir():
            return folder.resolve()
    raise CaseNotFoundError(named, cases)


def shipped(name: str) -> Path:
    """Give the folder that travels with the program: in the wheel, or beside the sources."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def make_folder(folder: Path) -> Path:
    """Make a folder, with its parents, that only its owner may enter."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        system.sync_folder(folder.parent)
    return folder


@contextlib.contextmanager
def whole_file(path: Path, *, for_ever: bool = False) -> Iterator[Path]:
    """Hand out a temporary name beside `path`; the file appears under `path` only when whole.

    One that is there for ever can only be read.
    """
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=PART, dir=path.parent)
    part = Path(name)
    try:
        with system.in_work(descriptor):
            yield part
            system.sync_file(part)
            if for_ever:
                system.protect(part)
            put_in_place(part, path)
    finally:
        system.remove(part)


def put_in_place(made: Path, path: Path) -> None:
    """Move a whole file under its name, in place of the former one, and see that on the disk."""
    system.put_in_place(made, path)
    system.sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is either the former one or the new one, never half of it."""
    with whole_file(path) as part:
        part.write_bytes(content)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, and see it on the disk; a former line that was cut off stays apart."""
    make_folder(path.parent)
    with path.open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            line = line if stream.read(1) == b"\n" else f"\n{line}"
        stream.write(f"{line}\n".encode())
        stream.flush()
        system.sync(stream.fileno())


@contextlib.contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """Hand out a private folder that is gone afterwards, whatever happens."""
    make_folder(parent)
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=parent))
    try:
        with system.in_work(system.opened_folder(folder)):
            yield folder
    finally:
        system.remove_folder(folder)


def scratch_of_run() -> contextlib.AbstractContextManager[Path]:
    """Hand out a private folder among the temporary ones of this machine; see `scratch_folder`."""
    return scratch_folder(temporary_folders())


def temporary_folders() -> Path:
    """Give where this machine has its temporary folders."""
    return Path(tempfile.gettempdir())


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Hand out an empty folder that appears under its name only when whole; its files stay so.

    Nothing may lie under that name.
    """
    with scratch_folder(folder.parent) as scratch:
        made = scratch / folder.name
        made.mkdir(mode=0o700)
        yield made
        sync_below(made)
        for path in made.rglob("*"):
            if path.is_file():
                system.protect(path)
        made.rename(folder)
        system.sync_folder(folder.parent)


def sync_below(folder: Path) -> None:
    """See a folder on the disk, with all that lies in it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            system.sync_folder(path)
        else:
            system.sync_file(path)
    system.sync_folder(folder)


def digest_of(path: Path) -> str:
    """Give the sha256 of a file, in hexadecimal, without holding it whole."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            sha.update(chunk)
    return sha.hexdigest()


def digest_of_text(path: Path) -> str:
    """Give the sha256 of a text file, in hexadecimal, whichever line ends it has."""
    return hashlib.sha256(unix_text(path.read_bytes())).hexdigest()


def unix_text(content: bytes) -> bytes:
    """Give a text with the line ends that it has on Linux and macOS."""
    return content.replace(b"\r\n", b"\n")


def contained_file(folder: Path, named: str) -> Path:
    """Give the plain file that `named` means below `folder`.

    Raises PathRefusedError for an absolute path, one that climbs out or passes through a link,
    and for anything that is no plain file.
    """
    parts = named.replace("\\", "/").split("/")
    if not named or Path(named).is_absolute() or ":" in parts[0] or "\0" in named:
        raise PathRefusedError(
            named, "is not a path inside the case folder", "Copy the file into the case folder."
        )
    path = folder
    for part in parts:
        if part in {"", "."}:
            continue
        path = _entry(path, part)
        # Path's own questions raise for a name that is too long
        if part == ".." or os.path.islink(path):  # noqa: PTH114
            reason = "climbs out of the case folder" if part == ".." else "passes through a link"
            raise PathRefusedError(named, reason, "Copy the file into the case folder.")
    if not os.path.exists(path):  # noqa: PTH110
        raise PathRefusedError(named, "does not exist", _nearest_name(path))
    if not stat.S_ISREG(path.stat().st_mode):
        raise PathRefusedError(named, "is not a file", "Name one file.")
    return path


def _entry(folder: Path, part: str) -> Path:
    """Give what a name means in a folder, however its accents and capitals are spelled there.

    macOS and Windows take those for the same; so that a case says the same everywhere, all do.
    """
    path = folder / part
    if part == ".." or os.path.lexists(path) or not folder.is_dir():
        return path
    there = tuple(folder.iterdir())
    for spelled in (same_name, alike):
        found = [each for each in there if spelled(each.name) == spelled(part)]
        if len(found) == 1:
            return found[0]
    return path


def _nearest_name(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f'Make the folder "{folder.name}" and put the file there, or correct the path.'
    import difflib  # noqa: PLC0415 - only needed for the message

    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    near = difflib.get_close_matches(path.name, names, 1, 0.6)
    return f'Did you mean "{near[0]}"?' if near else f'Put the file into "{folder.name}".'

"""Keeps what was made by the digest of all that it was made from, so that nothing is made twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packet_builder.case_lock import OFFICE
from packet_builder.workspace import PACKAGE, make_folder, scratch_folder, sync_below, unix_text


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of finished work. Safe to delete at any time."""

    folder: Path

    def place(self, made_from: Sequence[str]) -> Path:
        """Give where work of that origin lies, or would lie."""
        return self.folder / digest_of_parts((program_digest(), *made_from))

    def has(self, made_from: Sequence[str]) -> bool:
        """Tell whether work of that origin is there, and note that it was asked for."""
        return _is_used(self.place(made_from))

    def kept(self, made_from: Sequence[str], make: Callable[[Path], None]) -> Path:
        """Give the folder of finished work; `make` fills it where it is not there yet.

        The folder appears under its name only when `make` has ended without an error.
        """
        place = self.place(made_from)
        if not _is_used(place):
            make_folder(self.folder)
            with scratch_folder(self.folder) as scratch:
                finished = scratch / "finished"
                finished.mkdir(mode=0o700)
                make(finished)
                _put(finished, place)
        return place

    def trim(self, most_bytes: int) -> None:
        """Throw away what was not used for the longest time, until no more than that is left."""
        left = most_bytes
        for _, size, place in sorted(_entries(self.folder), reverse=True):
            left -= size
            if left < 0:
                _throw_away(place)


def case_cache(output: Path, case: str) -> Cache:
    """Give the cache of one case."""
    return Cache(output / case / "cache")


def office_cache(output: Path) -> Cache:
    """Give the cache of what is the same for all cases: blanks made ready, and the engine."""
    return Cache(output / OFFICE)


def _is_used(place: Path) -> bool:
    """Tell whether work lies there; the time of a folder is that of its last use."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _entries(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Give all finished work: when it was last used, how large it is, where it lies."""
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_dir() and not entry.name.startswith("."):
            size = sum(inside.stat().st_size for inside in os.scandir(entry))
            yield entry.stat().st_mtime_ns, size, Path(entry.path)


def _throw_away(place: Path) -> None:
    """Remove work as a whole: whoever asks for it finds all of it or nothing."""
    with contextlib.suppress(OSError), scratch_folder(place.parent) as scratch:
        place.rename(scratch / place.name)


def _put(finished: Path, place: Path) -> None:
    sync_below(finished)  # else a loss of power could leave work that is there and not whole
    try:
        finished.rename(place)
    except OSError:
        if not place.is_dir():  # else another process made the same, and was quicker
            raise


def digest_of_parts(parts: Sequence[str]) -> str:
    """Give one digest for several texts, in order."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def program_digest() -> str:
    """Give the digest of this program's own code and of the names and versions of its libraries.

    Work of another version of any of them is made again.
    """
    sha = hashlib.sha256(json.dumps(libraries()).encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        sha.update(path.relative_to(PACKAGE).as_posix().encode())
        sha.update(unix_text(path.read_bytes()))
    return sha.hexdigest()


def libraries() -> list[str]:
    """Give what is installed beside Python, and Python itself: each name ends with its version."""
    places = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    installed = {path.name for place in places for path in Path(place).glob("*.dist-info")}
    return [sysconfig.get_python_version(), *sorted(installed)]

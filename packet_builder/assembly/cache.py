"""Keeps what was made by the digest of all that it was made from, so that nothing is made twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packet_builder.case_lock import OFFICE
from packet_builder.workspace import PACKAGE, make_folder, scratch_folder, sync_below


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of finished work. Safe to delete at any time."""

    folder: Path

    def place(self, made_from: Sequence[str]) -> Path:
        """Give where work of that origin lies, or would lie."""
        return self.folder / digest_of_parts((program_digest(), *made_from))

    def has(self, made_from: Sequence[str]) -> bool:
        """Tell whether work of that origin is there."""
        return self.place(made_from).is_dir()

    def kept(self, made_from: Sequence[str], make: Callable[[Path], None]) -> Path:
        """Give the folder of finished work; `make` fills it where it is not there yet.

        The folder appears under its name only when `make` has ended without an error.
        """
        place = self.place(made_from)
        if not place.is_dir():
            make_folder(self.folder)
            with scratch_folder(self.folder) as scratch:
                finished = scratch / "finished"
                finished.mkdir(mode=0o700)
                make(finished)
                _put(finished, place)
        return place


def case_cache(output: Path, case: str) -> Cache:
    """Give the cache of one case."""
    return Cache(output / case / "cache")


def office_cache(output: Path) -> Cache:
    """Give the cache of what is the same for all cases: blanks made ready, and the engine."""
    return Cache(output / OFFICE)


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
    """Give the digest of this program's own code: work of another version is made again."""
    sha = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        sha.update(path.relative_to(PACKAGE).as_posix().encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()

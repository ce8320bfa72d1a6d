"""What a run is making is marked as in work; what killed runs left unfinished is taken away."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PART, SCRATCH = ".part-", ".scratch-"  # how the names of what is not finished begin
_ABANDONED_SECONDS = 86_400.0


@contextlib.contextmanager
def in_work(descriptor: int | None) -> Iterator[None]:
    """Mark something open as being made, so that no other run takes it away; then close it."""
    if descriptor is None:
        yield
        return
    if sys.platform == "win32":
        os.close(descriptor)  # what is open could not be moved there
        yield
        return
    try:
        with contextlib.suppress(OSError):  # some network folders know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove what nobody is making any more in a folder, or also below it."""
    for path in tuple(_unfinished(folder, deep=deep)):
        if path.is_symlink() or not _is_abandoned(path):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def is_unfinished(path: Path) -> bool:
    """Tell whether something bears the name of what is not finished."""
    return path.name.startswith((PART, SCRATCH))


def opened_folder(folder: Path) -> int | None:
    """Open a folder, where the system can."""
    return os.open(folder, os.O_RDONLY) if os.name == "posix" else None


def _unfinished(folder: Path, *, deep: bool) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from filter(is_unfinished, (Path(place, name) for name in (*folders, *files)))
        folders[:] = [name for name in folders if deep and not is_unfinished(Path(name))]


def _is_abandoned(path: Path) -> bool:
    """Tell whether no process is at work on something; marks of dead ones are gone."""
    try:
        if sys.platform == "win32":
            return time.time() - path.stat().st_mtime > _ABANDONED_SECONDS
        descriptor = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True

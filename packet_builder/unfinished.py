"""What is not finished bears a name of its own; what killed runs left is taken away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from packet_builder import system

PART, SCRATCH = ".part-", ".scratch-"  # how the names of what is not finished begin


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove what nobody is making any more in a folder, or also below it."""
    for path in tuple(_unfinished(folder, deep=deep)):
        if path.is_symlink() or not system.is_abandoned(path):
            continue
        if path.is_dir():
            system.remove_folder(path)
        else:
            system.remove(path)


def is_unfinished(path: Path) -> bool:
    """Tell whether something bears the name of what is not finished."""
    return path.name.startswith((PART, SCRATCH))


def _unfinished(folder: Path, *, deep: bool) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from filter(is_unfinished, (Path(place, name) for name in (*folders, *files)))
        folders[:] = [name for name in folders if deep and not is_unfinished(Path(name))]

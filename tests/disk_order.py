"""Changes on a disk become what a loss of power could have taken: content, or names, too late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from packet_builder.case_lock import OFFICE
from packet_builder.unfinished import PART, SCRATCH
from tests.crashes import Change

_WRITES = {"write", "pwrite64", "writev", "sendfile", "copy_file_range", "ftruncate"}
_TARGET = re.compile(r"\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')


def out_of_order(changes: tuple[Change, ...]) -> list[str]:
    """Name every file whose name, and every name whose folder, was not on the disk in time."""
    return list(_out_of_order(changes))


def _out_of_order(changes: tuple[Change, ...]) -> Iterator[str]:
    unsynced: dict[str, str] = {}  # files with content, and folders with names, not on the disk yet
    for change in changes:
        match change.call:
            case call if call in _WRITES:
                unsynced[_written(change)] = "content"
            case "fsync" | "fdatasync":
                unsynced.pop(_written(change), None)
            case "rename" | "renameat" | "renameat2":
                old, new = _NAMES.findall(change.said)[:2]
                inside = [path for path in unsynced if path == old or path.startswith(f"{old}/")]
                yield from (f"{path} was not on the disk when it became {new}" for path in inside)
                for path in inside:
                    unsynced[path.replace(old, new, 1)] = unsynced.pop(path)
                if new.endswith("/packet.json"):
                    yield from (
                        f"{path} was not on the disk before {new}" for path in _open(unsynced)
                    )
                unsynced[str(Path(new).parent)] = "names"
            case "unlink" | "unlinkat" | "rmdir":
                gone = "/".join(_TARGET.findall(change.said)[:1] + _NAMES.findall(change.said)[:1])
                for path in [path for path in unsynced if path.startswith(gone)]:
                    del unsynced[path]
            case _:
                pass
    yield from (f"{path} was never on the disk" for path in _open(unsynced))


def _written(change: Change) -> str:
    targets = _TARGET.findall(change.said)
    return str(targets[1 if change.call == "copy_file_range" else 0])


def _open(unsynced: dict[str, str]) -> list[str]:
    """Give what has to last: not what can be made again, nor what is still being made."""
    return [path for path in unsynced if not any(map(_passes, Path(path).parts))]


def _passes(name: str) -> bool:
    return name.startswith((PART, SCRATCH)) or name in {"cache", OFFICE, "temporary"}

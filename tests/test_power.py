"""A loss of power loses nothing that was named: files reach the disk before their names do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from packet_builder.case_lock import OFFICE
from packet_builder.unfinished import PART, SCRATCH
from tests.crash_office import WORK, begin_work, prepare
from tests.crashes import Change, runner
from tests.tried import noted

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


def test_content_is_on_the_disk_before_its_name_and_names_before_the_manifest(
    tmp_path: Path,
) -> None:
    prepare(tmp_path / "office")
    with runner(tmp_path / "office", tmp_path / "snapshots") as running:
        begin_work(running)
        for name, command in WORK.items():
            running.restore(name)
            changes = running.changes(*command)

            assert out_of_order(changes) == [], name
            assert any(change.call.startswith("rename") for change in changes) or name == "receipt"
    noted(
        "Crashes",
        "commands of an office, each followed by strace for the order of a loss of power",
        len(WORK),
        "content is on the disk before it gets its name, names before the manifest that needs them",
    )


@pytest.mark.parametrize(
    ("calls", "faults"),
    [
        (["write 3</o/a>", 'rename "/o/a", "/o/b"', "fsync 3</o>", "fsync 3</o/b>"], 1),
        (["write 3</o/a>", "fsync 3</o/a>", 'rename "/o/a", "/o/b"'], 1),
        (["write 3</o/a>", "fsync 3</o/a>", 'rename "/o/a", "/o/b"', "fsync 3</o>"], 0),
        (["write 3</o/log>"], 1),
        (
            [
                *("write 3</o/.part-a>", "fsync 3</o/.part-a>", 'rename "/o/.part-a", "/o/b"'),
                *("write 4</o/c/p>", "fsync 4</o/c/p>", 'rename "/o/c/p", "/o/c/packet.json"'),
                *("fsync 3</o>", "fsync 3</o/c>"),
            ],
            1,
        ),
    ],
)
def test_a_wrong_order_is_found(calls: list[str], faults: int) -> None:
    changes = tuple(Change(call.split()[0], 1, call.partition(" ")[2]) for call in calls)

    assert len(out_of_order(changes)) == faults

"""What happened to a filing, one line each, each line sealed with the digest of all before it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder import system
from packet_builder.errors import UnusableError
from packet_builder.workspace import make_folder

LOG = "log.jsonl"
_BEGINNING = "0" * 64
_SHORT = 12


class LogAlteredError(UnusableError):
    """A line of the log was changed, taken out or moved after it was written."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"{path}, line {line}: the log was altered: this line does not follow from the one "
            "before it. Nothing is decided on such a log. Restore the folder from a backup."
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    seq: int
    kind: str
    said: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Log:
    """All lines that were written whole."""

    entries: tuple[Entry, ...]
    length: int  # in bytes, without the torn line of a run that was cut off

    @property
    def head(self) -> str:
        """Give the digest that seals everything so far."""
        return self.entries[-1].hash if self.entries else _BEGINNING

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Give the lines of one kind, in order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


def short(digest: str) -> str:
    """Give as much of a digest as a person can compare."""
    return digest[:_SHORT]


def read_log(folder: Path) -> Log:
    """Read the log of a folder; raises LogAlteredError.

    What stands behind the last line's end was never told to anybody, and is passed over. Whole
    lines that are missing at the end cannot be seen here: that is why the head is also told to
    people, and stands in the manifest of each final packet.
    """
    path = folder / LOG
    content = path.read_bytes() if path.is_file() else b""
    *lines, _ = content.split(b"\n")
    entries: list[Entry] = []
    for number, line in enumerate(lines, start=1):
        entry = _entry(line, entries)
        if entry is None:
            raise LogAlteredError(path, number)
        entries.append(entry)
    return Log(tuple(entries), sum(len(line) + 1 for line in lines))


def append(folder: Path, kind: str, said: Sequence[Mapping[str, Any]]) -> Log:
    """Add lines; they are on the disk when this returns. The caller holds the case.

    Raises LogAlteredError: nothing is added to a log that does not hold together.
    """
    log = read_log(folder)
    entries, lines = list(log.entries), b""
    for one in said:
        prev = entries[-1].hash if entries else _BEGINNING
        core = {"seq": len(entries), "prev": prev, "kind": kind, "said": dict(one)}
        entries.append(Entry(len(entries), kind, one, _sealed(core)))
        lines += _canonical({**core, "hash": entries[-1].hash}) + b"\n"
    _write(folder, lines, log.length)
    return Log(tuple(entries), log.length + len(lines))


def _write(folder: Path, lines: bytes, length: int) -> None:
    """Write lines behind what is whole; a torn line there is written over."""
    descriptor = system.opened_to_write(make_folder(folder) / LOG)
    try:
        os.ftruncate(descriptor, length)
        os.lseek(descriptor, length, os.SEEK_SET)
        while lines:
            lines = lines[os.write(descriptor, lines) :]
        system.sync(descriptor)
    finally:
        os.close(descriptor)
    if not length:
        system.sync_folder(folder)


def _entry(line: bytes, before: Sequence[Entry]) -> Entry | None:
    """Give what a line says; None where it does not follow from the lines before it."""
    prev = before[-1].hash if before else _BEGINNING
    try:
        read = json.loads(line)
        digest = read.pop("hash")
        entry = Entry(read["seq"], read["kind"], read["said"], digest)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None
    follows = entry.seq == len(before) and read.get("prev") == prev
    whole = digest == _sealed(read) and line == _canonical({**read, "hash": digest})
    return entry if follows and whole else None


def _sealed(core: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(core)).hexdigest()


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

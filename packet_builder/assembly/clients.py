"""Who an office's clients are, read anew only from files that changed.

The names of all cases are kept in one file beside the packets, with the state that each file of
facts was in when it was read. So a run over thousands of cases reads each file once, and a case
whose own files are as they were is read again only where the name of a client changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.cache import digest_of_parts
from packet_builder.case_lock import OFFICE
from packet_builder.workspace import write_whole

Name = tuple[str, str]  # given, family
State = tuple[int, ...]  # of a file: what changes when it is written

_FILE = "clients.json"
_SETTLED_NS = 2_000_000_000  # a file may be written twice within one tick of the folder's clock


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as it was when it was read, and the clients that it names."""

    state: State
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Clients:
    """The clients of an office, by the folder of their case."""

    of: Mapping[str, tuple[Name, ...]]

    @property
    def digest(self) -> str:
        """Give the digest of all names."""
        return digest_of_parts([json.dumps(self.of, sort_keys=True)])

    def beside(self, case: str) -> frozenset[Name]:
        """Give the clients of every other case."""
        return frozenset(
            name for folder, names in self.of.items() for name in names if folder != case
        )


def clients_of(office: Path, output: Path, digest: str | None = None) -> Clients:
    """Give the clients of the cases in a folder.

    With a digest they are taken as they were kept, if that is theirs: a run over many cases looks
    at the files of all of them once.
    """
    place = output / OFFICE / _FILE
    known, kept_at = _kept(place)
    if digest is not None and (clients := _clients(known)).digest == digest:
        return clients
    seen = dict(_seen(office, known, kept_at))
    if seen != known or any(not _is_settled(one.state, kept_at) for one in seen.values()):
        _keep(place, seen)
    return _clients(seen)


def _seen(office: Path, known: Mapping[str, _Known], kept_at: int) -> Iterator[tuple[str, _Known]]:
    for path in sorted(office.glob("*/*.y*ml")):
        try:
            status = path.stat()
        except OSError:  # a link that leads nowhere
            continue
        state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        name = path.relative_to(office).as_posix()
        former = known.get(name)
        if former and former.state == state and _is_settled(state, kept_at):
            yield name, former
        elif path.is_file():
            from packet_builder.assembly.client_names import names_in  # noqa: PLC0415 - only for what changed

            yield name, _Known(state, names_in(path))


def _is_settled(state: State, kept_at: int) -> bool:
    """Tell whether a file was last written well before it was read and noted."""
    _, modified, changed, _ = state
    return max(modified, changed) + _SETTLED_NS < kept_at


def _clients(files: Mapping[str, _Known]) -> Clients:
    of: dict[str, tuple[Name, ...]] = {}
    for name, known in files.items():
        folder = name.partition("/")[0]
        of[folder] = (*of.get(folder, ()), *known.names)
    return Clients({folder: names for folder, names in of.items() if names})


def _kept(place: Path) -> tuple[dict[str, _Known], int]:
    """Give what is kept, and when it was; nothing where that cannot be read."""
    try:
        rows = json.loads(place.read_text(encoding="utf-8"))
        known = {
            name: _Known(tuple(state), tuple((given, family) for given, family in names))
            for name, (state, names) in rows.items()
        }
        return known, place.stat().st_mtime_ns
    except (OSError, ValueError, TypeError, AttributeError):
        return {}, 0


def _keep(place: Path, files: Mapping[str, _Known]) -> None:
    rows = {name: (known.state, known.names) for name, known in files.items()}
    write_whole(place, json.dumps(rows).encode())

"""What is kept beside a packet, and nothing names any more, is removed when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packet_builder import system
from packet_builder.case_lock import case_lock
from packet_builder.kept import kept_in
from packet_builder.review.docket import Docket, open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.log import LOG

_DIGEST = re.compile(rb"[0-9a-f]{64}")
_NAMING = b"{"  # how what names others begins: a manifest, or facts


@dataclass(frozen=True, slots=True)
class Pruned:
    """What nothing names."""

    files: int
    bytes: int


def prune(case: Path, case_output: Path, filing: str | None, *, remove: bool) -> Pruned:
    """Count what nothing names any more, or remove it.

    Named is what a manifest names, that of the packet, of a former build or of a final one; what a
    decision names; and what these name in turn. In doubt it is kept.
    """
    with case_lock(case, case_output):
        docket = open_docket(case, case_output, filing)
        record_of(docket)  # what cannot be read may name anything
        named = _named(docket)
        unnamed = [path for path in kept_in(docket.filing) if path.name not in named]
        found = Pruned(len(unnamed), sum(path.stat().st_size for path in unnamed))
        for path in unnamed if remove else ():
            system.remove(path)
        return found


def named_files(docket: Docket) -> tuple[Path, ...]:
    """Give each kept file that something names."""
    named = _named(docket)
    return tuple(path for path in kept_in(docket.filing) if path.name in named)


def _named(docket: Docket) -> frozenset[str]:
    kept = {path.name: path for path in kept_in(docket.filing)}
    waiting = [*_naming_files(docket)]
    named: set[str] = set()
    while waiting:
        for digest in map(bytes.decode, _DIGEST.findall(waiting.pop().read_bytes())):
            if digest in kept and digest not in named:
                named.add(digest)
                if _names_others(kept[digest]):
                    waiting.append(kept[digest])
    return frozenset(named)


def _naming_files(docket: Docket) -> Iterator[Path]:
    kept = frozenset(kept_in(docket.filing))
    yield from (path for path in docket.filing.rglob("*.json") if path not in kept)
    if (docket.review / LOG).is_file():
        yield docket.review / LOG


def _names_others(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(1) == _NAMING

"""What taking in an evidence file came to, and the row in which it travels between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Intake:
    """An evidence file as the packet can take it."""

    path: Path  # the PDF to bind: the original where it needs nothing, else ours at the target
    pages: int
    texts: tuple[str, ...]  # each page's text layer; "" for a page that is only a picture
    removals: tuple[str, ...]  # what the packet copy does not carry: kinds and counts, no content
    notes: tuple[str, ...]  # what was done, and what the attorney should know
    covered: tuple[int, ...] = ()  # pages on which words lie under a box or a picture, from 1
    unredacted: tuple[int, ...] = ()  # pages on which redactions were marked and never applied
    read: tuple[int, ...] = ()  # pages whose words a machine read; they are not among `texts`

    def row(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "path": str(self.path),
            "pages": self.pages,
            "texts": list(self.texts),
            "removals": list(self.removals),
            "notes": list(self.notes),
            "covered": list(self.covered),
            "unredacted": list(self.unredacted),
            "read": list(self.read),
        }


def intake_of(row: Mapping[str, Any], source: Path, target: Path) -> Intake:
    """Give what a row says; a process that names any other file than these two is not believed."""
    path = Path(row["path"])
    if path not in {source, target}:
        message = "another file than the one that was to be taken in"
        raise ValueError(message)
    texts, removals, notes = (tuple(map(str, row[key])) for key in ("texts", "removals", "notes"))
    covered, unredacted, read = (
        tuple(map(int, row[key])) for key in ("covered", "unredacted", "read")
    )
    return Intake(path, int(row["pages"]), texts, removals, notes, covered, unredacted, read)

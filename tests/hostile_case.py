"""A file that means no good, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from packet_builder.errors import PacketError

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody takes the file: why, in words of the message."""

    error: type[PacketError]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The file is taken, with so many pages, and these words in its notes or removals."""

    pages: int = 1
    says: str = ""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file that somebody may send, made anew whenever it is tried."""

    kind: str  # the row of the table: what such files have in common
    what: str  # this one
    name: str  # under which it comes
    make: Make
    comes_to: Refused | Taken

    @property
    def id(self) -> str:
        """Give the name of its test."""
        return f"{self.kind}: {self.what}"


def hostile(
    kind: str, name: str, rows: Iterable[tuple[str, Make, Refused | Taken]]
) -> Iterator[Hostile]:
    """Give the files of one kind."""
    return (Hostile(kind, what, name, make, comes_to) for what, make, comes_to in rows)

"""What an archive holds, as its first file says: each file by its place, name and digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from packet_builder import system
from packet_builder.file_names import can_lie_here, meeting, wrong_on_windows

FORMAT = 1

#: Is told of each file when it is done: how many bytes of it, and of all.
Counting = Callable[[int, int], None]


def uncounted(_: int, __: int) -> None:
    """Tell nobody."""


class Place(StrEnum):
    """Where a file belongs."""

    CASE = "case"  # in the case folder
    OUTPUT = "output"  # in the folder of the case's packets
    OFFICE = "office"  # beside the case folders


class Listed(BaseModel):
    """One file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    name: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]
    read_only: bool = False


class Listing(BaseModel):
    """All files of an archive, in the order in which they follow."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    program: Annotated[str, StringConstraints(max_length=100)]
    case: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    files: Annotated[tuple[Listed, ...], Field(max_length=200_000)]

    @property
    def size(self) -> int:
        """Give the bytes of all files."""
        return sum(one.bytes for one in self.files)


def unsafe_names(listing: Listing) -> Iterator[str]:
    """Give what in a listing would lie elsewhere than it says."""
    if not can_lie_here(listing.case) or listing.case.startswith("."):
        yield "the name of the case"
    for one in listing.files:
        parts = one.name.split("/")
        if not all(map(can_lie_here, parts)) or (one.place is Place.OFFICE and len(parts) > 1):
            yield f"the name of a file ({one.place})"
    if system.SYSTEM is not system.System.LINUX:
        yield from (f"the name of a file ({place})" for place, _ in _meeting(listing))


def wrong_elsewhere(listing: Listing) -> Iterator[str]:
    """Say of each name in a listing that another system does not take, why."""
    for one in listing.files:
        wrong = map(wrong_on_windows, one.name.split("/"))
        if reason := next(filter(None, wrong), None):
            yield f"{one.name} {reason}; no Windows can hold it"
    for _, name in _meeting(listing):
        yield f"{name} differs from another in capitals or accents only; macOS and Windows hold one"


def _meeting(listing: Listing) -> Iterator[tuple[Place, str]]:
    for place in Place:
        names = (one.name for one in listing.files if one.place is place)
        yield from ((place, name) for name in meeting(names))

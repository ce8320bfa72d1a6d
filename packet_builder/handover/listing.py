"""What an archive holds, as its first file says: each file by its place, name and digest."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FORMAT = 1
_MOST_NAME_BYTES = 255
_APART = frozenset('\\/:*?"<>|' if os.name == "nt" else "/")


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


def unsafe_names(listing: Listing) -> Iterator[str]:
    """Give what in a listing would lie elsewhere than it says."""
    if not _is_plain(listing.case) or listing.case.startswith("."):
        yield "the name of the case"
    for one in listing.files:
        parts = one.name.split("/")
        if not all(map(_is_plain, parts)) or (one.place is Place.OFFICE and len(parts) > 1):
            yield f"the name of a file ({one.place})"


def _is_plain(part: str) -> bool:
    """Tell whether a name stays in its folder, on this system."""
    return (
        part not in {"", ".", ".."}
        and not set(part) & _APART
        and not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in part)
        and len(part.encode("utf-8", "replace")) <= _MOST_NAME_BYTES
        and not (os.name == "nt" and part.endswith((" ", ".")))
    )

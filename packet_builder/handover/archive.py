"""A listing and its files become a stream of bytes, and back: a plain tar file.

Whoever has opened an archive with another program finds there `packet-builder.json`, the listing,
and each file under its digest. Nothing in an archive is believed but what the listing says.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from packet_builder.handover.errors import ExportedFileChangedError
from packet_builder.handover.listing import Counting, Listed, Listing, uncounted

LISTING = "packet-builder.json"
_MOST_LISTING_BYTES = 64 << 20
_PIECE = 1 << 20
_BLOCK = tarfile.BLOCKSIZE

_LONG = "its listing is too long"
_UNREADABLE = "its listing cannot be read"
_NO_CASE = "it holds no case, or ends too early"
_SHORT = "it ends too early"
_OTHER_LENGTH = "a file is longer or shorter than its listing says"
_OTHER_FILE = "a file is not the one that its listing names"
_MORE = "there is more in it than its listing says"


class Taking(Protocol):
    """What takes bytes."""

    def write(self, content: bytes, /) -> object:
        """Take all of them."""


class Giving(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many; none at the end."""


class NotAsListedError(Exception):
    """A stream is not what its own listing says, in the words of its argument."""


def write_archive(
    listing: Listing,
    file_of: Callable[[Listed], Path],
    target: Taking,
    count: Counting = uncounted,
) -> None:
    """Write a listing and its files; raises ExportedFileChangedError."""
    content = listing.model_dump_json(indent=1).encode()
    size = listing.size
    _write_member(target, LISTING, len(content), iter((content,)))
    for one in listing.files:
        _write_member(target, _member(one), one.bytes, _unchanged(one, file_of(one)))
        count(one.bytes, size)
    target.write(bytes(2 * _BLOCK))


def read_listing(source: Giving) -> Listing:
    """Read the listing, with which an archive begins; raises NotAsListedError."""
    size = _read_head(source, LISTING)
    if size > _MOST_LISTING_BYTES:
        raise NotAsListedError(_LONG)
    content = b"".join(_pieces(source, size))
    try:
        return Listing.model_validate_json(content)
    except ValidationError:
        raise NotAsListedError(_UNREADABLE) from None


def read_files(
    source: Giving, listing: Listing, write: Callable[[Listed, Iterator[bytes]], None]
) -> None:
    """Hand out each file, in pieces; raises NotAsListedError, also when a file was handed out."""
    for one in listing.files:
        if _read_head(source, _member(one)) != one.bytes:
            raise NotAsListedError(_OTHER_LENGTH)
        sha = hashlib.sha256()
        write(one, _summed(_pieces(source, one.bytes), sha.update))
        if sha.hexdigest() != one.sha256:
            raise NotAsListedError(_OTHER_FILE)
    if _all_of(source, 2 * _BLOCK) != bytes(2 * _BLOCK) or source.read(1):
        raise NotAsListedError(_MORE)


def _member(one: Listed) -> str:
    return f"files/{one.sha256}"


def _write_member(target: Taking, name: str, size: int, pieces: Iterator[bytes]) -> None:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    target.write(head.tobuf(tarfile.USTAR_FORMAT))
    for piece in pieces:
        target.write(piece)
    target.write(bytes(-size % _BLOCK))


def _unchanged(one: Listed, path: Path) -> Iterator[bytes]:
    """Give a file in pieces; raises ExportedFileChangedError where it is not as it was listed."""
    sha, left = hashlib.sha256(), one.bytes
    with path.open("rb") as stream:
        while left and (piece := stream.read(min(_PIECE, left))):
            sha.update(piece)
            left -= len(piece)
            yield piece
        if left or stream.read(1) or sha.hexdigest() != one.sha256:
            raise ExportedFileChangedError(path)


def _read_head(source: Giving, name: str) -> int:
    try:
        head = tarfile.TarInfo.frombuf(_all_of(source, _BLOCK), "utf-8", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError):
        raise NotAsListedError(_NO_CASE) from None
    if head.type != tarfile.REGTYPE or head.name != name or head.size < 0:
        raise NotAsListedError(_OTHER_FILE)
    return head.size


def _pieces(source: Giving, size: int) -> Iterator[bytes]:
    left = size
    while left:
        piece = source.read(min(_PIECE, left))
        if not piece:
            raise NotAsListedError(_SHORT)
        left -= len(piece)
        yield piece
    _all_of(source, -size % _BLOCK)


def _all_of(source: Giving, size: int) -> bytes:
    content = io.BytesIO()
    while content.tell() < size and (piece := source.read(size - content.tell())):
        content.write(piece)
    return content.getvalue()


def _summed(pieces: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece

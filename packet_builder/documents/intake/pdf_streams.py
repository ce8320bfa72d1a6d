"""The packed parts of a PDF are measured before any reader unpacks them."""

from __future__ import annotations

import contextlib
import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from packet_builder.documents.intake.errors import DecompressionBombError
from packet_builder.documents.intake.picture import check_pixels

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_END = b"endstream"
_HEAD_BYTES = 4096  # a dictionary is shorter
_OBJECT = b" obj"
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_SIDES = tuple(
    re.compile(rb"/%s\s+(\d{1,9})\b(?!\s+\d+\s+R)" % side) for side in (b"Width", b"Height")
)
_LEAST_BYTES = 75_000_000  # what pypdf 7.1 unpacks anyway
_MOST_BYTES = 1_000_000_000
_MOST_RATIO = 200  # text packs to a tenth, a drawing of nothing but lines to a fiftieth
_HIGHEST_RATIO = 1032  # of deflate
_DEEPEST = 16
_PIECE_BYTES = 1 << 20


def check_streams(name: str, path: Path) -> None:
    """Refuse a file with a part that unpacks to far more than a page can need.

    Found by their bytes, so that also what no page names is seen: readers unpack metadata, lists
    and typefaces when they only open a file. What is encrypted is seen in its open copy.
    """
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for head, start, end in _streams(content):
            if _PICTURE.search(head):
                width, height = (side.search(head) for side in _SIDES)
                if width and height:
                    check_pixels(name, int(width[1]), int(height[1]))
            elif layers := len(_PACKED.findall(head)):
                _check(name, content, (start, end), layers)


def _streams(content: mmap.mmap) -> Iterator[tuple[bytes, int, int]]:
    """Yield each stream's dictionary, and where its data begin and end."""
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - _HEAD_BYTES) : found.start()]
        end = content.find(_END, found.end())
        yield head[head.rfind(_OBJECT) + 1 :], found.end(), len(content) if end < 0 else end


def _check(name: str, content: mmap.mmap, span: tuple[int, int], layers: int) -> None:
    start, end = span
    packed = end - start
    most = min(_MOST_BYTES, max(_LEAST_BYTES, _MOST_RATIO * packed))
    if packed * _HIGHEST_RATIO ** min(layers, _DEEPEST) <= most:
        return
    pieces = (content[at : min(at + _PIECE_BYTES, end)] for at in range(start, end, _PIECE_BYTES))
    unpacked = 0
    for piece in _unpacked(pieces, layers):
        unpacked += len(piece)
        if unpacked > most:
            raise DecompressionBombError(name, packed, unpacked)


def _unpacked(pieces: Iterator[bytes], layers: int) -> Iterator[bytes]:
    for _ in range(min(layers, _DEEPEST)):
        pieces = _inflated(pieces)
    return pieces


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack piece by piece; what does not unpack is somebody else's fault to find."""
    unpacker = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        for piece in packed:
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE_BYTES)
                rest = unpacker.unconsumed_tail

"""A packet as this program writes packets, read anew from its bytes alone."""

from __future__ import annotations

import array
import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

_END = re.compile(rb"\nstartxref\n(\d+)\n%%EOF\n\Z")
_END_BYTES = 64
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ROW_BYTES, _OFFSET_DIGITS, _USED = 20, 10, b" 00000 n \n"
_ROOT = re.compile(rb"trailer\n<<[^>]*/Root (\d+) 0 R")
_CATALOG = re.compile(rb"\d+ 0 obj\n<</Type /Catalog/Pages (\d+) 0 R/")
_TREE = re.compile(rb"\d+ 0 obj\n<</Type/Pages/Count (\d+)/Kids\[((?:\d+ 0 R ?)*)\]>>\nendobj\n")
_HEAD_BYTES = 256


class NotOursError(Exception):
    """A file is not written as this program writes packets."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """Where each object stands, and which of them are the pages."""

    stream: BufferedReader
    offsets: Sequence[int]  # by number of the object
    tree: int
    pages: tuple[int, ...]  # in order


@contextlib.contextmanager
def own_file(path: Path) -> Iterator[OwnFile]:
    """Open a packet; raises NotOursError."""
    with path.open("rb") as stream:
        offsets, trailer = _table(stream)
        tree = int(_found(_CATALOG, _object(stream, offsets, int(_found(_ROOT, trailer)[1])))[1])
        yield OwnFile(stream, offsets, tree, _pages(stream, offsets, tree))


def _table(stream: BinaryIO) -> tuple[Sequence[int], bytes]:
    """Give the offsets of all objects, and what follows them."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(size - _END_BYTES, 0))
    stream.seek(int(_found(_END, stream.read(), search=True)[1]))
    rest = stream.read()
    head = _found(_TABLE, rest)
    rows = rest[head.end() : head.end() + int(head[1]) * _ROW_BYTES]
    used = int(head[1]) - 1
    columns = enumerate(_USED, _ROW_BYTES + _OFFSET_DIGITS)
    if any(rows[column::_ROW_BYTES] != bytes([sign]) * used for column, sign in columns):
        raise NotOursError
    starts = range(0, len(rows), _ROW_BYTES)
    offsets = (int(rows[at : at + _OFFSET_DIGITS]) for at in starts)
    return array.array("Q", offsets), rest[head.end() + len(rows) :]


def _pages(stream: BinaryIO, offsets: Sequence[int], tree: int) -> tuple[int, ...]:
    stream.seek(_offset(offsets, tree))
    found = _found(_TREE, stream.read(_HEAD_BYTES + _ROW_BYTES * len(offsets)))
    pages = tuple(map(int, found[2].split()[::3]))
    if len(pages) != int(found[1]):
        raise NotOursError
    return pages


def _object(stream: BinaryIO, offsets: Sequence[int], number: int) -> bytes:
    stream.seek(_offset(offsets, number))
    return stream.read(_HEAD_BYTES)


def _offset(offsets: Sequence[int], number: int) -> int:
    if number >= len(offsets):
        raise NotOursError
    return offsets[number]


def _found(pattern: re.Pattern[bytes], text: bytes, *, search: bool = False) -> re.Match[bytes]:
    found = pattern.search(text) if search else pattern.match(text)
    if found is None:
        raise NotOursError
    return found

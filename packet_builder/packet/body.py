"""Writes the packet's objects to the target as they come, and keeps nothing but their offsets."""

from __future__ import annotations

import array
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from packet_builder.packet import syntax

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Body:
    """The growing file. Objects are numbered before they are written, so that any may refer to any.

    pypdf's PdfWriter holds every object until the end: 1.1 GB for a packet of 440 MB. Here an
    exhibit's pictures are gone from memory when they are on the disk.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._offsets = array.array("Q", [0])  # by object number; 0 is not written
        self._end = len(_HEADER)
        target.write(_HEADER)

    def reserve(self) -> int:
        """Give the number of an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def put(self, number: int, content: bytes) -> None:
        """Write an object under the number that was reserved for it."""
        self._write(number, b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def put_stream(self, number: int, entries: bytes, content: bytes) -> None:
        """Write a stream; `entries` are those of its dictionary, without its length."""
        head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content))
        self._write(number, head, content, b"\nendstream\nendobj\n")

    def add(self, content: bytes) -> int:
        """Write an object, and give its number."""
        number = self.reserve()
        self.put(number, content)
        return number

    def add_stream(self, entries: bytes, content: bytes) -> int:
        """Write a stream, and give its number."""
        number = self.reserve()
        self.put_stream(number, entries, content)
        return number

    def finish(self, trailer: Mapping[str, bytes]) -> None:
        """Write the table of offsets and the trailer: the file is whole then."""
        count = len(self._offsets)
        self._target.write(b"xref\n0 %d\n" % count)
        self._target.writelines(self._table())
        written = syntax.dictionary({"Size": b"%d" % count, **trailer})
        self._target.write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (written, self._end))

    def _table(self) -> Iterator[bytes]:
        yield b"0000000000 65535 f \n"
        for number in range(1, len(self._offsets)):
            assert self._offsets[number], f"object {number} was reserved and never written"  # noqa: S101 - our own mistake
            yield b"%010d 00000 n \n" % self._offsets[number]

    def _write(self, number: int, *parts: bytes) -> None:
        assert not self._offsets[number], f"object {number} was written twice"  # noqa: S101 - our own mistake
        self._offsets[number] = self._end
        for part in parts:
            self._target.write(part)
            self._end += len(part)

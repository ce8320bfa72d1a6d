"""Writes objects to a file as they come, and keeps nothing but their offsets."""

from __future__ import annotations

import array
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from packet_builder.packet import syntax

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
WIDTH = 7  # characters of a number that may be changed later; no reader knows longer ones
_NUMBERS = re.compile(rb"(?<![\w.])\d+(?= 0 (?:R\b|obj\n))")


def field(number: int) -> bytes:
    """Give the number of an object in its whole width."""
    return (b"%d" % number).ljust(WIDTH)


class Body:
    """The growing file. Objects are numbered before they are written, so that any may refer to any.

    pypdf's PdfWriter holds every object until the end: 1.1 GB for a packet of 440 MB. Here an
    exhibit's pictures are gone from memory when they are on the disk.
    """

    def __init__(self, target: BinaryIO, *, movable: bool = False) -> None:
        """Begin a file; in a movable one all numbers of objects can be changed where they stand.

        Of a movable one the digest is known when it is written.
        """
        self._target = target
        self._sha = hashlib.sha256() if movable else None
        self._movable = movable
        self.offsets = array.array("Q", [0])  # by object number; 0 is not written
        self.fields = array.array("Q")  # where, in a movable file, a number of an object stands
        self.end = 0  # how many bytes are written
        self._put(HEADER)

    @property
    def digest(self) -> str:
        """Give the sha256 of what is written of a movable file, without reading it again."""
        assert self._sha is not None, "the digest of this file is not counted"  # noqa: S101 - our own mistake
        return self._sha.hexdigest()

    def reserve(self, count: int = 1) -> int:
        """Give the number of an object that is written later, or the first of several in a row."""
        self.offsets.extend(itertools.repeat(0, count))
        return len(self.offsets) - count

    def put(self, number: int, content: bytes) -> None:
        """Write an object under the number that was reserved for it."""
        self._begin(number, self.end)
        self._put_syntax(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def put_stream(self, number: int, entries: bytes, content: bytes) -> None:
        """Write a stream; `entries` are those of its dictionary, without its length."""
        self._begin(number, self.end)
        self._put_syntax(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content)))
        self._put(content)
        self._put(b"\nendstream\nendobj\n")

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

    def put_copied(
        self, first: int, offsets: Sequence[int], content: Iterable[bytes | bytearray]
    ) -> None:
        """Write objects of another such file, which take the numbers from `first` on.

        `content` is what follows that file's header, and `offsets` are where each stands in it, or
        0 for one that stands elsewhere.
        """
        moved = self.end - len(HEADER)
        for number, offset in enumerate(offsets, first):
            if offset:
                self._begin(number, offset + moved)
        for piece in content:
            self._put(piece)

    def finish(self, trailer: Mapping[str, bytes]) -> None:
        """Write the table of offsets and the trailer: the file is whole then."""
        count, end = len(self.offsets), self.end
        self._put(b"xref\n0 %d\n" % count)
        self._target.writelines(self._table())
        written = syntax.dictionary({"Size": b"%d" % count, **trailer})
        self._put(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (written, end))

    def _table(self) -> Iterator[bytes]:
        yield b"0000000000 65535 f \n"
        for number in range(1, len(self.offsets)):
            assert self.offsets[number], f"object {number} was reserved and never written"  # noqa: S101 - our own mistake
            yield b"%010d 00000 n \n" % self.offsets[number]

    def _begin(self, number: int, offset: int) -> None:
        assert not self.offsets[number], f"object {number} was written twice"  # noqa: S101 - our own mistake
        self.offsets[number] = offset

    def _put_syntax(self, content: bytes) -> None:
        self._put(self._spread(content) if self._movable else content)

    def _spread(self, content: bytes) -> bytes:
        """Give each number of an object its whole width, and remember where it stands."""
        assert b"(" not in content, "a text may hold what looks like the number of an object"  # noqa: S101 - our own mistake
        at, written = 0, self.end
        pieces: list[bytes] = []
        before = len(self.fields)
        for found in _NUMBERS.finditer(content):
            between = content[at : found.start()]
            pieces += (between, field(int(found[0])))
            self.fields.append(written + len(between))
            written += len(between) + WIDTH
            at = found.end()
        known = len(self.fields) - before
        assert known == content.count(b" 0 R") + content.count(b" 0 obj"), "a number is missed"  # noqa: S101 - our own mistake
        return b"".join((*pieces, content[at:]))

    def _put(self, content: bytes | bytearray) -> None:
        self._target.write(content)
        if self._sha is not None:
            self._sha.update(content)
        self.end += len(content)

"""Changes to a PDF become bytes that follow its last one, so that no more than them is written.

A whole official form has some thousand objects, of which filling touches a few dozen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby, starmap
from pathlib import Path
from typing import cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, NumberObject, PdfObject

_KEPT = ("/Root", "/Info", "/ID")  # of the trailer
_END_BYTES = 64


class Update:
    """Collects the objects of a PDF that are new, or that changed in memory."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self.reader = PdfReader(source)
        self._size = cast("int", self.reader.trailer["/Size"])
        self._objects: dict[int, PdfObject] = {}

    def add(self, value: PdfObject) -> IndirectObject:
        """Give a reference to a new object."""
        reference = IndirectObject(self._size, 0, self.reader)
        self.reader.cache_indirect_object(0, self._size, value)
        self._objects[self._size] = value
        self._size += 1
        return reference

    def renewed(self, number: int) -> DictionaryObject:
        """Give an object of the source, which is written anew as it is in memory by then."""
        value = self.reader.get_object(IndirectObject(number, 0, self.reader))
        assert isinstance(value, DictionaryObject)  # noqa: S101 - a field is one
        self._objects[number] = value
        return value

    def write(self, target: Path) -> None:
        """Write the source, byte for byte, and what is new after it."""
        out = io.BytesIO(self._source.read_bytes())
        former = int(
            out.getvalue().rstrip().rsplit(maxsplit=2)[-2]
        )  # "startxref", a place, "%%EOF"
        out.seek(0, io.SEEK_END)
        places = {number: self._put(out, number) for number in sorted(self._objects)}
        start = out.tell()
        out.write(b"xref\n" + b"".join(starmap(_section, _runs(places))))
        out.write(b"trailer\n")
        self._trailer(int(former)).write_to_stream(out)
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        target.write_bytes(out.getbuffer())

    def _put(self, out: io.BytesIO, number: int) -> int:
        place = out.tell()
        out.write(b"%d 0 obj\n" % number)
        self._objects[number].write_to_stream(out)
        out.write(b"\nendobj\n")
        return place

    def _trailer(self, former: int) -> DictionaryObject:
        numbers = {"/Size": self._size, "/Prev": former}
        trailer = DictionaryObject(
            {NameObject(name): NumberObject(number) for name, number in numbers.items()}
        )
        for name in _KEPT:
            if name in self.reader.trailer:
                trailer[NameObject(name)] = self.reader.trailer.raw_get(name)
        return trailer


def _runs(places: dict[int, int]) -> Iterator[tuple[int, list[int]]]:
    """Give the places of objects whose numbers follow each other, with the first number."""
    for _, run in groupby(enumerate(places), key=lambda one: one[1] - one[0]):
        numbers = [number for _, number in run]
        yield numbers[0], [places[number] for number in numbers]


def _section(first: int, places: list[int]) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"%d %d\n" % (first, len(places)) + rows

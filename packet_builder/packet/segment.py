"""All that a packet holds of one file, kept so that it can be copied into any packet.

A segment is the pages of a file as objects of a packet, numbered from 1. Copied, each number in it
becomes another of as many characters; so every offset stays what it was. The stamp of a page, and
its links to exhibits, have their numbers here and stand elsewhere: they change with every packet,
and nothing else does.
"""

from __future__ import annotations

import array
import bisect
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from packet_builder.documents.document import PdfFile
from packet_builder.packet.body import HEADER, WIDTH, Body, field
from packet_builder.packet.cited import Address, Citation, Cited
from packet_builder.packet.geometry import Box
from packet_builder.packet.layers import Layers
from packet_builder.plan.planned import DocumentKind

CONTENT, TABLE = "segment.bin", "segment.json"
_WINDOW = 1 << 20  # bytes that are held at a time


@dataclass(frozen=True, slots=True)
class Shared:
    """The objects of a packet that all its pages refer to."""

    tree: int
    font: int  # of the stamps
    draft: int | None  # the DRAFT mark


#: In a segment these have the first numbers, and stand elsewhere.
SHARED = Shared(1, 2, 3)
OWN = 4  # the first number of an object of its own


@dataclass(frozen=True, slots=True)
class FileToBind:
    """One file of a document, and all else that its segment depends on."""

    pdf: PdfFile
    name: str  # by which a user knows it
    kind: DocumentKind  # of its document
    draft: bool  # its pages are marked as a draft

    @property
    def made_from(self) -> tuple[str, ...]:
        """Give what the segment depends on."""
        drawn = "draft" if self.draft else "final"
        return ("segment", self.pdf.sha256, str(self.pdf.pages), self.name, self.kind.value, drawn)


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """The numbers of a page's objects."""

    number: int
    stamp: int  # stands elsewhere
    annotations: int | None  # the array of all its links, if it stands elsewhere
    links: tuple[int, ...]  # those that the source carries


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment, as it lies in its folder."""

    content: Path
    digests: tuple[str, str]  # of the content, and of all that is said of it here
    offsets: Sequence[int]  # by number; 0 for what stands elsewhere
    fields: Sequence[int]  # where a number of an object stands
    pages: tuple[SegmentPage, ...]
    layers: Layers
    lost: tuple[tuple[int | None, str], ...]  # what the file holds and a packet does not
    cited: Cited


def write_table(folder: Path, body: Body, parts: Mapping[str, Any]) -> None:
    """Write down what there is to know of a segment whose content is written."""
    table = {
        "sha256": body.digest,
        "offsets": body.offsets.tolist(),
        "fields": body.fields.tolist(),
        **parts,
    }
    (folder / TABLE).write_text(json.dumps(table), encoding="utf-8", newline="\n")


def read_segment(folder: Path) -> Segment:
    """Give a segment that was written into a folder."""
    content = (folder / TABLE).read_bytes()
    table = json.loads(content)
    return Segment(
        folder / CONTENT,
        (table["sha256"], hashlib.sha256(content).hexdigest()),
        array.array("Q", table["offsets"]),
        array.array("Q", table["fields"]),
        tuple(SegmentPage(**{**one, "links": tuple(one["links"])}) for one in table["pages"]),
        Layers(*map(tuple, table["layers"])),
        tuple((page, what) for page, what in table["lost"]),
        Cited(
            tuple(map(_citation, table["cited"]["citations"])),
            tuple(map(_address, table["cited"]["addresses"])),
        ),
    )


def _citation(row: Mapping[str, Any]) -> Citation:
    return Citation(**{**row, "boxes": tuple(Box(*box) for box in row["boxes"])})


def _address(row: Mapping[str, Any]) -> Address:
    return Address(**{**row, "box": Box(*row["box"])})


def copy_segment(segment: Segment, body: Body, shared: Shared) -> int:
    """Copy a segment into a packet, and give what is added to the numbers of its own objects."""
    own = segment.offsets[OWN:]
    added = body.reserve(len(own)) - OWN
    names = {field(here): field(there) for here, there in numbers(segment, added, shared)}
    with segment.content.open("rb") as stream:
        stream.seek(len(HEADER))
        body.put_copied(OWN + added, own, renumbered(stream, segment, names))
    return added


def numbers(segment: Segment, added: int, shared: Shared) -> Iterator[tuple[int, int]]:
    """Give the numbers of a segment, each with that of the same object in a packet."""
    for here, there in zip(astuple(SHARED), astuple(shared), strict=True):
        if there is not None:
            yield here, there
    yield from ((here, here + added) for here in range(OWN, len(segment.offsets)))


def renumbered(
    stream: BufferedReader, segment: Segment, names: Mapping[bytes, bytes]
) -> Iterator[bytearray]:
    """Give a segment piece by piece, without its header, each number as `names` says.

    It is read from a stream, which may be that of a packet. Raises KeyError for a number that has
    no other name.
    """
    start, count = len(HEADER), 0
    for end, fields in _windows(segment):
        piece = bytearray(end - start)
        stream.readinto(piece)
        for place in fields:
            at = place - start
            piece[at : at + WIDTH] = names[bytes(piece[at : at + WIDTH])]
        yield piece
        start, count = end, count + len(fields)
    assert count == len(segment.fields), "a number was left as it was"  # noqa: S101 - our own mistake


def _windows(segment: Segment) -> Iterator[tuple[int, Sequence[int]]]:
    """Cut a segment so that no number is cut: give the end of each piece, and its fields."""
    fields, size = segment.fields, segment.content.stat().st_size
    first, end = 0, len(HEADER)
    while end < size:
        end = min(end + _WINDOW, size)
        last = bisect.bisect_left(fields, end)
        if last > first:
            end = max(end, fields[last - 1] + WIDTH)
        yield end, fields[first:last]
        first = last

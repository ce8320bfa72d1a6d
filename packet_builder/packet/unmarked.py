"""The packet that was approved becomes the one that is filed: the same bytes, without the mark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from packet_builder.errors import UnusableError
from packet_builder.packet import looks
from packet_builder.packet.source import opened, reading
from packet_builder.packet.stamps import DRAFT_DRAWN, DRAFT_NAME
from packet_builder.packet.viewed import viewed, viewed_page
from packet_builder.packet.written import entry, mapping
from packet_builder.workspace import whole_file

_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 4096  # what the entries of the mark's object never exceed
_BEGINNING, _END = b">>\nstream\n", b"\nendstream\nendobj\n"


class MarkUnclearError(UnusableError):
    """The DRAFT mark of a packet is not drawn as this program draws it."""

    def __init__(self, packet: Path, page: int | None = None) -> None:
        where = f"{packet.name}, page {page}" if page else packet.name
        super().__init__(
            f"{where}: the DRAFT mark is not where this program puts it, so it cannot be taken "
            "away alone. Build again, and approve the new packet."
        )


class FinalDiffersError(UnusableError):
    """The final packet is not the approved one without its mark. It was not kept."""

    def __init__(self, pages: tuple[int, ...]) -> None:
        where = f"page(s) {', '.join(map(str, pages))}" if pages else "its bytes"
        super().__init__(
            f"the final packet differs from the approved one by more than the DRAFT mark: {where}. "
            "It was not kept. Try again; if this comes back, it is a fault of the program."
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """The bytes that draw the word DRAFT, once for all pages."""

    offset: int  # in the file
    drawn: bytes


def write_unmarked(draft: Path, target: Path) -> Mark:
    """Write a packet's bytes again, with spaces in the place of those that draw the mark.

    Nothing is bound or rendered. Raises MarkUnclearError.
    """
    mark = mark_of(draft)
    with whole_file(target) as part, draft.open("rb") as source, part.open("wb") as stream:
        while chunk := source.read(_CHUNK_BYTES):
            stream.write(chunk)
        stream.seek(mark.offset)
        stream.write(b" " * len(mark.drawn))
    return mark


def mark_of(draft: Path) -> Mark:
    """Find the mark; every page must draw that one, and draw it once. Raises MarkUnclearError."""
    with opened(draft, draft.name) as reader, reading(draft.name):
        found = {number: page for page, number in _marks(reader, draft)}
        if len(found) != 1:
            raise MarkUnclearError(draft)
        (number,) = found
        offset = reader.xref[0][number]
    return _stream_at(draft, offset)


def digest_with(final: Path, mark: Mark) -> str:
    """Give the digest of a final packet with the mark's bytes put back: that of the approved."""
    sha = hashlib.sha256()
    with final.open("rb") as stream:
        sha.update(stream.read(mark.offset))
        if stream.read(len(mark.drawn)) != b" " * len(mark.drawn):
            raise FinalDiffersError(())
        sha.update(mark.drawn)
        while chunk := stream.read(_CHUNK_BYTES):
            sha.update(chunk)
    return sha.hexdigest()


def prove(draft: Path, final: Path, mark: Mark, approved: str) -> None:
    """Prove that two packets differ by the mark alone; raises FinalDiffersError.

    Byte by byte: with the mark put back the final has the digest that was approved. And page by
    page, by another program than the one that wrote them: what a viewer shows and reads of a final
    page is what it shows and reads of the approved page once the mark is taken from it.
    """
    if digest_with(final, mark) != approved:
        raise FinalDiffersError(())
    if pages := tuple(_pages_that_differ(draft, final)):
        raise FinalDiffersError(pages)


def _marks(reader: PdfReader, draft: Path) -> Iterator[tuple[int, int]]:
    for number, page in enumerate(reader.pages, start=1):
        objects = mapping(entry(page.get("/Resources"), "/XObject"))
        mark = None if objects is None else objects.get(f"/{DRAFT_NAME}")
        reference = None if objects is None or mark is None else objects.raw_get(f"/{DRAFT_NAME}")
        content = page.get_contents()
        drawn = 0 if content is None else content.get_data().count(DRAFT_DRAWN)
        if not isinstance(reference, IndirectObject) or drawn != 1:
            raise MarkUnclearError(draft, number)
        yield number, reference.idnum


def _stream_at(draft: Path, offset: int) -> Mark:
    """Read a stream as this program writes streams: entries, length last, then its bytes."""
    with draft.open("rb") as file:
        file.seek(offset)
        head, beginning, _ = file.read(_HEAD_BYTES).partition(_BEGINNING)
        length = head.rpartition(b"/Length ")[2]
        if not beginning or not length.isdigit():
            raise MarkUnclearError(draft)
        start = offset + len(head) + len(beginning)
        file.seek(start)
        drawn = file.read(int(length))
        if file.read(len(_END)) != _END or b"(DRAFT) Tj" not in drawn:
            raise MarkUnclearError(draft)
    return Mark(start, drawn)


def _pages_that_differ(draft: Path, final: Path) -> Iterator[int]:
    with viewed(draft, draft.name) as approved, viewed(final, final.name) as filed:
        if len(approved) != len(filed):
            yield len(approved)
            return
        for index in range(len(approved)):
            with (
                viewed_page(approved, index, draft.name) as before,
                viewed_page(filed, index, final.name) as after,
            ):
                looks.leave_out_mark(before)
                if not _same(before, after):
                    yield index + 1


def _same(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage) -> bool:
    if _read(before) != _read(after):
        return False
    return looks.page_bytes(before) == looks.page_bytes(after)


def _read(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        text: str = words.get_text_range()
    finally:
        words.close()
    return text

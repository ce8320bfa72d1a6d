"""All pages of one file become pages that a packet may hold."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from packet_builder.errors import UnusableError
from packet_builder.packet import syntax
from packet_builder.packet.addresses import is_exhibit_address
from packet_builder.packet.annotations import Drawn, Link, Removed, Undrawn, sort_annotations
from packet_builder.packet.body import Body
from packet_builder.packet.copier import Copier
from packet_builder.packet.destinations import Destinations
from packet_builder.packet.geometry import Box, Matrix, area_of
from packet_builder.packet.link_writing import write_link
from packet_builder.packet.placement import Placement, placement_of
from packet_builder.packet.segment import FileToBind, SegmentPage, Shared
from packet_builder.packet.sheet import Sheet, Sheets
from packet_builder.packet.source import reading
from packet_builder.packet.written import entry, mapping, resolved
from packet_builder.plan.planned import OF_OTHERS


class FieldNotShownError(UnusableError):
    """A form holds values of which the file does not say how they look."""

    def __init__(self, named: str, page: int, fields: Sequence[str]) -> None:
        listed = ", ".join(f'"{each}"' for each in fields)
        super().__init__(
            f"{named}, page {page}: the filled field(s) {listed} would not be seen in the packet. "
            'Open the PDF in a viewer, print it with "Save as PDF", and put that file in its place.'
        )


#: What a file holds and the packet does not: the page, None for the file as a whole, and words
#: that hold nothing private.
Lost = tuple[int | None, str]


class FilePages:
    """Writes the pages of one file."""

    def __init__(self, file: FileToBind, reader: PdfReader, copier: Copier, shared: Shared) -> None:
        self._file = file
        self._copier = copier
        self._sheets = Sheets(shared, copier)
        self._destinations = Destinations(reader)
        with reading(file.name):
            self._pages: Sequence[DictionaryObject] = list(reader.pages)
            self._form = mapping(entry(reader.trailer.get("/Root"), "/AcroForm"))
        self._numbers = range(*_row(copier.body, len(self._pages)))
        self._stamps = range(*_row(copier.body, len(self._pages)))
        self.lost: list[Lost] = []

    def write(self, citing: Container[int]) -> Iterator[SegmentPage]:
        """Write all pages; `citing` are those whose links are not known yet, counted from 1."""
        for index, page in enumerate(self._pages):
            with reading(self._file.name, index + 1):
                yield self._write_page(index, page, citing=index + 1 in citing)

    def _write_page(self, index: int, page: DictionaryObject, *, citing: bool) -> SegmentPage:
        placement = self._placement(index)
        found = tuple(sort_annotations(page, self._destinations, self._form))
        undrawn = [each.field for each in found if isinstance(each, Undrawn)]
        if undrawn:
            raise FieldNotShownError(self._file.name, index + 1, undrawn)
        self.lost += [(index + 1, each.what) for each in found if isinstance(each, Removed)]
        kept = [each for each in found if isinstance(each, Link) and not self._is_ours(each)]
        links = tuple(write_link(link, placement, self._copier, self._place_of) for link in kept)
        annotations = self._copier.body.reserve() if citing else None
        written = SegmentPage(self._numbers[index], self._stamps[index], annotations, links)
        drawn = tuple(each for each in found if isinstance(each, Drawn))
        array = _annotations(written)
        self._sheets.write(Sheet(written.number, placement, drawn, written.stamp, array), page)
        return written

    def placed(self, page: int, box: Box) -> Box:
        """Give where a box of a page, counted from 1, comes to lie."""
        return self._placement(page - 1).matrix.box(box)

    def _place_of(self, index: int) -> tuple[int, Matrix]:
        return self._numbers[index], self._placement(index).matrix

    def _placement(self, index: int) -> Placement:
        return placement_of(self._pages[index], area_of(self._file.kind))

    def _is_ours(self, link: Link) -> bool:
        """Tell whether a link was planned from the words on it."""
        own = self._file.kind not in OF_OTHERS
        return own and isinstance(link.target, bytes) and is_exhibit_address(link.target)


def _row(body: Body, count: int) -> tuple[int, int]:
    first = body.reserve(count)
    return first, first + count


def _annotations(page: SegmentPage) -> bytes:
    if page.annotations is not None:
        return syntax.reference(page.annotations)
    return syntax.array(map(syntax.reference, page.links)) if page.links else b""


_OF_FILES = {
    "/OpenAction": "action that runs when the file is opened",
    "/AA": "action of the whole file",
    "/Collection": "portfolio of attached files",
}
_OF_NAMES = {"/JavaScript": "JavaScript of the whole file", "/EmbeddedFiles": "attached files"}


def lost_with_file(reader: PdfReader) -> Iterator[Lost]:
    """Tell what a file holds beside its pages, none of which reaches the packet."""
    catalog = reader.trailer.get("/Root")
    for holder, words in ((catalog, _OF_FILES), (entry(catalog, "/Names"), _OF_NAMES)):
        for key, what in words.items():
            if entry(holder, key):
                yield None, what
    for page, entries in enumerate(reader.pages, start=1):
        if resolved(entries.get("/AA")):
            yield page, "action of the page"

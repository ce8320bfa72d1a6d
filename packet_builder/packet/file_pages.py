"""All pages of one file become pages of the packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from packet_builder.documents.document import Document, PdfFile
from packet_builder.errors import UnusableError
from packet_builder.packet.annotations import Drawn, Link, Removed, Undrawn, sort_annotations
from packet_builder.packet.copier import Copier
from packet_builder.packet.destinations import Destinations
from packet_builder.packet.geometry import Matrix, area_of
from packet_builder.packet.link_writing import write_citation, write_link
from packet_builder.packet.links import PlacedLink, is_exhibit_address
from packet_builder.packet.placement import Placement, placement_of
from packet_builder.packet.sheet import Frame, Sheet, Sheets
from packet_builder.packet.source import reading
from packet_builder.packet.stamps import Stamp
from packet_builder.packet.written import entry, mapping, resolved
from packet_builder.plan.planned import DocumentKind


class FieldNotShownError(UnusableError):
    """A form holds values of which the file does not say how they look."""

    def __init__(self, named: str, page: int, fields: Sequence[str]) -> None:
        listed = ", ".join(f'"{each}"' for each in fields)
        super().__init__(
            f"{named}, page {page}: the filled field(s) {listed} would not be seen in the packet. "
            'Open the PDF in a viewer, print it with "Save as PDF", and put that file in its place.'
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that a source holds and the packet does not, in words without anything private."""

    document: str
    file: str
    page: int | None  # of the file; None for the file as a whole
    what: str


@dataclass(frozen=True, slots=True)
class FileInPlace:
    """One file of a document, and where its pages come to stand."""

    document: Document
    file: PdfFile
    name: str
    first: int  # the packet page of its first page
    stamps: tuple[Stamp, ...]
    links: Mapping[int, tuple[PlacedLink, ...]]  # by packet page


class FilePages:
    """Writes the pages of one file."""

    def __init__(self, place: FileInPlace, reader: PdfReader, copier: Copier, frame: Frame) -> None:
        self._place = place
        self._copier = copier
        self._frame = frame
        self._sheets = Sheets(frame, copier)
        self._destinations = Destinations(reader)
        with reading(place.name):
            self._pages: Sequence[DictionaryObject] = list(reader.pages)
            self._form = mapping(entry(reader.trailer.get("/Root"), "/AcroForm"))

    def write(self) -> Iterator[Removal]:
        """Write all pages, and tell what they lost."""
        for index, page in enumerate(self._pages):
            with reading(self._place.name, index + 1):
                yield from self._write_page(index, page)

    def _write_page(self, index: int, page: DictionaryObject) -> Iterator[Removal]:
        placement = self._placement(index)
        found = tuple(sort_annotations(page, self._destinations, self._form))
        undrawn = [each.field for each in found if isinstance(each, Undrawn)]
        if undrawn:
            raise FieldNotShownError(self._place.name, index + 1, undrawn)
        links = [each for each in found if isinstance(each, Link) and not self._is_ours(each)]
        sheet = Sheet(
            page=self._place.first + index,
            placement=placement,
            stamp=self._place.stamps[index],
            drawn=tuple(each for each in found if isinstance(each, Drawn)),
            annotations=(*self._citations(index, placement), *self._kept(links, placement)),
        )
        self._sheets.write(sheet, page)
        for each in found:
            if isinstance(each, Removed):
                yield Removal(self._place.document.id, self._place.name, index + 1, each.what)

    def _citations(self, index: int, placement: Placement) -> Iterator[int]:
        for link in self._place.links.get(self._place.first + index, ()):
            target = self._frame.pages[link.target - 1]
            for box in link.boxes:
                yield write_citation(self._frame.body, placement.matrix.box(box), target)

    def _kept(self, links: Sequence[Link], placement: Placement) -> Iterator[int]:
        for link in links:
            yield write_link(link, placement, self._copier, self._place_of)

    def _place_of(self, index: int) -> tuple[int, Matrix]:
        number = self._frame.pages[self._place.first + index - 1]
        return number, self._placement(index).matrix

    def _placement(self, index: int) -> Placement:
        return placement_of(self._pages[index], area_of(self._place.document))

    def _is_ours(self, link: Link) -> bool:
        """Tell whether a link was planned from the words on it."""
        own = self._place.document.kind is not DocumentKind.EXHIBIT
        return own and isinstance(link.target, bytes) and is_exhibit_address(link.target)


_OF_FILES = {
    "/OpenAction": "action that runs when the file is opened",
    "/AA": "action of the whole file",
    "/Collection": "portfolio of attached files",
}
_OF_NAMES = {"/JavaScript": "JavaScript of the whole file", "/EmbeddedFiles": "attached files"}


def removed_with_file(reader: PdfReader, document: Document, name: str) -> Iterator[Removal]:
    """Tell what a file holds beside its pages, none of which reaches the packet."""
    catalog = reader.trailer.get("/Root")
    for holder, words in ((catalog, _OF_FILES), (entry(catalog, "/Names"), _OF_NAMES)):
        for key, what in words.items():
            if entry(holder, key):
                yield Removal(document.id, name, None, what)
    for page, entries in enumerate(reader.pages, start=1):
        if resolved(entries.get("/AA")):
            yield Removal(document.id, name, page, "action of the page")

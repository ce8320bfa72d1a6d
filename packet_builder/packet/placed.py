"""Documents and their numbering become files in their places, each with its segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet.naming import name_of
from packet_builder.packet.segment import FileToBind, Segment, read_segment
from packet_builder.packet.stamps import Stamp, stamp_of
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind


class Shelf(Protocol):
    """Where finished work is kept, each in a folder, by what it was made from."""

    def has(self, made_from: Sequence[str]) -> bool:
        """Tell whether work of that origin is there."""
        ...

    def kept(self, made_from: Sequence[str], make: Callable[[Path], None]) -> Path:
        """Give the folder of finished work; `make` fills it where it is not there yet."""
        ...


@dataclass(frozen=True, slots=True)
class FileInPlace:
    """One file of a document, and where its pages come to stand."""

    file: PdfFile
    name: str  # by which a user knows it
    kind: DocumentKind  # of its document
    first: int  # the packet page of its first page


@dataclass(frozen=True, slots=True)
class Placed:
    """A file in its place, with all that binding it takes."""

    place: FileInPlace
    document: Document
    before: int  # pages of the document that stand before it
    segment: Segment

    def stamp(self, index: int, pages: int) -> Stamp:
        """Give the stamp of one of its pages, counted from 0, in a packet of so many pages."""
        place = None
        if self.document.exhibit is not None and self.document.kind is DocumentKind.EXHIBIT:
            place = (self.document.exhibit, self.before + index + 1, self.document.pages)
        return stamp_of(self.place.first + index, pages, place)


def files_in_place(
    documents: Sequence[Document], numbering: Numbering
) -> Iterator[tuple[Document, FileInPlace]]:
    """Give every file of the documents, in order."""
    for document in documents:
        first = numbering.span_of(document.id).first
        for file in document.files:
            yield document, FileInPlace(file, name_of(document, file), document.kind, first)
            first += file.pages


def placed_files(
    documents: Sequence[Document], numbering: Numbering, shelf: Shelf, *, draft: bool
) -> Iterator[Placed]:
    """Put every file into its place; its segment is made where it is not kept."""
    for document, place in files_in_place(documents, numbering):
        before = place.first - numbering.span_of(document.id).first
        bound = FileToBind(place.file, place.name, place.kind, draft)
        segment = read_segment(shelf.kept(bound.made_from, segment_maker(bound)))
        yield Placed(place, document, before, segment)


def segment_maker(file: FileToBind) -> Callable[[Path], None]:
    """Give what makes a segment in a folder."""

    def make(folder: Path) -> None:
        from packet_builder.packet.segment_making import write_segment  # noqa: PLC0415 - only when not kept

        write_segment(file, folder)

    return make

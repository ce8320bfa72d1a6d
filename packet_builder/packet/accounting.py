"""The written packet is opened again, and every source page is matched with its packet page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.documents.document import Document, PdfFile
from packet_builder.errors import UnusableError
from packet_builder.hands import ALONE, Hands
from packet_builder.packet.comparison import Fault, Kind, Pair, compared
from packet_builder.packet.geometry import area_of
from packet_builder.packet.placed import FileInPlace, files_in_place
from packet_builder.packet.proofs import Proofs
from packet_builder.packet.viewed import viewed
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The office's own page behind a packet page."""

    file: str  # as the facts name it
    sha256: str
    page: int


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What one page of the packet is."""

    page: int
    document: str
    document_page: int
    exhibit: str | None  # the letter, on the exhibit's separator too
    exhibit_page: int | None
    source: SourcePage | None  # None for pages of our own making


class PacketPagesError(UnusableError):
    """The packet does not have as many pages as its documents."""

    def __init__(self, packet: Path, expected: int, found: int) -> None:
        super().__init__(
            f"{packet.name}: the packet has {found} page(s), its documents have {expected}. "
            "It was not kept. Build again; if this comes back, it is a fault of the program."
        )


class PageDamagedError(UnusableError):
    """Pages of the packet do not show what their sources show."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = [f"{fault.place}: {fault.what}" for fault in faults]
        cure = (
            'Open the file in a PDF viewer, print the page with "Save as PDF", '
            "and put that file in its place."
        )
        super().__init__("\n".join([*lines, cure]))
        self.faults = tuple(faults)


class PageLostError(PageDamagedError):
    """Pages of sources are not in the packet, or are blank there."""


class PageAlteredError(PageDamagedError):
    """Pages of the packet look otherwise than their sources."""


class InternalPageError(UnusableError):
    """Pages that are for the office alone would have been filed."""

    def __init__(self, places: Sequence[str]) -> None:
        lines = [f"{place}: this page is marked as internal and not for filing" for place in places]
        cure = "The packet was not kept. Take what is internal out of the evidence and the letters."
        super().__init__("\n".join([*lines, cure]))
        self.places = tuple(places)


def account(  # noqa: PLR0913 - the packet, what it should be, and what is known of it
    packet: Path,
    documents: Sequence[Document],
    numbering: Numbering,
    hands: Hands = ALONE,
    proofs: Proofs | None = None,
    *,
    internal: bool = False,
) -> tuple[PageEntry, ...]:
    """Give an account of every page of the packet; one that is `internal` is never filed.

    Pages that were compared in a former packet are not compared again, as far as proofs say so.
    Raises InternalPageError for pages that are not for filing, PacketPagesError for a page too many
    or too few, PageLostError for pages that are blank or another's, PageAlteredError for pages that
    look otherwise; all that was found, together.
    """
    refuse_internal(documents)
    entries = tuple(_entries(documents, numbering))
    with viewed(packet, packet.name) as bound:
        found = len(bound)
    if not found == numbering.pages == len(entries):
        raise PacketPagesError(packet, len(entries), found)
    places = [place for _, place in files_in_place(documents, numbering)]
    unproven = proofs.missing(packet, places) if proofs else dict.fromkeys(places)
    pairs = [pair for place in unproven for pair in _pairs(place, internal=internal)]
    _raise(compared(packet, pairs, hands))
    if proofs:
        proofs.keep(unproven.values())
    return entries


def _raise(faults: Sequence[Fault]) -> None:
    if internal := [fault.place for fault in faults if fault.kind is Kind.INTERNAL]:
        raise InternalPageError(internal)
    if faults:
        lost = any(fault.kind is Kind.LOST for fault in faults)
        raise PageLostError(faults) if lost else PageAlteredError(faults)


def refuse_internal(documents: Sequence[Document]) -> None:
    """Raise InternalPageError for documents of the kind that lies beside a packet."""
    internal = [one.title for one in documents if one.kind is DocumentKind.INTERNAL]
    if internal:
        raise InternalPageError(internal)


def _entries(documents: Sequence[Document], numbering: Numbering) -> Iterator[PageEntry]:
    for document in documents:
        first = numbering.span_of(document.id).first
        own = document.kind is DocumentKind.EXHIBIT and document.exhibit is not None
        for index, (file, page) in enumerate(_pages_of(document), start=1):
            yield PageEntry(
                page=first + index - 1,
                document=document.id,
                document_page=index,
                exhibit=document.exhibit,
                exhibit_page=index if own else None,
                source=_source(file, page),
            )


def _pages_of(document: Document) -> Iterator[tuple[PdfFile, int]]:
    for file in document.files:
        for page in range(1, file.pages + 1):
            yield file, page


def _source(file: PdfFile, page: int) -> SourcePage | None:
    if file.source is None:
        return None
    return SourcePage(file.source.name, file.source.sha256, page)


def _pairs(place: FileInPlace, *, internal: bool) -> Iterator[Pair]:
    area = area_of(place.kind)
    for page in range(place.file.pages):
        yield Pair(place.file.path, place.name, page, place.first - 1 + page, area, internal)

"""The written packet is opened again, and every source page is matched with its packet page."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from packet_builder.documents.document import Document, PdfFile
from packet_builder.errors import UnusableError
from packet_builder.hands import ALONE, Hands
from packet_builder.packet import looks
from packet_builder.packet.geometry import Box, area_of
from packet_builder.packet.naming import name_of
from packet_builder.packet.viewed import viewed, viewed_page
from packet_builder.packet.wording import letters_on, words_kept
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind
from packet_builder.rules.internal import is_internal

_SHARES = 4  # of each process: scans take ten times as long as text, and stand together
_WORTH_PAGES = 100  # fewer are compared before a second process has started


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


class Kind(Enum):
    """What a fault of a page comes to."""

    LOST = auto()
    ALTERED = auto()
    INTERNAL = auto()  # the page is for the office alone


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one page."""

    place: str  # the file and the page, as the user knows them
    what: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source page, and where it stands in the packet."""

    file: Path
    name: str
    page: int  # of the file, from 0
    packet_page: int  # from 0
    area: Box


def account(
    packet: Path, documents: Sequence[Document], numbering: Numbering, hands: Hands = ALONE
) -> tuple[PageEntry, ...]:
    """Give an account of every page of the packet.

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
    pairs = tuple(_pairs(documents, numbering))
    faults = [fault for found in _compared(packet, pairs, hands) for fault in found]
    if internal := [fault.place for fault in faults if fault.kind is Kind.INTERNAL]:
        raise InternalPageError(internal)
    if faults:
        lost = any(fault.kind is Kind.LOST for fault in faults)
        raise PageLostError(faults) if lost else PageAlteredError(faults)
    return entries


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


def _pairs(documents: Sequence[Document], numbering: Numbering) -> Iterator[_Pair]:
    for document in documents:
        first = numbering.span_of(document.id).first - 1
        for index, (file, page) in enumerate(_pages_of(document)):
            name = name_of(document, file)
            yield _Pair(file.path, name, page - 1, first + index, area_of(document))


def _compared(packet: Path, pairs: Sequence[_Pair], hands: Hands) -> tuple[tuple[Fault, ...], ...]:
    shares = _SHARES * (hands.others + 1) if len(pairs) >= _WORTH_PAGES else 1
    size = math.ceil(len(pairs) / shares)
    parts = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    return hands.begin(functools.partial(_faults_of, packet), parts)()


def _faults_of(packet: Path, pairs: Sequence[_Pair]) -> tuple[Fault, ...]:
    with viewed(packet, packet.name) as bound:
        by_file = itertools.groupby(pairs, key=lambda pair: pair.file)
        return tuple(
            fault for _, group in by_file for fault in _faults_in(packet, bound, tuple(group))
        )


def _faults_in(
    packet: Path, bound: pypdfium2.PdfDocument, pairs: Sequence[_Pair]
) -> Iterator[Fault]:
    with viewed(pairs[0].file, pairs[0].name) as source:
        _start_form(source, pairs)
        for pair in pairs:
            with (
                viewed_page(source, pair.page, pair.name) as before,
                viewed_page(bound, pair.packet_page, packet.name) as after,
            ):
                difference = _difference(before, after, pair.area)
            if difference is not None:
                place = f"{pair.name}, page {pair.page + 1}"
                yield Fault(f"{place} (page {pair.packet_page + 1} of the packet)", *difference)


def _start_form(source: pypdfium2.PdfDocument, pairs: Sequence[_Pair]) -> None:
    """Let the fields of a file be drawn; what is left out must be gone before, or is drawn too."""
    if source.get_formtype() == pdfium.FORMTYPE_NONE:
        return
    for pair in pairs:
        with viewed_page(source, pair.page, pair.name) as page:
            looks.leave_out_notes(page)
    source.init_forms()


def _difference(
    source: pypdfium2.PdfPage, packet: pypdfium2.PdfPage, area: Box
) -> tuple[str, Kind] | None:
    looks.leave_out_notes(source)
    looks.leave_out_additions(packet, fields=source.formenv is None)
    words = letters_on(packet)  # after that, or a stamp's letters would make up for others
    if is_internal(words):
        return "the page is marked as internal", Kind.INTERNAL
    if not words_kept(letters_on(source), words):
        return "words of the page are missing in the packet", Kind.LOST
    where = looks.placed(packet, source, area)
    if where is None:
        return "the page is not in its place", Kind.ALTERED
    for width in looks.WIDTHS:
        before, after = looks.source_picture(source, width), looks.packet_picture(where, width)
        if looks.alike(before, after):
            return None
    if looks.blank(after) and not looks.blank(before):
        return "the page is blank in the packet", Kind.LOST
    return "the page looks otherwise in the packet", Kind.ALTERED

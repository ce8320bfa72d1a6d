"""The visible citations of our own documents become links; broken and untrue ones are errors."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from packet_builder.documents.document import Document
from packet_builder.errors import UnusableError
from packet_builder.packet.citations import Citation, citations_in
from packet_builder.packet.geometry import Box
from packet_builder.packet.naming import name_of
from packet_builder.packet.viewed import viewed, viewed_page
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind

_OWN = frozenset(
    {
        DocumentKind.LETTER,
        DocumentKind.INDEX,
        DocumentKind.SEPARATOR,
        DocumentKind.NOTICE,
        DocumentKind.SLIP,
    }
)
# What our own pages write behind their citations, before any packet page is known.
_ADDRESS = re.compile(r"https://exhibit\.invalid/([A-Z]{1,2})(?:/(\d{1,4}))?/?")
_LONGEST_ADDRESS = 4096
_TOUCH = 1.0  # points by which two boxes must overlap to be about the same words


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A citation that is a link in the packet."""

    text: str
    document: str
    page: int  # of the packet, on which it stands
    exhibit: str
    exhibit_page: int | None
    target: int  # the packet page to which it leads
    boxes: tuple[Box, ...]  # in the coordinates of the document's page


@dataclass(frozen=True, slots=True)
class Fault:
    """A citation that cannot become a link."""

    stale: bool
    message: str


class CitationError(UnusableError):
    """Citations on finished pages lead nowhere, or elsewhere than they say."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = tuple(faults)


class CitationDeadError(CitationError):
    """A page cites an exhibit, or a page of one, that the packet does not have."""


class StaleLinkError(CitationError):
    """A link leads elsewhere than the words on it say."""


@dataclass(frozen=True, slots=True)
class _Address:
    """A link that one of our pages carries."""

    page: int
    letter: str
    exhibit_page: int | None
    box: Box


def is_exhibit_address(address: bytes) -> bool:
    """Tell whether a link's address is one of ours, which never reaches the packet."""
    return _ADDRESS.fullmatch(address.decode("latin-1")) is not None


def plan_links(documents: Sequence[Document], numbering: Numbering) -> tuple[PlacedLink, ...]:
    """Give the links of all documents of our own making.

    Raises CitationDeadError, or StaleLinkError where no citation is dead, naming all faults.
    """
    found = tuple(_found(documents, numbering))
    faults = [each for each in found if isinstance(each, Fault)]
    if faults:
        dead = any(not fault.stale for fault in faults)
        raise CitationDeadError(faults) if dead else StaleLinkError(faults)
    return tuple(each for each in found if isinstance(each, PlacedLink))


def _found(documents: Sequence[Document], numbering: Numbering) -> Iterator[PlacedLink | Fault]:
    for document in documents:
        if document.kind not in _OWN:
            continue
        before = 0
        for file in document.files:
            links = _Links(document, numbering, before)
            name = name_of(document, file)
            addresses = tuple(_addresses_in(file.path, name))
            yield from links.of(citations_in(file.path, name), addresses)
            before += file.pages


@dataclass(frozen=True, slots=True)
class _Links:
    """Makes the links of one file."""

    document: Document
    numbering: Numbering
    before: int  # pages of the document that stand before the file

    def of(
        self, citations: Sequence[Citation], addresses: Sequence[_Address]
    ) -> Iterator[PlacedLink | Fault]:
        for citation in citations:
            if not citation.certain and self._end_of(citation) is None:
                continue
            behind = [each for each in addresses if _concerns(each, citation)]
            stale = [each for each in behind if not _agrees(each, citation)]
            yield from (self._stale(each, citation) for each in stale)
            if not stale:
                yield self._cited(citation)
        for address in addresses:
            yield self._addressed(address)

    def _cited(self, citation: Citation) -> PlacedLink | Fault:
        text, place = citation.text, (citation.letter, citation.first)
        if self._end_of(citation) is None:
            return self._dead(citation.page, text, citation.letter, citation.last)
        return self._link(citation.page, text, place, citation.boxes)

    def _end_of(self, citation: Citation) -> int | None:
        return self.numbering.page_of(citation.letter, citation.last)

    def _addressed(self, address: _Address) -> PlacedLink | Fault:
        place = (address.letter, address.exhibit_page)
        return self._link(address.page, _words(*place), place, (address.box,))

    def _link(
        self, page: int, text: str, place: tuple[str, int | None], boxes: tuple[Box, ...]
    ) -> PlacedLink | Fault:
        target = self.numbering.page_of(*place)
        if target is None:
            return self._dead(page, text, *place)
        return PlacedLink(text, self.document.id, self._packet_page(page), *place, target, boxes)

    def _packet_page(self, page: int) -> int:
        return self.numbering.span_of(self.document.id).first + self.before + page - 1

    def _place(self, page: int) -> str:
        return f"{self.document.title}, page {self.before + page}"

    def _dead(self, page: int, text: str, letter: str, exhibit_page: int | None) -> Fault:
        span = dict(self.numbering.exhibits).get(letter)
        if span is None:
            why = f"there is no Exhibit {letter}"
        else:
            why = f"Exhibit {letter} has {span.last - span.first + 1} page(s), not {exhibit_page}"
        return Fault(
            stale=False,
            message=f'{self._place(page)}: "{text}" leads nowhere: {why}. Correct the citation.',
        )

    def _stale(self, address: _Address, citation: Citation) -> Fault:
        leads = _words(address.letter, address.exhibit_page)
        return Fault(
            stale=True,
            message=f'{self._place(citation.page)}: the words "{citation.text}" carry a link to '
            f"{leads}. Remove the link, or correct the words: a link is made from the words.",
        )


def _concerns(address: _Address, citation: Citation) -> bool:
    return address.page == citation.page and any(
        _overlap(address.box, box) for box in citation.boxes
    )


def _agrees(address: _Address, citation: Citation) -> bool:
    """Tell whether a link leads where the words say; to the exhibit as a whole is no untruth."""
    if address.letter != citation.letter:
        return False
    return address.exhibit_page is None or address.exhibit_page == citation.first


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > _TOUCH and up > _TOUCH


def _words(letter: str, page: int | None) -> str:
    return f"Ex. {letter}" if page is None else f"Ex. {letter} at {page}"


def _addresses_in(path: Path, named: str) -> Iterator[_Address]:
    with viewed(path, named) as document:
        for index in range(len(document)):
            with viewed_page(document, index, named) as page:
                yield from _addresses_on(document, page, index + 1)


def _addresses_on(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int
) -> Iterator[_Address]:
    at, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        written = _ADDRESS.fullmatch(_address_of(document, link))
        if written is None or not pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        letter, exhibit_page = written.groups()
        sides = Box(box.left, box.bottom, box.right, box.top)
        yield _Address(number, letter, int(exhibit_page) if exhibit_page else None, sides)


def _address_of(document: pypdfium2.PdfDocument, link: object) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    written = ctypes.create_string_buffer(_LONGEST_ADDRESS)
    length = pdfium.FPDFAction_GetURIPath(document, action, written, _LONGEST_ADDRESS)
    return written.raw[: max(length - 1, 0)].decode("latin-1") if length < _LONGEST_ADDRESS else ""

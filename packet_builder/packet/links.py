"""The visible citations of our own documents become links; broken and untrue ones are errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from packet_builder.documents.document import Document
from packet_builder.errors import UnusableError
from packet_builder.packet.cited import Address, Citation, Cited
from packet_builder.packet.geometry import Box
from packet_builder.pages import Numbering, Span

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
    boxes: tuple[Box, ...]


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


def plan_links(
    files: Iterable[tuple[Document, int, Cited]], numbering: Numbering
) -> tuple[PlacedLink, ...]:
    """Give the links of files: with its document, and how many pages of that stand before it.

    Raises CitationDeadError, or StaleLinkError where no citation is dead, naming all faults.
    """
    found = tuple(
        each
        for document, before, cited in files
        for each in _Links(document, numbering, before).of(cited.citations, cited.addresses)
    )
    faults = [each for each in found if isinstance(each, Fault)]
    if faults:
        dead = any(not fault.stale for fault in faults)
        raise CitationDeadError(faults) if dead else StaleLinkError(faults)
    return tuple(each for each in found if isinstance(each, PlacedLink))


@dataclass(frozen=True, slots=True)
class _Links:
    """Makes the links of one file."""

    document: Document
    numbering: Numbering
    before: int  # pages of the document that stand before the file

    def of(
        self, citations: Sequence[Citation], addresses: Sequence[Address]
    ) -> Iterator[PlacedLink | Fault]:
        earlier = dict(self.numbering.earlier)
        for citation in citations:
            if (span := earlier.get(citation.letter)) is not None:
                yield from self._earlier(citation, span)
                continue
            if not citation.certain and self._end_of(citation) is None:
                continue
            behind = [each for each in addresses if _concerns(each, citation)]
            stale = [each for each in behind if not _agrees(each, citation)]
            yield from (self._stale(each, citation) for each in stale)
            if not stale:
                yield self._cited(citation)
        for address in addresses:
            yield self._addressed(address)

    def _earlier(self, citation: Citation, span: Span) -> Iterator[Fault]:
        """Compare a citation of what was filed before with where it stands there."""
        if not citation.certain:
            return
        pages = span.last - span.first + 1
        first, last = citation.first or 1, citation.last or pages
        if last > pages:
            yield self._dead(citation.page, citation.text, citation.letter, citation.last)
        elif (citation.stated_first, citation.stated_last) not in {
            (None, None),
            (span.first + first - 1, span.first + last - 1),
        }:
            yield self._misplaced(citation, span.first + first - 1)

    def _misplaced(self, citation: Citation, page: int) -> Fault:
        return Fault(
            stale=True,
            message=f'{self._place(citation.page)}: "{citation.text}" stands on page {page} of the '
            "packet that was filed, not where the words in brackets say. Correct them.",
        )

    def _cited(self, citation: Citation) -> PlacedLink | Fault:
        text, place = citation.text, (citation.letter, citation.first)
        if self._end_of(citation) is None:
            return self._dead(citation.page, text, citation.letter, citation.last)
        return self._link(citation.page, text, place, citation.boxes)

    def _end_of(self, citation: Citation) -> int | None:
        return self.numbering.page_of(citation.letter, citation.last)

    def _addressed(self, address: Address) -> PlacedLink | Fault:
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
        span = {**dict(self.numbering.earlier), **dict(self.numbering.exhibits)}.get(letter)
        if span is None:
            why = f"there is no Exhibit {letter}"
        elif exhibit_page is None:
            why = f"Exhibit {letter} was filed before, and is not in this packet"
        else:
            why = f"Exhibit {letter} has {span.last - span.first + 1} page(s), not {exhibit_page}"
        return Fault(
            stale=False,
            message=f'{self._place(page)}: "{text}" leads nowhere: {why}. Correct the citation.',
        )

    def _stale(self, address: Address, citation: Citation) -> Fault:
        leads = _words(address.letter, address.exhibit_page)
        return Fault(
            stale=True,
            message=f'{self._place(citation.page)}: the words "{citation.text}" carry a link to '
            f"{leads}. Remove the link, or correct the words: a link is made from the words.",
        )


def _concerns(address: Address, citation: Citation) -> bool:
    return address.page == citation.page and any(
        _overlap(address.box, box) for box in citation.boxes
    )


def _agrees(address: Address, citation: Citation) -> bool:
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

"""Numbers every page of the packet: arithmetic only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from packet_builder.documents.document import Document
from packet_builder.plan.planned import DocumentKind


@dataclass(frozen=True, slots=True)
class Span:
    """The packet pages of one document, 1-based, both ends included."""

    document: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where every document and every exhibit page stands in the packet."""

    spans: tuple[Span, ...]
    exhibits: tuple[tuple[str, Span], ...]  # letter and the span of its pages, separator apart
    separators: tuple[tuple[str, int], ...]  # letter and the packet page of its separator
    pages: int
    earlier: tuple[tuple[str, Span], ...] = ()  # exhibits of packets filed before, on their pages

    def span_of(self, document: str) -> Span:
        """Give the span of a document of this packet."""
        return next(span for span in self.spans if span.document == document)

    def page_of(self, letter: str, exhibit_page: int | None) -> int | None:
        """Give the packet page of an exhibit's page; of its separator, or first page, for None.

        None when the exhibit does not exist or the page is beyond its end.
        """
        span = dict(self.exhibits).get(letter)
        if span is None:
            return None
        if exhibit_page is None:
            return dict(self.separators).get(letter, span.first)
        page = span.first + exhibit_page - 1
        return page if span.first <= page <= span.last else None


def number(documents: Sequence[Document], earlier: Iterable[tuple[str, Span]] = ()) -> Numbering:
    """Give documents their page numbers, in their order, from page 1.

    `earlier` are exhibits of packets that were filed before: letters may cite them.
    """
    spans: list[Span] = []
    next_page = 1
    for document in documents:
        spans.append(Span(document.id, next_page, next_page + document.pages - 1))
        next_page += document.pages
    placed = list(zip(documents, spans, strict=True))
    return Numbering(
        spans=tuple(spans),
        exhibits=tuple(
            (document.exhibit, span)
            for document, span in placed
            if document.exhibit and document.kind is DocumentKind.EXHIBIT
        ),
        separators=tuple(
            (document.exhibit, span.first)
            for document, span in placed
            if document.exhibit and document.kind is DocumentKind.SEPARATOR
        ),
        pages=next_page - 1,
        earlier=tuple(earlier),
    )

"""A packet's manifest becomes what the review page says of it, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document in the page's list."""

    id: str
    kind: str
    title: str
    exhibit: str | None
    first_page: int
    last_page: int

    @property
    def pages(self) -> str:
        """Give its pages of the packet in words."""
        if self.first_page == self.last_page:
            return f"page {self.first_page}"
        return f"pages {self.first_page} to {self.last_page}"


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of the packet and what it is."""

    page: int
    document: ShownDocument
    document_page: int
    exhibit_page: int | None
    source: str | None  # the office's own file and its page

    @property
    def label(self) -> str:
        """Say which page this is, as a reader of the packet would."""
        if self.exhibit_page is not None:
            return f"Exhibit {self.document.exhibit}, page {self.exhibit_page}"
        of = self.document.last_page - self.document.first_page + 1
        return f"{self.document.title}, page {self.document_page} of {of}"


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation that stands on a page, or that leads to it."""

    text: str
    page: int  # where it stands
    leads_to: int
    where: str  # the title of the document it stands in
    exhibit: str | None  # the exhibit that it cites as a whole


class Shown:
    """A manifest, read for the review page."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self.manifest = manifest
        self.documents = tuple(map(_document, manifest["documents"]))
        by_id = {document.id: document for document in self.documents}
        self.pages = tuple(_page(row, by_id[row["document"]]) for row in manifest["pages"])
        self._citations = tuple(_citation(row, by_id) for row in manifest["citations"])

    @property
    def build(self) -> str:
        """Give the digest of the packet: the name of what is looked at."""
        return str(self.manifest["packet"]["sha256"])

    @property
    def head(self) -> Sequence[ShownDocument]:
        """Give the documents in front of the exhibits."""
        return [one for one in self.documents if one.exhibit is None]

    @property
    def exhibits(self) -> Sequence[ShownDocument]:
        """Give the exhibits, without the sheets in front of them."""
        return [one for one in self.documents if one.kind == "exhibit"]

    def citations_on(self, page: int) -> Sequence[ShownCitation]:
        """Give the citations that stand on a page, each once."""
        return _once(one for one in self._citations if one.page == page)

    def citations_of(self, page: int) -> Sequence[ShownCitation]:
        """Give the citations that lead to a page, each once for the page it stands on."""
        whole = self.pages[page - 1].document.exhibit
        return _once(
            one
            for one in self._citations
            if one.page != page
            and (one.leads_to == page or (whole is not None and one.exhibit == whole))
        )

    def page_of(self, document: str, document_page: int) -> int:
        """Give where a place of a former packet is now: that page, or the nearest before it."""
        span = next((one for one in self.documents if one.id == document), self.documents[0])
        return min(span.first_page + document_page - 1, span.last_page)


def _document(row: Mapping[str, Any]) -> ShownDocument:
    names = ("id", "kind", "title", "exhibit", "first_page", "last_page")
    return ShownDocument(**{name: row[name] for name in names})


def _page(row: Mapping[str, Any], document: ShownDocument) -> ShownPage:
    source = row["source"]
    return ShownPage(
        page=row["page"],
        document=document,
        document_page=row["document_page"],
        exhibit_page=row["exhibit_page"],
        source=f"{source['file']}, page {source['page']}" if source else None,
    )


def _citation(row: Mapping[str, Any], by_id: Mapping[str, ShownDocument]) -> ShownCitation:
    where = by_id[row["document"]].title
    whole = row["exhibit"] if row["exhibit_page"] is None else None
    return ShownCitation(row["text"], row["page"], row["packet_page"], where, whole)


def _once(citations: Iterator[ShownCitation]) -> Sequence[ShownCitation]:
    return list(dict.fromkeys(citations))

"""Numbering: every page of every document once, exhibits apart from their separators."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from packet_builder.documents.document import Document, PdfFile
from packet_builder.pages import Numbering, Span, number
from packet_builder.plan.citations import letter_of
from packet_builder.plan.planned import DocumentKind


def document(name: str, kind: DocumentKind, *pages: int, letter: str | None = None) -> Document:
    files = tuple(PdfFile(Path(f"{name}.pdf"), count, "") for count in pages)
    return Document(name, kind, name, files, letter)


PACKET = (
    document("letter", DocumentKind.LETTER, 3),
    document("tab A", DocumentKind.SEPARATOR, 1, letter="A"),
    document("osei", DocumentKind.EXHIBIT, 2, 4, letter="A"),
    document("photos", DocumentKind.EXHIBIT, 5, letter="B"),
)


def test_documents_are_numbered_in_their_order_from_page_one() -> None:
    numbering = number(PACKET)

    assert numbering.spans == (
        Span("letter", 1, 3),
        Span("tab A", 4, 4),
        Span("osei", 5, 10),
        Span("photos", 11, 15),
    )
    assert numbering.pages == 15


def test_an_exhibits_pages_are_counted_without_its_separator() -> None:
    assert number(PACKET).page_of("A", 1) == 5
    assert number(PACKET).page_of("A", 6) == 10


def test_an_exhibit_as_a_whole_is_at_its_separator_or_at_its_first_page_without_one() -> None:
    assert number(PACKET).page_of("A", None) == 4
    assert number(PACKET).page_of("B", None) == 11


def test_what_does_not_exist_has_no_page() -> None:
    assert number(PACKET).page_of("A", 7) is None
    assert number(PACKET).page_of("A", 0) is None
    assert number(PACKET).page_of("C", None) is None


def test_no_documents_make_no_pages() -> None:
    assert number(()) == Numbering((), (), (), 0)


counts = st.lists(st.integers(1, 40), min_size=1, max_size=3)
exhibits = st.lists(st.tuples(st.booleans(), counts), max_size=30)


@given(exhibits)
def test_every_page_stands_in_one_document_only(drawn: list[tuple[bool, list[int]]]) -> None:
    documents: list[Document] = []
    for position, (with_separator, pages) in enumerate(drawn, start=1):
        letter = letter_of(position)
        if with_separator:
            documents.append(document(f"tab {letter}", DocumentKind.SEPARATOR, 1, letter=letter))
        documents.append(document(letter, DocumentKind.EXHIBIT, *pages, letter=letter))

    numbering = number(documents)

    held = [page for span in numbering.spans for page in range(span.first, span.last + 1)]
    assert held == list(range(1, numbering.pages + 1))
    for each in documents:
        if each.kind is DocumentKind.EXHIBIT and each.exhibit:
            span = numbering.span_of(each.id)
            found = [numbering.page_of(each.exhibit, page + 1) for page in range(each.pages)]
            assert found == list(range(span.first, span.last + 1))
            assert numbering.page_of(each.exhibit, each.pages + 1) is None

"""Puts a plan on paper: every planned document with its PDFs, every page numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from packet_builder.assembly.evidence import Taken, TakenEvidence
from packet_builder.assembly.forms import WrittenForm, addendum_id, addendum_of
from packet_builder.assembly.letters import WrittenLetter
from packet_builder.assembly.sheets import Cited, Printer, index_values, separator_values
from packet_builder.documents.document import Document, PdfFile
from packet_builder.pages import Numbering, Span, number
from packet_builder.plan.arrange import Plan
from packet_builder.plan.planned import DocumentKind, PlannedDocument


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is to be bound."""

    documents: tuple[Document, ...]
    numbering: Numbering
    letters: tuple[WrittenLetter, ...]
    taken: Taken
    forms: tuple[WrittenForm, ...] = ()

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Give every citation that stands on a page of a letter."""
        return tuple(one for letter in self.letters for one in letter.cited)


def put_on_paper(
    plan: Plan,
    letters: Sequence[WrittenLetter],
    taken: Taken,
    printer: Printer,
    forms: Sequence[WrittenForm] = (),
) -> Paper:
    """Make what the plan asks for.

    The index is printed twice: without packet pages to learn how long it is, then with them.
    """
    pages = {
        plan.letters[identifier]: evidence.seen.pages
        for identifier, evidence in taken.evidence.items()
    }
    made = dict(_made(plan, letters, taken))
    made |= {form.planned.id: (form.pdf,) for form in forms}
    made |= {
        addendum_id(form.planned): (printer.sheet(DocumentKind.ADDENDUM, values),)
        for form in forms
        if (values := addendum_of(form))
    }
    cited = tuple(one for letter in letters for one in letter.cited)
    for planned in plan.documents:
        if planned.kind is DocumentKind.SEPARATOR:
            values = separator_values(planned, pages, cited)
            made[planned.id] = (printer.sheet(planned.kind, values),)
        elif planned.kind in {DocumentKind.SLIP, DocumentKind.NOTICE}:
            made[planned.id] = (printer.sheet(planned.kind, planned.context or {}),)
        elif planned.kind is DocumentKind.INDEX:
            made[planned.id] = (printer.sheet(planned.kind, index_values(planned, pages, None)),)
    earlier = tuple(_earlier(plan))
    numbering = number(_documents(plan, made), earlier)
    for planned in plan.of_kind(DocumentKind.INDEX):
        values = index_values(planned, pages, numbering)
        made[planned.id] = (printer.sheet(planned.kind, values),)
    documents = _documents(plan, made)
    return Paper(documents, number(documents, earlier), tuple(letters), taken, tuple(forms))


def _earlier(plan: Plan) -> Iterator[tuple[str, Span]]:
    for identifier, one in plan.submitted.items():
        last = one.first_page + one.pages - 1
        yield one.letter, Span(f"exhibit-{identifier}", one.first_page, last)


def _made(
    plan: Plan, letters: Sequence[WrittenLetter], taken: Taken
) -> Iterator[tuple[str, tuple[PdfFile, ...]]]:
    for letter in letters:
        yield letter.planned.id, (letter.pdf,)
    by_letter = {plan.letters[name]: evidence for name, evidence in taken.evidence.items()}
    for planned in plan.of_kind(DocumentKind.EXHIBIT):
        evidence = by_letter[planned.exhibit or ""]
        yield planned.id, tuple(file.pdf for file in evidence.files)
    for planned in plan.of_kind(DocumentKind.ENCLOSURE):
        yield planned.id, tuple(file.pdf for file in (taken.notice or TakenEvidence(())).files)


def _documents(plan: Plan, made: Mapping[str, tuple[PdfFile, ...]]) -> tuple[Document, ...]:
    """Give every document in order, the sheets that continue a form right after it."""
    return tuple(document for planned in plan.documents for document in _placed(planned, made))


def _placed(
    planned: PlannedDocument, made: Mapping[str, tuple[PdfFile, ...]]
) -> Iterator[Document]:
    yield _document(planned, made[planned.id])
    if sheets := made.get(addendum_id(planned)):
        title = f"Addendum to {planned.title}"
        yield Document(addendum_id(planned), DocumentKind.ADDENDUM, title, sheets)


def _document(planned: PlannedDocument, files: tuple[PdfFile, ...]) -> Document:
    return Document(planned.id, planned.kind, planned.title, files, planned.exhibit)

"""What the pages that nobody edits say becomes the words that their templates print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PACKET_PLACES = "https://packet.invalid"  # these become links into the packet's file
_EXHIBITS = "https://exhibit.invalid"  # the binder turns these addresses into links in the packet


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A place in the packet that cites the exhibit of a separator."""

    document: str  # its title
    text: str  # as printed there: "Ex. C at 3"
    page: int | None = None  # of the exhibit, 1-based; None when the whole exhibit is cited


@dataclass(frozen=True, slots=True)
class Separator:
    """The sheet in front of an exhibit."""

    letter: str
    title: str
    pages: int
    native_title: str | None = None  # in the document's own script
    details: tuple[str, ...] = ()  # "Dated November 2, 2026"
    parts: tuple[str, ...] = ()  # what it consists of, where it is more than one thing
    cited_by: tuple[CitedBy, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One exhibit in the index."""

    letter: str
    title: str
    pages: int
    packet_page: int | None  # None prints a dash: nothing of it stands in this packet
    details: tuple[str, ...] = ()
    purpose: str = ""  # what it shows


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Exhibits under one heading."""

    heading: str | None
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True)
class AbsentExhibit:
    """An exhibit that the facts waive or leave optional, with the reason that the index prints."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class SubmittedExhibit:
    """An exhibit that is cited and was filed before."""

    letter: str
    title: str
    where: str  # "pages 57–59 of the packet filed December 1, 2026"


@dataclass(frozen=True, slots=True)
class Index:
    """The exhibit index."""

    groups: tuple[IndexGroup, ...]
    caption: tuple[str, ...] = ()  # petitioner, beneficiaries, form
    absent: tuple[AbsentExhibit, ...] = ()
    submitted: tuple[SubmittedExhibit, ...] = ()
    title: str = "Exhibit Index"


@dataclass(frozen=True, slots=True)
class Slip:
    """The page in the place of a form whose blank is not at hand."""

    form: str  # "Form I-131"
    title: str
    lines: tuple[str, ...]  # why it is a slip, where to fetch the blank, what to do
    edition: str | None = None  # "Edition of 01/20/25"
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of an exhibit."""

    text: str  # "Ex. C at 3"
    letter: str
    page: int | None = None  # of the exhibit, 1-based


@dataclass(frozen=True, slots=True)
class Notice:
    """A page in front of the filing that must be seen first: EXPEDITE."""

    reason: str
    contact: tuple[str, ...]
    caption: tuple[str, ...] = ()
    key_date: str | None = None  # a whole line: "The surgery is set for December 14, 2026."
    citations: tuple[Citation, ...] = ()
    heading: str = "EXPEDITE"


@dataclass(frozen=True, slots=True)
class SigningLine:
    """A place in the packet where somebody writes in ink."""

    page: int  # of the packet
    area: tuple[float, float, float, float]  # of the page, in points: what a viewer then shows
    document: str  # its title
    line: str  # part, item and printed words
    marks: tuple[str, ...]  # "Signature", "Date": a box to tick off for each


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person, and all that this person signs."""

    name: str
    roles: tuple[str, ...]
    lines: tuple[SigningLine, ...]


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """Who signs where. It lies beside the packet and is never part of it."""

    packet: str  # the file that its links lead into, as seen from the sheet
    caption: tuple[str, ...]
    instructions: tuple[str, ...]
    signatories: tuple[Signatory, ...]
    open: tuple[str, ...] = ()  # what it cannot say, a sentence each
    title: str = "Signing Sheet"


def signing_values(sheet: SigningSheet) -> Mapping[str, Any]:
    """Give what signing-sheet.typ receives."""
    return {
        "heading": sheet.title,
        "caption": sheet.caption,
        "instructions": sheet.instructions,
        "signatories": [
            {
                "name": one.name,
                "roles": one.roles,
                "lines": [_signing_line(line) for line in one.lines],
            }
            for one in sheet.signatories
        ],
        "open": sheet.open,
    }


def _signing_line(line: SigningLine) -> dict[str, Any]:
    return {
        "page": str(line.page),
        "target": packet_address(line.page, line.area),
        "document": line.document,
        "line": line.line,
        "marks": line.marks,
    }


def packet_address(page: int, area: Sequence[float]) -> str:
    """Give the address that becomes a link to a place in the packet's file."""
    return f"{PACKET_PLACES}/{page}/{'/'.join(f'{side:.1f}' for side in area)}"


@dataclass(frozen=True, slots=True)
class Continuation:
    """All that one printed item had no room for."""

    page: int  # of the form
    part: str | None
    item: str
    asked: str  # the printed question; empty where each line has its own
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addendum:
    """The signed sheets that continue a form."""

    form: str  # "I-131"
    title: str
    edition: str  # "01/20/25"
    name: str
    signed_as: str  # "Applicant"
    answers: tuple[Continuation, ...]
    a_number: str | None = None
    person: str | None = None  # "for Ada Lind", where the form is one of several


def separator_values(separator: Separator, shown: int) -> Mapping[str, Any]:
    """Give what separator.typ receives, with the first `shown` citations."""
    cited = cited_once(separator)
    return {
        "letter": separator.letter,
        "title": separator.title,
        "native_title": separator.native_title or None,
        "details": separator.details,
        "parts": separator.parts,
        "extent": _counted(separator.pages, "page"),
        "cited_in": _by_document(separator.letter, cited[:shown]),
        "more": _more(len(cited) - shown, some_shown=shown > 0),
    }


def index_values(index: Index) -> Mapping[str, Any]:
    """Give what index.typ receives."""
    return {
        "heading": index.title,
        "caption": index.caption,
        "groups": [
            {"heading": group.heading or None, "rows": [_row_values(row) for row in group.rows]}
            for group in index.groups
        ],
        "absent": [asdict(exhibit) for exhibit in index.absent],
        "submitted": [asdict(exhibit) for exhibit in index.submitted],
    }


def slip_values(slip: Slip) -> Mapping[str, Any]:
    """Give what slip.typ receives."""
    return asdict(slip) | {"edition": slip.edition or None, "person": slip.person or None}


def notice_values(notice: Notice) -> Mapping[str, Any]:
    """Give what notice.typ receives."""
    linked = [
        {"text": citation.text, "target": _address(citation.letter, citation.page)}
        for citation in notice.citations
    ]
    return asdict(notice) | {"citations": linked, "key_date": notice.key_date or None}


def addendum_values(addendum: Addendum) -> Mapping[str, Any]:
    """Give what addendum.typ receives."""
    answers = [
        {"place": _place_on(one), "asked": one.asked or None, "lines": list(one.lines)}
        for one in addendum.answers
    ]
    return asdict(addendum) | {
        "form": f"Form {addendum.form}",
        "person": addendum.person or None,
        "a_number": addendum.a_number or None,
        "answers": answers,
    }


def _place_on(one: Continuation) -> str:
    part = f", Part {one.part}" if one.part else ""
    return f"Page {one.page}{part}, Item {one.item}"


def cited_once(separator: Separator) -> tuple[CitedBy, ...]:
    """Give the citations of a separator, each as printed in each document once."""
    return tuple(dict.fromkeys(separator.cited_by))


def _by_document(letter: str, cited: Sequence[CitedBy]) -> list[dict[str, Any]]:
    by_title: dict[str, list[dict[str, str]]] = {}
    for place in cited:
        citation = {"text": place.text, "target": _address(letter, place.page)}
        by_title.setdefault(place.document, []).append(citation)
    return [{"document": title, "citations": items} for title, items in by_title.items()]


def _more(hidden: int, *, some_shown: bool) -> str | None:
    if hidden == 0:
        return None
    return (
        f"and {_counted(hidden, 'more citation')}" if some_shown else _counted(hidden, "citation")
    )


def _row_values(row: IndexRow) -> dict[str, Any]:
    return asdict(row) | {
        "target": _address(row.letter),
        "pages": str(row.pages),
        "packet_page": "\u2013" if row.packet_page is None else str(row.packet_page),
    }


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _address(letter: str, page: int | None = None) -> str:
    return f"{_EXHIBITS}/{letter}" if page is None else f"{_EXHIBITS}/{letter}/{page}"

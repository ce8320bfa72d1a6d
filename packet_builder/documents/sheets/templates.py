"""An office's page templates and invented values become a list of what is wrong with them."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader

from packet_builder.documents.sheets import content as page_content
from packet_builder.documents.sheets import report, timeline
from packet_builder.documents.sheets.errors import PageTemplateError
from packet_builder.documents.sheets.typeset import typeset
from packet_builder.errors import UnusableError

_NOT_READ = re.compile(r"[\s\u200b\u2068\u2069]+")


@dataclass(frozen=True, slots=True)
class _Trial:
    kind: str
    values: Mapping[str, Any]
    printed: tuple[str, ...]  # what a page of this kind is for: it has to be readable on it
    linked: tuple[str, ...] = ()
    one_page: bool = True


def template_faults(templates: Path) -> tuple[UnusableError, ...]:
    """Give the first fault of each template, in the words that a build would stop with.

    Each is set twice, with everything that it may receive and with nothing that it may do
    without. It has to compile, to stay on its page, and to print and link what it exists for.
    """
    faults: dict[str, UnusableError] = {}
    for trial in _TRIALS:
        if trial.kind not in faults and (fault := _fault(trial, templates)):
            faults[trial.kind] = fault
    return tuple({str(fault): fault for fault in faults.values()}.values())


def _fault(trial: _Trial, templates: Path) -> UnusableError | None:
    template = templates / f"{trial.kind}.typ"
    try:
        pdf = typeset(template, trial.kind.capitalize(), trial.values)
    except UnusableError as error:
        return error
    if trial.one_page and pdf.pages > 1:
        return PageTemplateError(template.name, None, "it takes more than one page")
    missing = next(_missing(trial, pdf.content), None)
    return PageTemplateError(template.name, None, missing) if missing else None


def _missing(trial: _Trial, content: bytes) -> Iterator[str]:
    text = _comparable(_text_of(content))
    for words in trial.printed:
        if _comparable(words) not in text:
            yield f'it does not print "{words}", which the program gave it'
    addresses = _addresses(content)
    for address in trial.linked:
        if address not in addresses:
            yield f"it does not link to {address}"


def _text_of(content: bytes) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _comparable(text: str) -> str:
    return _NOT_READ.sub("", text).casefold()


def _addresses(content: bytes) -> set[str]:
    return {
        str(annotation["/A"]["/URI"])
        for page in PdfReader(io.BytesIO(content)).pages
        for annotation in page.annotations or ()
        if "/URI" in annotation.get("/A", {})
    }


_SEPARATOR = page_content.Separator(
    letter="C",
    title="Letter of Dr. Nora Lind",
    pages=3,
    native_title="نامهٔ دکتر",
    details=("Dated November 2, 2026",),
    parts=("English translation", "Persian original"),
    cited_by=(page_content.CitedBy("Cover Letter", "Ex. C at 2", 2),) * 2
    + (page_content.CitedBy("Brief", "Ex. C"),),
)
_ROW = page_content.IndexRow(
    "C", "Letter of Dr. Nora Lind", 3, 47, ("Dated May 2",), "The diagnosis"
)
_INDEX = page_content.Index(
    groups=(page_content.IndexGroup("Medical need", (_ROW,)),),
    caption=("Petitioner: Ada Lind",),
    absent=(page_content.AbsentExhibit("School records", "The school burned down"),),
    submitted=(
        page_content.SubmittedExhibit("A", "Passport", "page 31 of the packet filed May 2, 2026"),
    ),
)
_SLIP = page_content.Slip(
    form="Form I-131",
    title="Application for Travel Documents",
    lines=("Fetch the blank.",),
    edition="Edition of 01/20/25",
    person="Ada Lind",
)
_NOTICE = page_content.Notice(
    reason="Surgery cannot wait.",
    contact=("Jane Counsel", "(617) 555-0142"),
    caption=("Beneficiary: Ada Lind",),
    key_date="The surgery is set for December 14, 2026.",
    citations=(page_content.Citation("Ex. C at 2", "C", 2),),
)
_SIGNING = page_content.SigningSheet(
    packet="packet.pdf",
    caption=("Case lind",),
    instructions=("Sign by hand.",),
    signatories=(
        page_content.Signatory(
            "Ada Lind",
            ("petitioner",),
            (
                page_content.SigningLine(
                    31, (0, 0, 612, 176), "Form I-131", "Part 10, Item 4", ("Signature", "Date")
                ),
            ),
        ),
    ),
    open=("Form I-134: a slip stands in its place.",),
)
_REPORT = report.Report(
    title="Evidence Matrix",
    mark="INTERNAL not for filing",
    packet="packet.pdf",
    caption=("Case lind",),
    summary=("Gaps: 1",),
    parts=(
        report.Part(
            "Discretion",
            (
                report.Table(
                    "For: family ties",
                    (("What is said", 0.7), ("Carried by", 0.3)),
                    (
                        report.Row(
                            ((report.Piece("Her son"),), (report.Piece("Ex. C", 47),)), "gap"
                        ),
                    ),
                    ("The burden is the filer's.",),
                ),
            ),
        ),
    ),
)
_ADDENDUM = page_content.Addendum(
    form="I-131",
    title="Application for Travel Documents",
    edition="01/20/25",
    name="Ada Lind",
    signed_as="Applicant",
    answers=(page_content.Continuation(5, "2", "2", "Other Names Used", ("4. Family: Berg",)),),
    a_number="012345678",
    person="for Nora Lind",
)
_TIMELINE = timeline.Timeline(
    title="Timeline",
    mark="INTERNAL not for filing",
    caption=("Case lind", "Ada Lind (آدا)"),
    on=dt.date(2027, 2, 1),
    above=(timeline.Day(dt.date(2027, 1, 4), (timeline.Line("Approved"),)),),
    below=(
        timeline.Day(
            dt.date(2027, 3, 1),
            (
                timeline.Line("Response due", "hard", "PAST", "as reported"),
                timeline.Line("Send by", "target"),
            ),
            "in 28 days",
        ),
        timeline.Day(dt.date(2027, 4, 1), (timeline.Line("Day 1", "mark"),)),
    ),
    later=("2030-01-01 Passport ends",),
)
_EXHIBIT = "https://exhibit.invalid/C"

_TRIALS = (
    _Trial(
        "separator",
        page_content.separator_values(_SEPARATOR, shown=1),
        ("Exhibit C", "Letter of Dr. Nora Lind", "Cover Letter", "Ex. C at 2", "1 more citation"),
        linked=(f"{_EXHIBIT}/2",),
    ),
    _Trial(
        "separator",
        page_content.separator_values(
            page_content.Separator("C", "Letter of Dr. Nora Lind", 3), shown=0
        ),
        ("Exhibit C", "Letter of Dr. Nora Lind"),
    ),
    _Trial(
        "index",
        page_content.index_values(_INDEX),
        (
            *("Letter of Dr. Nora Lind", "47", "School records", "The school burned down"),
            *("Passport", "page 31 of the packet filed May 2, 2026"),
        ),
        linked=(_EXHIBIT,),
        one_page=False,
    ),
    _Trial("index", page_content.index_values(page_content.Index(())), ("Exhibit Index",)),
    _Trial(
        "signing-sheet",
        page_content.signing_values(_SIGNING),
        (
            "Sign by hand.",
            *("Ada Lind", "petitioner", "31", "Form I-131", "Part 10, Item 4", "Signature", "Date"),
            "a slip stands in its place",
        ),
        linked=(page_content.packet_address(31, (0, 0, 612, 176)),),
        one_page=False,
    ),
    _Trial(
        "signing-sheet",
        page_content.signing_values(page_content.SigningSheet("packet.pdf", (), (), ())),
        ("Signing Sheet",),
    ),
    _Trial(
        "report",
        report.report_values(_REPORT),
        (
            *("INTERNAL not for filing", "Case lind", "Gaps: 1", "Discretion", "For: family ties"),
            *("What is said", "Her son", "Ex. C", "The burden is the filer's."),
        ),
        linked=(page_content.packet_address(47, report.WHOLE_PAGE),),
        one_page=False,
    ),
    _Trial(
        "report",
        report.report_values(report.Report("Report", "INTERNAL not for filing", "", (), (), ())),
        ("INTERNAL not for filing", "Report"),
    ),
    _Trial(
        "timeline",
        timeline.timeline_values(_TIMELINE),
        (
            *("INTERNAL not for filing", "Case lind", "2027-01-04", "Approved", "2027-03-01"),
            *("Response due", "PAST", "as reported", "in 28 days", "Day 1", "Passport ends"),
        ),
    ),
    _Trial(
        "timeline",
        timeline.timeline_values(
            timeline.Timeline("Timeline", "INTERNAL", (), dt.date(2027, 2, 1), (), ())
        ),
        ("INTERNAL", "2027-02-01"),
    ),
    _Trial("slip", page_content.slip_values(_SLIP), ("Form I-131", "Ada Lind", "Fetch the blank.")),
    _Trial(
        "slip",
        page_content.slip_values(page_content.Slip("Form I-131", "Application", ("Fetch it.",))),
        ("Form I-131", "Fetch it."),
    ),
    _Trial(
        "notice",
        page_content.notice_values(_NOTICE),
        ("EXPEDITE", _NOTICE.reason, "The surgery is set for December 14", *_NOTICE.contact),
        linked=(f"{_EXHIBIT}/2",),
    ),
    _Trial(
        "addendum",
        page_content.addendum_values(_ADDENDUM),
        (
            *("Ada Lind", "012345678", "for Nora Lind", "Form I-131", "01/20/25"),
            *("Page 5, Part 2, Item 2", "Other Names Used", "4. Family: Berg"),
            *("Signature in ink", "Applicant", "Date of signature"),
        ),
        one_page=False,
    ),
    _Trial(
        "addendum",
        page_content.addendum_values(
            page_content.Addendum(
                *("G-1450", "Authorization", "02/06/26", "Ada Lind", "Card holder"),
                (page_content.Continuation(1, None, "billing", "", ("Street: 1 Row",)),),
            )
        ),
        ("Ada Lind", "Page 1, Item billing", "Street: 1 Row", "Card holder"),
        one_page=False,
    ),
    _Trial(
        "notice",
        page_content.notice_values(page_content.Notice(_NOTICE.reason, _NOTICE.contact)),
        ("EXPEDITE", _NOTICE.reason, *_NOTICE.contact),
    ),
)

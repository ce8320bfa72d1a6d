"""Separators, index, slips, notices and addenda become PDFs: the pages that nobody edits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from packet_builder import workspace
from packet_builder.documents.document import PdfFile
from packet_builder.documents.sheets.content import (
    Addendum,
    Index,
    Notice,
    Separator,
    SigningSheet,
    Slip,
    addendum_values,
    cited_once,
    index_values,
    notice_values,
    separator_values,
    signing_values,
    slip_values,
)
from packet_builder.documents.sheets.packet_links import linked_to_packet
from packet_builder.documents.sheets.typeset import TypesetPdf, typeset
from packet_builder.errors import UnusableError
from packet_builder.template_files import program_pages

_MOST_CITATIONS = 40  # on a separator: more would crowd out what the page is for


class PageOverflowError(UnusableError):
    """What has to stand on one page does not fit on it."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{what} does not fit on one page. {cure}")


def render_separators(
    separators: Sequence[Separator], folder: Path, templates: Path | None = None
) -> tuple[PdfFile, ...]:
    """Write `separator-C.pdf` and so on into `folder`, one page each.

    Each file depends on its own separator only, so that a change of one leaves the others, and
    what was approved, as they are.
    """
    template = _template("separator", templates)
    return tuple(
        _written(_one_page_separator(separator, template), folder / _file_name(separator))
        for separator in separators
    )


def render_index(index: Index, target: Path, templates: Path | None = None) -> PdfFile:
    """Write the exhibit index, as many pages as it needs.

    Its length does not depend on the packet pages in it, so it may be set once without them for
    counting, and again with them.
    """
    return _written(
        typeset(_template("index", templates), index.title, index_values(index)), target
    )


def render_slip(slip: Slip, target: Path, templates: Path | None = None) -> PdfFile:
    """Write the page that stands in the place of a form."""
    pdf = typeset(_template("slip", templates), slip.form, slip_values(slip))
    return _written(_single(pdf, f"The slip for {slip.form}", "Shorten its lines."), target)


def render_notice(notice: Notice, target: Path, templates: Path | None = None) -> PdfFile:
    """Write a notice, in the largest type at which it fits."""
    pdf = typeset(_template("notice", templates), notice.heading, notice_values(notice))
    what = f"The {notice.heading} page"
    return _written(_single(pdf, what, "Shorten the reason in the facts."), target)


def render_signing_sheet(sheet: SigningSheet, target: Path, templates: Path | None = None) -> None:
    """Write the sheet that says who signs where, its links leading into the packet."""
    pdf = typeset(_template("signing-sheet", templates), sheet.title, signing_values(sheet))
    workspace.write_whole(target, linked_to_packet(pdf.content, sheet.packet))


def render_addendum(addendum: Addendum, target: Path, templates: Path | None = None) -> PdfFile:
    """Write the sheets that continue a form, as many as it needs."""
    title = f"Addendum to Form {addendum.form}"
    return _written(
        typeset(_template("addendum", templates), title, addendum_values(addendum)), target
    )


def _one_page_separator(separator: Separator, template: Path) -> TypesetPdf:
    def setting(shown: int) -> TypesetPdf:
        title = f"Exhibit {separator.letter}"
        return typeset(template, title, separator_values(separator, shown))

    count = min(len(cited_once(separator)), _MOST_CITATIONS)
    whole = setting(count)
    if whole.pages == 1:
        return whole
    shown = _largest(count - 1, lambda shown: setting(shown).pages == 1)
    cure = "Shorten its title or its details in the facts."
    return _single(setting(shown), f"The separator of Exhibit {separator.letter}", cure)


def _largest(count: int, fits: Callable[[int], bool]) -> int:
    """Give the largest number up to `count` that fits, or 0."""
    low, high = 0, max(count, 0)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _file_name(separator: Separator) -> str:
    return f"separator-{separator.letter}.pdf"


def _template(kind: str, templates: Path | None) -> Path:
    return (templates or program_pages()) / f"{kind}.typ"


def _single(pdf: TypesetPdf, what: str, cure: str) -> TypesetPdf:
    if pdf.pages > 1:
        raise PageOverflowError(what, cure)
    return pdf


def _written(pdf: TypesetPdf, target: Path) -> PdfFile:
    workspace.write_whole(target, pdf.content)
    return PdfFile(target, pdf.pages, hashlib.sha256(pdf.content).hexdigest())

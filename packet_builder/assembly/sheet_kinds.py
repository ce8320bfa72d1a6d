"""Hands the plain values of a sheet to its renderer, one entry a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.documents.document import PdfFile
from packet_builder.documents.sheets.content import (
    AbsentExhibit,
    Addendum,
    CitedBy,
    Continuation,
    Index,
    IndexGroup,
    IndexRow,
    Notice,
    Separator,
    Slip,
    SubmittedExhibit,
)
from packet_builder.documents.sheets.sheets import (
    render_addendum,
    render_index,
    render_notice,
    render_separators,
    render_slip,
)
from packet_builder.plan.planned import DocumentKind

Values = Mapping[str, Any]


def _separator(values: Values, target: Path, templates: Path) -> PdfFile:
    cited_by = tuple(
        CitedBy(one["document"], one["text"], one["page"]) for one in values["cited_by"]
    )
    separator = Separator(
        letter=values["letter"],
        title=values["title"],
        pages=values["pages"],
        native_title=values["native_title"] or None,
        details=tuple(values["details"]),
        parts=tuple(values["parts"]),
        cited_by=cited_by,
    )
    (pdf,) = render_separators((separator,), target.parent, templates)
    pdf.path.rename(target)
    return pdf


def _index(values: Values, target: Path, templates: Path) -> PdfFile:
    groups = tuple(
        IndexGroup(group["heading"], tuple(map(_row, group["rows"]))) for group in values["groups"]
    )
    absent = tuple(AbsentExhibit(one["title"], one["reason"]) for one in values["waived"])
    submitted = tuple(SubmittedExhibit(**one) for one in values["submitted"])
    index = Index(groups, tuple(values["caption"]), absent, submitted)
    return render_index(index, target, templates)


def _row(row: Values) -> IndexRow:
    return IndexRow(
        letter=row["letter"],
        title=row["title"],
        pages=row["pages"],
        packet_page=row["packet_page"],
        details=tuple(row["details"]),
        purpose=row["purpose"],
    )


def _slip(values: Values, target: Path, templates: Path) -> PdfFile:
    slip = Slip(
        form=values["form"],
        title=values["title"],
        lines=tuple(values["lines"]),
        edition=values["edition"],
        person=values["person"] or None,
    )
    return render_slip(slip, target, templates)


def _notice(values: Values, target: Path, templates: Path) -> PdfFile:
    notice = Notice(
        reason=values["reason"],
        contact=tuple(values["contact"]),
        caption=tuple(values["caption"]),
        key_date=values["key_date"] or None,
        heading=values["heading"],
    )
    return render_notice(notice, target, templates)


def _addendum(values: Values, target: Path, templates: Path) -> PdfFile:
    answers = tuple(
        Continuation(one["page"], one["part"], one["item"], one["asked"], tuple(one["lines"]))
        for one in values["answers"]
    )
    return render_addendum(Addendum(**{**values, "answers": answers}), target, templates)


SHEETS: Mapping[DocumentKind, Callable[[Values, Path, Path], PdfFile]] = MappingProxyType(
    {
        DocumentKind.SEPARATOR: _separator,
        DocumentKind.INDEX: _index,
        DocumentKind.SLIP: _slip,
        DocumentKind.NOTICE: _notice,
        DocumentKind.ADDENDUM: _addendum,
    }
)

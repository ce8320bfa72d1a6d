"""Makes the pages that nobody edits: separators, the index, slips, notices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from packet_builder.assembly.cache import Cache, digest_of_parts
from packet_builder.assembly.office_fonts import office_fonts
from packet_builder.documents.document import PdfFile
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.template_files import (
    PAGES,
    gather_pages,
    program_pages,
    template_digest,
)

Pages = Mapping[str, int]  # page count of each exhibit, by letter


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation that stands on a page of a letter."""

    document: str  # the letter's title
    text: str  # as printed: "Ex. C at 3"
    exhibit: str
    page: int | None  # of the exhibit; None: the exhibit as a whole


@dataclass(frozen=True, slots=True)
class Printer:
    """What every sheet is made with."""

    cache: Cache
    templates: Path  # the folder of page templates
    look: str  # the digest of all of them: they share their style

    def sheet(self, kind: DocumentKind, values: Mapping[str, object]) -> PdfFile:
        """Give the PDF of a sheet, made now or kept from before."""
        made_from = (kind.value, self.look, json.dumps(values, sort_keys=True))
        place = self.cache.kept(
            made_from, lambda folder: _make(kind, values, folder, self.templates)
        )
        row = json.loads((place / "sheet.json").read_text(encoding="utf-8"))
        return PdfFile(place / "sheet.pdf", row["pages"], row["sha256"])


def printer_with(cache: Cache, templates: Path) -> Printer:
    """Give the printer of a build: its templates are looked at once."""
    return Printer(cache, templates, digest_of_parts(_files(templates)))


def page_templates(templates: Path, office: Cache) -> Path:
    """Give the folder of page templates: ours, or ours with the office's own in their places.

    The office's fonts lie there, too. Raises FontsRefusedError.
    """
    ours, own = program_pages(), templates / PAGES
    fonts = office_fonts(templates, office)
    if fonts is None and (own == ours or not own.is_dir()):
        return ours
    made_from = ("page-templates", *_files(ours), *_files(own), fonts.name if fonts else "")
    return office.kept(made_from, lambda folder: gather_pages(templates, folder, fonts))


def _files(folder: Path) -> list[str]:
    """Give the name and the digest of every file that page templates may read."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [f"{path.relative_to(folder).as_posix()} {template_digest(path)}" for path in files]


def separator_values(
    planned: PlannedDocument, pages: Pages, cited: Sequence[Cited]
) -> Mapping[str, object]:
    """Give what a separator prints: the plan's words, the page count, who cites it."""
    letter = planned.exhibit or ""
    by = [asdict(one) for one in cited if one.exhibit == letter]
    return {**(planned.context or {}), "pages": pages[letter], "cited_by": by}


def index_values(
    planned: PlannedDocument, pages: Pages, numbering: Numbering | None
) -> Mapping[str, object]:
    """Give what the index prints; without a numbering the packet pages stay open."""
    context = dict(planned.context or {})
    groups = [
        {
            "heading": group["heading"],
            "rows": [_with_pages(row, pages, numbering) for row in group["rows"]],
        }
        for group in context["groups"]
    ]
    return {**context, "groups": groups}


def _with_pages(
    row: Mapping[str, object], pages: Pages, numbering: Numbering | None
) -> dict[str, object]:
    letter = str(row["letter"])
    page = numbering.page_of(letter, None) if numbering else None
    return {**row, "pages": pages[letter], "packet_page": page}


def _make(kind: DocumentKind, values: Mapping[str, object], folder: Path, templates: Path) -> None:
    from packet_builder.assembly.sheet_kinds import SHEETS  # noqa: PLC0415 - only when not kept

    pdf = SHEETS[kind](values, folder / "sheet.pdf", templates)
    row = {"pages": pdf.pages, "sha256": pdf.sha256}
    (folder / "sheet.json").write_text(json.dumps(row), encoding="utf-8", newline="\n")

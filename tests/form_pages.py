"""Official forms filled on their real blanks, as tests look at them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.forms import WrittenForm, addendum_of
from packet_builder.assembly.sheets import printer_with
from packet_builder.documents.document import PdfFile
from packet_builder.documents.forms.fill import FilledForm, fill_form
from packet_builder.facts import read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import Each, Entry
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import FormMap, read_form_map
from packet_builder.plan.forms import plan_forms
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.workspace import shipped
from tests.blank_forms import ready_blank
from tests.cases import INITIAL

EDITIONS = {
    "g-28": "2018-09-17",
    "g-1145": "2014-09-26",
    "g-1450": "2026-02-06",
    "g-1650": "2025-06-03",
    "i-131": "2025-01-20",
    "i-134": "2025-01-20",
    "i-765": "2025-08-21",
    "i-912": "2025-07-22",
}
EACH = {"i-134": Each.PLEDGE, "g-1145": None, "i-912": None}
FIRM = Path(__file__).parents[1] / "case_data" / "firm.yaml"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was planned and filled."""

    planned: PlannedDocument
    made: FilledForm
    folder: Path

    @property
    def fields(self) -> Mapping[str, str]:
        """Give what the file holds, by names without their common beginning."""
        fields = PdfReader(self.made.filled).get_fields() or {}
        return {
            name.removeprefix("form1[0]."): str(field.get("/V", ""))
            for name, field in fields.items()
        }

    def field(self, end: str) -> str:
        """Give the value of the one field whose name ends so."""
        (value,) = [value for name, value in self.fields.items() if name.endswith(end)]
        return value

    def block(self, number: int) -> tuple[str, str, str, str]:
        """Give page, part, item and text of a block of Additional Information."""
        additional = (self.planned.context or {})["additional"]
        block = additional["blocks"][number - 1]
        page, part, item, text = (
            self.fields.get(block[name].removeprefix("form1[0]."), "")
            for name in ("page", "part", "item", "text")
        )
        return page, part, item, " ".join(text.split())

    @property
    def open(self) -> set[tuple[str | None, str]]:
        """Give part and item of each question that stayed open."""
        return {(one["part"], one["item"]) for one in (self.planned.context or {})["open"]}

    @property
    def printed(self) -> str:
        """Give the words of all pages, those of an addendum too, without any space."""
        return squeezed(text_of(self.made.pages_file) + self.addendum)

    @property
    def addendum(self) -> str:
        """Give the words of the sheets that continue the form."""
        said = {"addendum": [one.row for one in self.made.placed.addendum]}
        pdf = PdfFile(self.made.pages_file, self.made.pages, "")
        values = addendum_of(WrittenForm(self.planned, self.made.filled, pdf, said, {}, {}))
        if values is None:
            return ""
        printer = printer_with(Cache(self.folder / "cache"), shipped("templates") / "pages")
        return text_of(printer.sheet(DocumentKind.ADDENDUM, values).path)


@cache
def map_of(form: str) -> FormMap:
    """Give the map of a form."""
    return read_form_map(shipped("templates") / "forms" / form / f"{EDITIONS[form]}.yaml")


def filled(folder: Path, text: str, form: str) -> tuple[Form, ...]:
    """Plan and fill a form for everybody for whom a case needs one."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    case = interpret(Case, read_file(path))
    firm = interpret(Firm, read_file(FIRM))
    entry = Entry(form=form, each=EACH.get(form, Each.BENEFICIARY))
    planned = plan_forms(entry, FormFiling(case, firm, INITIAL), {form: map_of(form)})
    return tuple(fill_planned(one, folder / str(number)) for number, one in enumerate(planned))


def fill_planned(planned: PlannedDocument, folder: Path) -> Form:
    """Fill a planned form."""
    folder.mkdir()
    form = planned.template or ""
    made = fill_form(ready_blank(form, EDITIONS[form], folder), planned.context or {}, folder)
    return Form(planned, made, folder)


def text_of(path: Path) -> str:
    """Give the words of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Give a text without its spaces, and with plain hyphens."""
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def without_petitioner(text: str, alone: str) -> str:
    """Give a case in which a beneficiary files alone."""
    date = "  date: 2026-12-01\n"
    start, end = text.index("petitioner:\n  name"), text.index("beneficiaries:\n  - id")
    return (text[:start] + text[end:]).replace(date, f"{date}  self_petitioner: {alone}\n")


def words_with(words: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Give the facts of a form with one of them replaced."""
    first, _, rest = path.partition(".")
    below = words.get(first)
    inner = words_with(below if isinstance(below, Mapping) else {}, rest, value) if rest else value
    return {**words, first: inner}

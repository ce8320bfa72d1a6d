"""A case text becomes a form, planned or filled on its real blank, for tests that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from packet_builder.documents.forms.fill import FilledForm, fill_form
from packet_builder.facts import read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import Entry
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import map_path, read_form_map
from packet_builder.plan.forms import plan_forms
from packet_builder.plan.planned import PlannedDocument
from packet_builder.workspace import shipped
from tests.blank_forms import ready_blank
from tests.cases import INITIAL

CASES = Path(__file__).parents[1] / "case_data"
EDITIONS = {
    "g-28": "09/17/18",
    "g-1450": "02/06/26",
    "g-1650": "06/03/25",
    "i-131": "01/20/25",
    "i-134": "01/20/25",
    "i-765": "08/21/25",
    "i-912": "07/22/25",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A form that is planned: what goes into which field, and what stays open."""

    planned: PlannedDocument

    @property
    def fields(self) -> Mapping[str, str]:
        """Give the text or state of each field, by names without the first, which all share."""
        answers = (self.planned.context or {})["answers"]
        return {
            one["field"].removeprefix("form1[0]."): one["text"] or one["state"] for one in answers
        }

    @property
    def open(self) -> list[tuple[str, str]]:
        """Give part and item of each open question."""
        return [(one["part"] or "", one["item"]) for one in (self.planned.context or {})["open"]]


def told(folder: Path, text: str, form: str, **entry: Any) -> Told:  # noqa: ANN401 - the line's fields
    """Plan the form of the first beneficiary."""
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    case = interpret(Case, read_file(folder / "case.yaml"))
    firm = interpret(Firm, read_file(CASES / "firm.yaml"))
    maps = {form: read_form_map(map_path(shipped("templates"), form, EDITIONS[form]))}
    return Told(
        next(iter(plan_forms(Entry(form=form, **entry), FormFiling(case, firm, INITIAL), maps)))
    )


def filled(folder: Path, planned: PlannedDocument) -> FilledForm:
    """Fill a planned form on its real blank."""
    form = planned.template or ""
    edition = map_path(Path(), form, EDITIONS[form]).stem
    return fill_form(ready_blank(form, edition, folder), planned.context or {}, folder)


def fields_of(path: Path) -> Mapping[str, str]:
    """Read what the file of a filled form holds."""
    return {
        name.removeprefix("form1[0]."): str(field.get("/V", ""))
        for name, field in (PdfReader(path).get_fields() or {}).items()
    }

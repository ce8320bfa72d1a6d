"""No list of the facts is cut, however short the form's own table is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packet_builder.facts import read_file
from packet_builder.model.base import Part
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.model.people import Beneficiary, Petitioner, Supporter
from packet_builder.outline import Each, Entry
from packet_builder.plan import forms as planning
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import Table
from packet_builder.plan.forms import plan_forms
from tests.cases import INITIAL, changed
from tests.form_facts import maximal
from tests.form_pages import EACH, EDITIONS, FIRM, Form, fill_planned, filled, map_of, words_with
from tests.form_pages import squeezed as bare

TABLES = [(form, table) for form in EDITIONS for table in map_of(form).lists]
EVERY_TABLE = pytest.mark.parametrize(
    ("form", "table"), TABLES, ids=[f"{form}-{table.fact}" for form, table in TABLES]
)
_CHOICES = {"kind_printed": "Annuities"}


def entry_of(table: Table, number: int) -> dict[str, Any]:
    """Make one entry of a list, each of its answers a word that stands nowhere else."""
    entry: dict[str, Any] = {}
    for position, column in enumerate(table.columns):
        word = _CHOICES.get(column.fact, f"N{number:02d}C{position}")
        entry = words_with(entry, column.fact, word)
    return entry


def filled_with(
    form: str, table: Table, count: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Form:
    """Fill a form whose list has so many entries."""
    text = maximal() if form in {"i-765", "i-912"} else changed()
    case = interpret(Case, _read(text, folder))
    firm = interpret(Firm, read_file(FIRM))
    entries = [entry_of(table, number) for number in range(count)]
    words = planning.form_words

    def with_entries(*told: Any) -> Any:  # noqa: ANN401
        return words_with(words(*told), table.fact, entries)

    monkeypatch.setattr(planning, "form_words", with_entries)
    entry = Entry(form=form, each=EACH.get(form, Each.BENEFICIARY))
    (planned, *_) = plan_forms(entry, FormFiling(case, firm, INITIAL), {form: map_of(form)})
    return fill_planned(planned, folder / "form")


def _read(text: str, folder: Path) -> Any:  # noqa: ANN401
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


@EVERY_TABLE
@pytest.mark.parametrize("beyond", [1, 4, 40])
def test_every_entry_of_a_list_stands_on_the_pages(
    form: str, table: Table, beyond: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(table.rows) + beyond
    made = filled_with(form, table, count, tmp_path, monkeypatch)

    printed = made.printed
    words = [
        f"N{number:02d}C{position}"
        for number in range(count)
        for position, column in enumerate(table.columns)
        if column.fact not in _CHOICES
    ]
    assert [word for word in words if word not in printed] == []
    assert made.made.placed.carried or made.made.placed.addendum


@EVERY_TABLE
def test_a_list_that_fits_is_not_carried(
    form: str, table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled_with(form, table, len(table.rows), tmp_path, monkeypatch)

    asked = [one for one in made.made.placed.carried if table.asked in one]
    assert (asked, made.made.placed.addendum) == ([], [])


def lists_of(model: type[Part]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if "tuple[" in str(field.annotation) and "packet_builder.model" in str(field.annotation):
            yield name


def test_every_list_of_a_person_that_a_form_could_ask_has_its_rows() -> None:
    """A list that is added to the facts later is either mapped, or named here with its reason."""
    elsewhere = {
        "without": "says what there is none of",
        "immigration_history": "stands in the letters; no form has a table for it",
        "support": "claims of the letters",
    }
    mapped = {table.fact.rpartition(".")[2] for _, table in TABLES}

    for model in (Petitioner, Beneficiary, Supporter):
        assert set(lists_of(model)) - mapped - elsewhere.keys() == set()


OTHER_NAMES = """
  other_names:
    - {family: Mensah, given: Akosua}
    - {family: Owusu, given: Akosua, middle: Serwaa}
    - {family: Boateng-Owusu, given: Adwoa}
    - {family: Asante, given: Akosua}
    - {family: Amponsah}
"""


def test_the_names_beyond_the_rows_are_lines_under_their_item(tmp_path: Path) -> None:
    text = changed(("petitioner:\n", f"petitioner:{OTHER_NAMES}"))
    (form,) = filled(tmp_path, text, "i-131")

    assert form.field("Part2_Line2_FamilyName3[0]") == "Boateng-Owusu"
    page, part, item, said = form.block(1)
    assert (page, part, item) == ("5", "2", "2")
    assert said == "4. Family Name: Asante; Given Name: Akosua 5. Family Name: Amponsah"


def test_an_addendum_has_name_number_place_and_a_line_to_sign(tmp_path: Path) -> None:
    child = (
        "name: {{family: Owusu{0}, given: Child}}, date_of_birth: 20{0}-01-29, relationship: child"
    )
    dependents = "".join(f"      - {{{child.format(number)}}}\n" for number in range(10, 26))
    dependents += dependents.replace("given: Child", "given: Foster")
    text = changed(
        ("    relationship: sister\n", "    relationship: sister\n    a_number: A012-345-678\n"),
        ("    household_size: 2\n", f"    household_size: 2\n    dependents:\n{dependents}"),
    )
    (form,) = filled(tmp_path, text, "i-134")

    said = bare(form.addendum)
    assert form.made.placed.carried == []
    for words in (
        *("Addendum to Form I-134", "Name: Adwoa Boateng", "A-Number (if any): 012345678"),
        *("Page 3, Part 2, Item 15", "Dependents", "Signature in ink", "Date of signature"),
        *("Sheet 1 of 1", "For Kwabena Boateng, by Adwoa Boateng"),
        "32. Full Name: Foster Owusu25; Date of Birth: 01/29/2025; Relationship to you: child",
    ):
        assert bare(words).casefold() in said.casefold(), words


def test_each_sheet_of_an_addendum_has_its_own_name_and_signature(tmp_path: Path) -> None:
    names = "".join(f"\n    - {{family: Name{number:03d}, given: Akosua}}" for number in range(90))
    text = changed(("petitioner:\n", f"petitioner:\n  other_names:{names}\n"))
    (form,) = filled(tmp_path, text, "i-131")

    sheets = bare(form.addendum).count("Signatureinink:Applicant")
    assert sheets >= 2
    assert bare(form.addendum).count("Name:AdwoaBoateng") == sheets
    assert bare(form.addendum).count("Page5,Part2,Item2") == sheets
    assert f"Sheet{sheets}of{sheets}" in bare(form.addendum)

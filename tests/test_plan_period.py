"""The period of Form I-134 is that of Form I-131, Part 8, whatever the facts say."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packet_builder.deadlines.counting import months_after
from packet_builder.facts import read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.plan.form_facts import FormFiling, form_facts
from packet_builder.plan.form_map import map_path, read_form_map
from packet_builder.workspace import shipped
from tests.cases import INITIAL, changed, facts_of

FIRM = interpret(Firm, read_file(Path(__file__).parents[1] / "case_data" / "firm.yaml"))


def asked(form: str, edition: str, part: str, item: str) -> set[str]:
    """Give the facts that answer an item of a form."""
    form_map = read_form_map(map_path(shipped("templates"), form.lower(), edition))
    return {one.fact for one in form_map.items if (one.part, one.item) == (part, item) and one.fact}


def test_both_forms_ask_the_same_fact() -> None:
    assert asked("I-131", "01/20/25", "8", "2") == {"form.length_of_stay"}
    assert asked("I-131", "01/20/25", "8", "3.a") == {"request.arrival"}
    assert asked("I-134", "01/20/25", "3", "12") == {
        "request.arrival",
        "form.stay_ends",
        "form.stay_until",
    }


@settings(max_examples=50, deadline=None)
@given(st.dates(dt.date(2026, 12, 1), dt.date(2028, 3, 1)), st.integers(1, 12))
def test_the_stay_of_form_i_134_ends_after_the_months_of_form_i_131(
    arrival: dt.date, months: int
) -> None:
    text = changed(
        ("months: 6,", f"months: {months},"), ("  summary:", f"  arrival: {arrival}\n  summary:")
    )
    with tempfile.TemporaryDirectory() as folder:
        case = interpret(Case, facts_of(Path(folder), text))

    words = form_facts(FormFiling(case, FIRM, INITIAL), case.beneficiaries[0], None)["form"]

    assert words["length_of_stay"] == f"{months} month{'s' if months > 1 else ''}"
    assert words["stay_until"] == f"{months_after(arrival, months):%m/%d/%Y}"
    assert words["stay_ends"] == "date"  # never "No End Date"


@pytest.mark.parametrize(
    ("arrival", "months", "end"),
    [
        ("2027-01-10", 6, "2027-07-10"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-13", 12, "2027-12-13"),
        ("2027-08-31", 6, "2028-02-29"),
    ],
)
def test_months_end_on_a_day_that_the_month_has(arrival: str, months: int, end: str) -> None:
    assert months_after(dt.date.fromisoformat(arrival), months) == dt.date.fromisoformat(end)

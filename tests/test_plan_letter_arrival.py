"""What an officer at the port of entry is shown, and what the fee there will be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from packet_builder.law.law import SHIPPED
from packet_builder.law.table import LawGapError
from packet_builder.plan.letter_arrival import (
    arrival_context,
    entry_fee_context,
    interview_context,
)
from tests.letter_facts import ASKED_THERE, LETTERS, case_with

ARRIVAL = "  arrival: 2027-01-04\n"
RECEIPTS = (
    "evidence:\n",
    """events:
  - {id: one, event: receipt, date: 2026-12-03, receipt_number: IOE0000000001, beneficiaries: omar}
  - {id: former, event: approval, date: 2026-11-01, valid_until: 2026-11-30}
  - {id: approved, event: approval, date: 2026-12-11, valid_until: 2027-01-09}
evidence:
""",
)


def fee_on(folder: Path, day: str) -> dict[str, Any]:
    case = case_with(folder, (ARRIVAL, f"  arrival: {day}\n"))
    fee: dict[str, Any] = entry_fee_context(case, SHIPPED)["entry_fee"]
    return fee


@pytest.mark.parametrize(
    ("day", "amount", "since"),
    [
        ("2026-10-15", "$1,020", "January 1, 2026"),
        ("2026-10-16", "$1,050", "October 16, 2026"),
        ("2027-01-04", "$1,050", "October 16, 2026"),
    ],
)
def test_the_fee_is_that_of_the_day_of_arrival_and_says_how_sure_it_is(
    tmp_path: Path, day: str, amount: str, since: str
) -> None:
    fee = fee_on(tmp_path, day)

    assert (fee["amount"], fee["since"]) == (amount, since)
    assert fee["sure"] is False
    assert fee["checked"] == "November 23, 2026"


def test_before_there_was_a_fee_none_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(LawGapError, match="parole_fee"):
        fee_on(tmp_path, "2025-10-15")


def test_without_a_day_of_arrival_the_fee_is_that_of_the_folder(tmp_path: Path) -> None:
    case = case_with(tmp_path, (ARRIVAL, ""), ("  date: 2026-12-01\n", "  date: 2026-10-15\n"))

    assert case.filing.date == dt.date(2026, 10, 15)
    assert entry_fee_context(case, SHIPPED)["entry_fee"]["amount"] == "$1,020"


def test_who_asks_for_an_exception_and_who_does_not_are_kept_apart(tmp_path: Path) -> None:
    fee = fee_on(tmp_path, "2027-01-04")

    assert [(one["name"], one["paragraph"].replace("\u00a0", " ")) for one in fee["asking"]] == [
        ("Amina Haidari", "8 U.S.C. § 1804(b)(1)")
    ]
    assert fee["paying"] == "Omar Haidari"


def test_each_person_has_the_receipt_that_is_his_and_the_last_approval_counts(
    tmp_path: Path,
) -> None:
    arrival = arrival_context(case_with(tmp_path, RECEIPTS))["arrival"]

    assert [one["receipt"] for one in arrival["people"]] == ["", "IOE0000000001"]
    assert arrival["approved"] == "December 11, 2026"
    assert arrival["document_ends"] == "January 9, 2027"


def test_nothing_is_approved_where_no_event_says_so(tmp_path: Path) -> None:
    arrival = arrival_context(case_with(tmp_path))["arrival"]

    assert (arrival["approved"], arrival["document_ends"]) == ("", "")
    assert [one["petitioner"] for one in arrival["contacts"]] == [True, False]


def test_answers_are_those_of_the_facts_and_the_other_language_stays_as_it_was_written(
    tmp_path: Path,
) -> None:
    context = interview_context(case_with(tmp_path, ASKED_THERE), LETTERS)

    assert [one["question"] for one in context["interview"]] == [
        "Why do you come?",
        "When do you leave?",
    ]
    assert context["interview"][0]["answer"] == [
        (
            "For an operation (Ex.\u00a0A\u00a0at\u00a01). And to see my father "
            "(Ex.\u00a0B\u00a0at\u00a01)."
        )
    ]
    assert context["interview"][0]["native_question"] == "چرا می‌آیید؟"
    assert context["interview"][0]["native_answer"] == ["برای جراحی."]
    assert context["return_plan"] == ["In June (Ex.\u00a0E\u00a0at\u00a01)."]

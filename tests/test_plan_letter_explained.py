"""What a client is told is plain, has its source beside it, and holds for this person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from packet_builder.law.deadlines import DEADLINES
from packet_builder.law.explanations import (
    EXPLANATIONS,
    ROUTE_POINTS,
    Explanation,
    RoutePoint,
    Topic,
)
from packet_builder.law.law import SHIPPED, Law
from packet_builder.law.table import PRINTABLE, SourceStatus
from packet_builder.model.strategy import Route
from packet_builder.plan.letter_explained import explained_context
from tests.happenings import FAMILY, case_of
from tests.laws import own, with_changes
from tests.reading import grade
from tests.test_documents_letter_templates import said

ROWS: tuple[Explanation | RoutePoint, ...] = (
    *SHIPPED.rows(EXPLANATIONS),
    *SHIPPED.rows(ROUTE_POINTS),
)
ENTRY = "{id: entry, event: entry, date: 2026-11-28, paroled_until: 2027-11-27, port: Newark}"
HARDEST = 8.0


def told(events: str = ENTRY, text: str = FAMILY, law: Law = SHIPPED) -> dict[str, Any]:
    return explained_context(case_of(events, text), law)


def statements(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Give every statement of law that is printed."""
    points = [point for topic in context["explained"].values() for point in topic]
    cells = [line[route.value] for line in context["routes"] for route in Route]
    return [*points, *(cell for cell in cells if cell["text"] != "Ask us.")]


def test_the_words_are_those_of_grade_eight(tmp_path: Path) -> None:
    letter = said("client_letter", tmp_path)
    body = letter[letter.index("Please read") : letter.index("Where this comes from")]

    assert len(body.split()) > 900
    assert grade(body.replace("\n", ". ")) <= HARDEST


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_no_statement_is_much_harder_than_the_letter(row: Explanation | RoutePoint) -> None:
    assert grade(row.text) <= HARDEST + 2


def test_a_text_of_lawyers_is_found_to_be_hard() -> None:
    assert grade(" ".join(row.words for row in ROWS if row.words)) > HARDEST + 4


def test_every_statement_leads_to_its_source_and_says_how_sure_it_is() -> None:
    context = told()
    listed = {one["mark"]: one for one in context["sources"]}
    by_text = {row.text: row for row in ROWS}

    assert len(statements(context)) == len(ROWS)
    for one in statements(context):
        row = by_text[one["text"].replace("\u2019", "'")]
        source = listed[one["mark"]]
        assert source["source"] == row.source
        is_sure = row.status is SourceStatus.PRIMARY and row.confirm is None
        assert source["unsure"] is not is_sure
        assert one["mark"].endswith("*") is not is_sure


def test_sources_are_numbered_as_they_are_first_cited() -> None:
    marks = [one["mark"].rstrip("*") for one in told()["sources"]]

    assert marks == [str(number) for number in range(1, len(marks) + 1)]


@pytest.mark.parametrize("status", [SourceStatus.UNVERIFIED, SourceStatus.DESIGN])
def test_a_row_without_a_source_is_not_printed(status: SourceStatus) -> None:
    (row,) = (one for one in SHIPPED.rows(EXPLANATIONS) if one.id == "leaving_ends_parole")
    unsure = row.model_copy(update={"status": status})

    texts = {one["text"] for one in statements(told(law=own((EXPLANATIONS, unsure))))}

    assert {row.status for row in ROWS} <= PRINTABLE
    assert row.text in {one["text"] for one in statements(told())}
    assert row.text not in texts


def test_every_topic_has_something_to_say_and_no_route_is_without_a_word() -> None:
    context = told()

    assert [topic for topic in Topic if not context["explained"][topic.value]] == []
    for route in Route:
        assert any(line[route.value]["text"] != "Ask us." for line in context["routes"])


def test_the_dates_are_those_of_this_person() -> None:
    context = told()

    shown = [(one["date"], one["what"], one["everyone"]) for one in context["client_dates"]]
    assert context["stays"] == [
        {
            "names": "Kwabena Boateng, Esi Boateng, and Ama Boateng",
            "entered": "November 28, 2026",
            "port": "Newark",
            "until": "November 27, 2027",
        }
    ]
    assert shown == [
        ("May 31, 2027", "Call us: do you need more time in the United States?", True),
        (
            "August 29, 2027",
            "If you need more time, we want to send the request by this day",
            True,
        ),
        ("November 27, 2027", "Your parole ends (the date on Form I-94)", True),
        ("November 27, 2027", "The last day for a request for asylum to arrive, as a rule", True),
    ]


def test_a_target_is_our_own_plan_and_has_no_source() -> None:
    marks = {one["what"]: one["mark"] for one in told()["client_dates"]}

    assert [what for what, mark in marks.items() if not mark] == [
        "Call us: do you need more time in the United States?",
        "If you need more time, we want to send the request by this day",
    ]
    assert re.fullmatch(r"\d+\*", marks["Your parole ends (the date on Form I-94)"])


def test_what_concerns_one_of_them_names_that_one() -> None:
    permit = (
        "{id: card, event: ead, date: 2026-11-29, beneficiaries: esi, valid_from: 2026-11-29, "
        "valid_until: 2027-11-27}"
    )

    ends = [
        one for one in told(f"{ENTRY}\n{permit}")["client_dates"] if "permit ends" in one["what"]
    ]

    assert [(one["who"], one["everyone"]) for one in ends] == [("Esi Boateng", False)]


def test_the_bars_whose_days_are_not_established_are_not_told() -> None:
    assert not [one for one in told()["client_dates"] if "bar" in one["what"].lower()]


def test_a_day_that_is_not_established_is_not_told() -> None:
    unsure = with_changes(DEADLINES, "asylum", status=SourceStatus.UNVERIFIED)

    assert [one for one in told()["client_dates"] if "asylum" in one["what"]]
    assert not [one for one in told(law=unsure)["client_dates"] if "asylum" in one["what"]]


def test_before_an_entry_there_is_no_stay_and_no_day_of_it() -> None:
    context = told("")

    assert context["stays"] == context["client_dates"] == []


def test_who_has_left_is_told_of_no_stay() -> None:
    left = "{id: left, event: departure, date: 2026-11-30}"

    assert told(f"{ENTRY}\n{left}")["stays"] == []

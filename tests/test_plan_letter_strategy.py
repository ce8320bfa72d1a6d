"""The memorandum names every clock with how sure it is, and what counsel thinks, in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from packet_builder.facts.fault import FactsError
from packet_builder.law.law import SHIPPED
from packet_builder.model.references import reference_faults
from packet_builder.model.strategy import StrategyRoute
from packet_builder.plan.letter_strategy import strategy_context
from tests.cases import WHOLE, facts_of
from tests.happenings import FAMILY, case_of
from tests.letter_facts import SINCE, STRATEGY, case_with

ENTRY = "{id: entry, event: entry, date: 2026-11-28, paroled_until: 2027-11-27, port: Newark}"
APPROVAL = "{id: approval, event: approval, date: 2026-11-20, valid_until: 2026-12-20}"


def clocks(events: str, text: str = FAMILY) -> dict[str, dict[str, Any]]:
    context = strategy_context(case_of(events, text), SHIPPED)
    return {one["what"]: one for one in context["clocks"]}


def test_the_bars_stand_there_with_their_days_and_are_said_not_to_be_established() -> None:
    found = clocks(ENTRY)

    three = found["Last departure before the 3-year bar"]
    ten = found["Line of the 10-year bar"]
    assert (three["date"], ten["date"]) == ("May 25, 2028", "November 26, 2028")
    for one in (three, ten, found["Unlawful presence: day 1"]):
        assert one["status"] == "not established: ask or decide"
        assert one["unsure"]


def test_the_asylum_year_is_a_deadline_as_reported() -> None:
    asylum = clocks(ENTRY)["Asylum, one year: received by"]

    assert asylum["date"] == "November 27, 2027"
    assert (asylum["force"], asylum["state"]) == ("deadline", "open")
    assert asylum["status"] == "as reported by others: confirm"
    assert asylum["source"].startswith("INA 208(a)(2)(B)")


def test_a_choice_of_ours_says_so_once() -> None:
    begin = clocks(ENTRY)["Re-parole: begin"]

    assert (begin["source"], begin["status"]) == ("a choice of this program", "")
    assert begin["force"] == "target"


def test_what_is_done_is_no_clock_any_more() -> None:
    name = "Parole document ends: enter by"

    assert name in clocks(APPROVAL)
    assert name not in clocks(f"{APPROVAL}\n{ENTRY}")


def test_a_clock_of_all_is_one_and_that_of_one_names_that_one() -> None:
    card = (
        "{id: card, event: ead, date: 2026-11-29, beneficiaries: esi, valid_from: 2026-11-29, "
        "valid_until: 2027-11-27}"
    )
    found = clocks(f"{ENTRY}\n{card}")

    assert found["Parole ends (Form I-94)"]["everyone"]
    assert found["Work permit ends"]["who"] == "Esi Boateng"
    assert not found["Work permit ends"]["everyone"]


def test_the_days_stand_in_their_order() -> None:
    events = f"{APPROVAL}\n{ENTRY}"
    found = strategy_context(case_of(events, FAMILY), SHIPPED)["clocks"]

    assert [one["date"] for one in found][:3] == [
        "May 31, 2027",
        "August 29, 2027",
        "November 27, 2027",
    ]


def test_a_route_shows_what_the_tables_say_of_it_with_how_sure_that_is(tmp_path: Path) -> None:
    strategy = strategy_context(case_with(tmp_path, SINCE, STRATEGY), SHIPPED)["strategy"]
    asylum, visitor = strategy["routes"]

    assert (asylum["title"], asylum["who"]) == ("Asylum", "Amina Haidari")
    assert ("How you get it", "as reported by others: confirm") in [
        (one["aspect"], one["status"]) for one in asylum["points"]
    ]
    assert (visitor["title"], visitor["points"]) == ("B-2", [])
    assert visitor["everyone"]
    assert strategy["steps"] == [
        {"what": "get Form I-94", "by": "December 18, 2026", "who": "Esi"},
        {"what": "call the hospital", "by": "", "who": ""},
    ]


def test_a_case_without_a_strategy_has_its_clocks_alone() -> None:
    context = strategy_context(case_of(ENTRY), SHIPPED)

    assert context["strategy"] == {"summary": [], "routes": [], "risks": [], "steps": []}
    assert len(context["clocks"]) > 5


def test_a_route_has_a_name() -> None:
    with pytest.raises(ValidationError, match='give "route:" or "title:"'):
        StrategyRoute.model_validate({"assessment": "It fits."})


def test_a_route_names_people_of_the_case(tmp_path: Path) -> None:
    route = "{title: B-2, assessment: No., beneficiaries: abena}"
    text = f"{WHOLE}strategy: {{routes: [{route}]}}\n"

    faults = reference_faults(facts_of(tmp_path, text))

    assert 'there is no beneficiary "abena"' in str(FactsError(faults))

"""Rules on events where the law has a gap, and what they say in full."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS
from packet_builder.law.law import SHIPPED, Law
from packet_builder.rules.finding import Finding
from tests.cases import WHOLE, findings_of
from tests.laws import with_changes

ENDED = dt.date(2026, 1, 1)
RFE = """\
events:
  - {id: filed, event: filed, date: 2026-05-02, what: initial_parole}
  - {id: rfe, event: rfe, date: 2026-11-23, served_on: 2026-11-23, served_by: mail, days: 90,
     due_printed: 2027-02-20}
"""
CARD = """\
events:
  - {id: filed, event: filed, date: 2026-05-02, what: initial_parole}
  - {id: yes, event: approval, date: 2026-06-02}
  - {id: entry, event: entry, date: 2026-07-02, paroled_until: 2027-01-31}
  - {id: card, event: ead, date: 2026-08-03, valid_from: 2026-08-03, valid_until: 2027-02-28}
"""


def found(tmp_path: Path, events: str, law: Law = SHIPPED) -> dict[str, Finding]:
    return {one.rule: one for one in findings_of(tmp_path, WHOLE + events, law)}


def test_a_notice_that_contradicts_itself_shows_both_days(tmp_path: Path) -> None:
    rules = found(tmp_path, RFE)

    assert rules["notice-days-exceed"].message == (
        "90 days are more than the 84 that such a notice can give"
    )
    assert rules["notice-due-differs"].message == (
        "the notice prints 2027-02-20, but the days that it gives, counted from its service on "
        "2026-11-23, end on 2027-02-24"
    )
    assert rules["notice-due-closed"].message == "2027-02-20 is a Saturday"
    assert "Friday, 2027-02-19" in rules["notice-due-closed"].cure
    assert rules["notice-days-exceed"].law == "8 CFR 103.2(b)(8)(iv), as reported"


@pytest.mark.parametrize("row", ["rfe", "served_by_mail"])
def test_a_gap_in_the_law_of_notices_is_an_error_and_no_guess(tmp_path: Path, row: str) -> None:
    law = with_changes(RESPONSE_LIMITS, row, effective_to=ENDED)
    rules = found(tmp_path, RFE, law)

    assert f'no row "{row}" in force on ' in rules["deadline-unknown"].message
    assert "notice-due-differs" not in rules


def test_the_length_of_a_card_is_not_compared_with_a_law_that_nobody_knows(tmp_path: Path) -> None:
    law = with_changes(DEADLINES, "ead_length", effective_to=ENDED)

    assert "card-too-long" in found(tmp_path, CARD)
    assert "card-too-long" not in found(tmp_path, CARD, law)


def test_days_on_the_way_that_nobody_knows_are_an_error(tmp_path: Path) -> None:
    law = with_changes(RESPONSE_LIMITS, "carried_usps", effective_to=ENDED)
    finding = found(tmp_path, "", law)["deadline-unknown"]

    assert finding.path == ("filing", "carrier")
    assert "it is not known how many days the carrier takes" in finding.message


def test_what_counsel_has_to_confirm_is_said_so_when_it_has_passed(tmp_path: Path) -> None:
    late = CARD.replace("2027-01-31", "2026-07-03").replace("2027-02-28", "2026-10-01")
    said = {
        one.message
        for one in findings_of(tmp_path, WHOLE.replace("2026-12-01", "2027-12-01") + late)
    }

    assert any("3-year bar" in message and "counsel confirms" in message for message in said)

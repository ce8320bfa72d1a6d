"""A filing that was not sent has its own days; once it was, they are over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from packet_builder.agenda.agenda import read_agenda
from packet_builder.agenda.filings import FilingSeen, of_filing, sent_on
from packet_builder.deadlines.deadline import Deadline, State
from packet_builder.deadlines.of_case import counted_by_law
from packet_builder.law.form_editions import FORM_EDITIONS
from packet_builder.law.law import SHIPPED, Law
from tests.cases import WHOLE, write_case
from tests.happenings import case_of
from tests.laws import with_changes

USED = [
    {"table": "fees", "id": "i131_item7_paper"},
    {"table": "form_editions", "id": "i-131"},
    {"table": "form_editions", "id": "g-28"},
    {"table": "form_editions", "id": "of-no-such-form"},
    {"table": "deadlines", "id": "asylum"},
]


def days(events: str = "", law: Law = SHIPPED, used: Any = USED) -> dict[str, Deadline]:  # noqa: ANN401
    manifest = {"law": used} if used is not None else None
    filing = FilingSeen("initial_parole", case_of(events), manifest)
    return {one.id: one for one in counted_by_law(of_filing(filing, law), law).deadlines}


def test_the_law_of_a_packet_is_compared_again_45_days_after_its_oldest_check() -> None:
    check = days()["law_check.initial_parole"]

    assert check.date == dt.date(2026, 11, 23) + dt.timedelta(45)
    assert check.detail == "filing initial_parole"


def test_a_check_of_the_office_counts_only_where_it_is_of_every_row() -> None:
    law = with_changes(FORM_EDITIONS, "i-131", checked_on=dt.date(2026, 12, 20))
    one = [row for row in USED if row["id"] == "i-131"]

    assert days(law=law)["law_check.initial_parole"].date == dt.date(2027, 1, 7)
    assert days(law=law, used=one)["law_check.initial_parole"].date == dt.date(2027, 2, 3)


def test_an_edition_ends_as_its_face_says_unless_the_agency_ignores_it() -> None:
    ends, ignored = (
        with_changes(
            FORM_EDITIONS, "g-28", expires_on_face=dt.date(2027, 3, 1), expiry_is_ignored=is_ignored
        )
        for is_ignored in (False, True)
    )
    edition = "form_edition.initial_parole.g-28"

    assert days(law=ends)[edition].date == dt.date(2027, 3, 1)
    assert days(law=ends)[edition].title == "Edition of Form G-28 ends"
    assert edition not in days(law=ignored)


def test_a_filing_without_a_packet_rests_on_no_law_yet() -> None:
    assert days(used=None) == {}


@pytest.mark.parametrize(
    ("event", "is_sent"),
    [
        ("what: initial_parole", True),
        ("what: initial_parole, filing: initial_parole", True),
        ("what: other, filing: initial_parole", True),
        ("what: initial_parole, filing: of-another-office", False),
        ("what: asylum", False),
    ],
)
def test_a_filing_is_sent_when_an_event_says_so(event: str, *, is_sent: bool) -> None:
    events = f"{{id: f, event: filed, date: 2026-12-02, {event}}}"
    filing = FilingSeen("initial_parole", case_of(events), None)

    assert (sent_on(filing) is not None) == is_sent
    assert (days(events) == {}) == is_sent


def test_what_somebody_settled_is_done() -> None:
    settled = (
        "{id: s, event: settled, date: 2026-12-02, deadlines: law_check, reason: Closed., by: Lee}"
    )

    assert days(settled)["law_check.initial_parole"].state_on(dt.date(2027, 2, 1)) is State.DONE


def test_a_filing_that_nobody_knows_is_remarked(tmp_path: Path) -> None:
    event = "{id: f, event: filed, date: 2026-12-02, what: other, filing: initial}"
    folder = write_case(tmp_path, f"{WHOLE}events:\n  - {event}\n")

    assert list(read_agenda(folder, tmp_path / "output").remarks) == [
        'case.yaml:54:66: the case has no filing "initial"; it has initial_parole'
    ]

"""What a notice prints controls; what the law counts stands beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.deadlines.deadline import State
from packet_builder.deadlines.notices import counted_due, latest_due
from packet_builder.law.deadlines import RESPONSE_LIMITS
from packet_builder.law.law import SHIPPED
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import Noid, Rfe
from tests.cases import WHOLE
from tests.happenings import case_of, days, deadline, found, states
from tests.laws import with_changes

RFE = (
    "{id: rfe, event: rfe, date: 2026-11-23, served_on: 2026-11-23, served_by: mail, "
    "days: 84, due_printed: 2027-02-18}"
)
NOID = RFE.replace("rfe", "noid").replace("84", "30").replace("2027-02-18", "2026-12-26")
ANSWER = "{id: answer, event: filed, date: 2027-02-10, what: rfe_response, answers: rfe}"
CALENDAR = st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1))


def rfe(**given: object) -> Rfe:
    usual = {"id": "rfe", "event": "rfe", "served_by": "mail", "date": "2026-11-23"}
    return Rfe.model_validate({**usual, **{key: str(value) for key, value in given.items()}})


@pytest.mark.parametrize(("notice", "due"), [(RFE, "2027-02-18"), (NOID, "2026-12-26")])
def test_the_days_of_the_reference_are_counted(notice: str, due: str) -> None:
    (event,) = case_of(notice).events

    assert isinstance(event, (Rfe, Noid))
    assert str(counted_due(event, SHIPPED)) == due


@given(served=CALENDAR, given_days=st.integers(1, 200))
def test_three_days_are_added_for_mail_and_for_nothing_else(
    served: dt.date, given_days: int
) -> None:
    due = {
        way: counted_due(
            rfe(served_on=served, served_by=way, days=given_days, due_printed=served), SHIPPED
        )
        for way in ("mail", "electronic", "in_person")
    }

    assert due["electronic"] == due["in_person"] == served + dt.timedelta(given_days)
    assert due["mail"] == served + dt.timedelta(given_days + 3)


def test_without_days_on_the_notice_nothing_is_counted() -> None:
    notice = rfe(served_on="2026-11-23", due_printed="2027-02-18")

    assert counted_due(notice, SHIPPED) is None
    assert latest_due(notice, SHIPPED) == dt.date(2027, 2, 18)


def test_the_printed_day_is_due_and_the_aim_is_seven_days_before_the_earlier_of_the_two() -> None:
    late = RFE.replace("2027-02-18", "2027-02-20")

    assert days(RFE)["response_due.rfe"] == dt.date(2027, 2, 18)
    assert days(late)["response_due.rfe"] == dt.date(2027, 2, 20)
    assert days(RFE)["response_target.rfe"] == days(late)["response_target.rfe"]
    assert days(RFE)["response_target.rfe"] == dt.date(2027, 2, 11)


def test_a_day_on_a_weekend_is_never_moved_later() -> None:
    due = deadline("response_due.noid", NOID)

    assert (due.date, due.aim) == (dt.date(2026, 12, 26), dt.date(2026, 12, 24))
    assert due.closed == "a Saturday"
    assert deadline("response_due.rfe", RFE).closed == ""


def test_a_day_that_needs_no_office_may_be_any_day_of_the_week() -> None:
    entry = "{id: entry, event: entry, date: 2027-01-09, paroled_until: 2027-07-31}"
    ends, last = (deadline(f"{kind}.entry", entry) for kind in ("parole_ends", "re_parole_last"))

    assert (ends.aim, last.aim) == (dt.date(2027, 7, 31), dt.date(2027, 7, 30))


@pytest.mark.parametrize(
    ("way", "day"),
    [
        ("answer_goes_by: usps", dt.date(2027, 2, 13)),
        ("answer_goes_by: courier", dt.date(2027, 2, 16)),
        ("answer_goes_by: online", None),
    ],
)
def test_an_answer_is_sent_as_early_as_its_way_takes(way: str, day: dt.date | None) -> None:
    assert days(RFE.replace("}", f", {way}}}")).get("response_mail_by.rfe") == day


def test_an_answer_goes_as_the_filing_went_or_by_mail() -> None:
    courier = WHOLE.replace("carrier: usps", "carrier: courier")
    online = WHOLE.replace("delivery: paper\n  carrier: usps", "delivery: online")

    assert days(RFE, courier)["response_mail_by.rfe"] == dt.date(2027, 2, 16)
    assert days(RFE, online)["response_mail_by.rfe"] == dt.date(2027, 2, 13)


def test_the_office_says_how_many_days_a_carrier_takes() -> None:
    law = with_changes(RESPONSE_LIMITS, "carried_usps", days=9)
    (sent,) = (one for one in found(RFE, law=law).deadlines if one.kind == "response_mail_by")

    assert sent.date == dt.date(2027, 2, 9)
    assert sent.status is SourceStatus.DESIGN


def test_a_row_that_ended_is_a_gap_and_no_guess() -> None:
    law = with_changes(RESPONSE_LIMITS, "served_by_mail", effective_to=dt.date(2026, 1, 1))
    result = found(RFE, law=law)

    assert [one.id for one in result.deadlines] == ["response_due.rfe"]  # it is printed
    assert '"served_by_mail" in force on 2026-11-23' in str(result.gaps[0].gap)


def test_an_answer_that_was_sent_is_not_yet_there() -> None:
    sent = states(f"{RFE}\n{ANSWER}", "2027-02-12")

    assert sent["response_due.rfe"] is State.SENT
    assert sent["response_mail_by.rfe"] is State.DONE
    assert states(f"{RFE}\n{ANSWER}", "2027-02-09")["response_due.rfe"] is State.OPEN


def test_an_answer_that_arrived_settles_the_notice_and_says_if_it_was_late() -> None:
    there = ANSWER.replace("}", ", received: 2027-02-12}")
    late = ANSWER.replace("}", ", received: 2027-02-19}")

    assert states(f"{RFE}\n{there}", "2027-02-12")["response_due.rfe"] is State.DONE
    assert deadline("response_due.rfe", f"{RFE}\n{there}").remarks == ()
    assert deadline("response_due.rfe", f"{RFE}\n{late}").remarks == (
        "done on 2027-02-19, after the day",
    )


def test_nothing_done_is_missed_the_day_after_and_not_before() -> None:
    assert states(RFE, "2027-02-18")["response_due.rfe"] is State.OPEN
    assert states(RFE, "2027-02-19")["response_due.rfe"] is State.MISSED
    assert deadline("response_due.rfe", RFE).days_left(dt.date(2027, 2, 19)) == -1

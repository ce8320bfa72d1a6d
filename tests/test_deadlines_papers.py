"""Cards, passports, parole documents, appointments, fees and moves have their days."""

from __future__ import annotations

import datetime as dt

import pytest

from packet_builder.deadlines.deadline import Force, State
from packet_builder.deadlines.kinds import KINDS
from packet_builder.deadlines.of_case import coming, overdue
from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS
from packet_builder.law.freshness import BLOCK_AFTER
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import DeadlineKind
from tests.cases import WHOLE
from tests.happenings import days, deadline, found, states

CARD = "{id: ead, event: ead, date: 2027-03-01, valid_from: 2027-03-01, valid_until: 2028-01-31}"
MOVE = "{id: move, event: move, date: 2027-02-24, address: {street: 1, city: Troy, country: Ghana}}"


def test_the_days_of_a_card() -> None:
    renewed = "{id: asked, event: filed, date: 2027-08-09, what: employment_authorization}"
    newer = CARD.replace("id: ead", "id: next").replace("2028-01-31", "2029-01-31")
    got = states(f"{CARD}\n{renewed}", "2028-02-01")

    assert days(CARD) == {
        "ead_renewal.ead": dt.date(2027, 8, 4),
        "ead_ends.ead": dt.date(2028, 1, 31),
    }
    assert got == {"ead_renewal.ead": State.DONE, "ead_ends.ead": State.MISSED}
    assert states(f"{CARD}\n{newer}", "2028-02-01")["ead_ends.ead"] is State.DONE
    assert deadline("ead_renewal.ead", CARD).status is SourceStatus.SECONDARY


def test_a_card_of_a_time_that_the_law_does_not_cover_is_a_gap() -> None:
    old = CARD.replace("2028-01-31", "2025-06-01")
    result = found(old)

    assert [one.id for one in result.deadlines] == ["ead_ends.ead"]
    assert '"ead_renewal" in force on 2025-06-01' in str(result.gaps[0].gap)
    assert result.gaps[0].path == ("events", 0)


def test_a_move_is_told_within_ten_days() -> None:
    told = "{id: told, event: filed, date: 2027-03-05, what: address_change}"
    early = told.replace("2027-03-05", "2027-02-23")

    assert days(MOVE) == {"address.move": dt.date(2027, 3, 6)}
    assert deadline("address.move", MOVE).aim == dt.date(2027, 3, 5)
    assert states(f"{MOVE}\n{told}", "2027-03-05") == {"address.move": State.DONE}
    assert states(f"{MOVE}\n{early}", "2027-03-07") == {"address.move": State.MISSED}


def test_a_passport_is_renewed_six_months_before_it_ends() -> None:
    text = WHOLE.replace("country: Ghana}", "country: Ghana, expires: 2028-08-31}", 1)

    assert days("", text) == {
        "passport_renewal.kwabena": dt.date(2028, 2, 29),
        "passport_ends.kwabena": dt.date(2028, 8, 31),
    }


def test_a_parole_document_is_used_before_it_ends() -> None:
    approval = "{id: yes, event: approval, date: 2027-01-04, valid_until: 2027-05-04}"
    entry = "{id: entry, event: entry, date: 2027-02-01, paroled_until: 2027-08-01}"

    assert days(approval) == {"travel_document_ends.yes": dt.date(2027, 5, 4)}
    assert states(f"{approval}\n{entry}", "2027-06-01")["travel_document_ends.yes"] is State.DONE
    assert days("{id: yes, event: approval, date: 2027-01-04}") == {}


def test_a_fee_on_notice_is_paid_by_its_day() -> None:
    notice = "{id: fee, event: fee_notice, date: 2027-01-04, pay_by: 2027-01-18}"
    paid = notice.replace("}", ", paid: 2027-01-11}")

    assert deadline("fee_on_notice.fee", notice).aim == dt.date(2027, 1, 15)
    assert states(notice, "2027-01-19") == {"fee_on_notice.fee": State.MISSED}
    assert states(paid, "2027-01-19") == {"fee_on_notice.fee": State.DONE}


@pytest.mark.parametrize(
    ("said", "state", "remarks"),
    [
        ("", State.MISSED, ()),
        (", attended: yes", State.DONE, ()),
        (", attended: no", State.MISSED, ("not attended",)),
    ],
)
def test_an_appointment_is_attended(said: str, state: State, remarks: tuple[str, ...]) -> None:
    event = f"{{id: finger, event: biometrics, date: 2027-01-05, place: U.S. Embassy{said}}}"
    one = deadline("appointment.finger", event)

    assert one.state_on(dt.date(2027, 1, 6)) is state
    assert (one.title, one.detail) == ("Biometrics appointment", "U.S. Embassy")
    assert one.remarks == remarks


def test_words_of_the_facts_stand_in_no_title() -> None:
    what = "what: interview of Kwabena, place: Accra"
    event = f"{{id: x, event: appointment, date: 2027-01-05, {what}}}"
    one = deadline("appointment.x", event)

    assert (one.title, one.detail) == ("Other appointment", "interview of Kwabena, Accra")


def test_what_comes_next_and_what_was_missed() -> None:
    deadlines = found(f"{CARD}\n{MOVE}").deadlines
    on = dt.date(2027, 3, 8)

    assert [one.id for one in overdue(deadlines, on)] == ["address.move"]
    assert [one.id for one in coming(deadlines, on)] == ["ead_renewal.ead", "ead_ends.ead"]


def test_every_kind_has_its_words_and_its_row_of_law() -> None:
    rows = {row.id for row in (*DEADLINES.shipped, *RESPONSE_LIMITS.shipped)}
    of_notices = {"response_due", "response_mail_by", "response_target"}

    assert set(KINDS) == set(DeadlineKind)
    assert {kind.value for kind in KINDS} - of_notices <= rows
    assert all(kind.awaits or kind.force is not Force.TARGET for kind in KINDS.values())


def test_the_law_is_compared_again_when_a_filing_would_be_stopped() -> None:
    (row,) = (row for row in DEADLINES.shipped if row.id == "law_check")

    assert row.days == BLOCK_AFTER

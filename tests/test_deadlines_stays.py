"""What follows from an entry: last days, and to whom they belong, under names that stay."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.deadlines.chronicle import chronicle_of
from packet_builder.deadlines.deadline import State
from packet_builder.deadlines.stays import stays_of
from packet_builder.law.law import SHIPPED
from packet_builder.law.table import SourceStatus
from tests.happenings import FAMILY, case_of, days, deadline, found, states

ENTRY = "{id: entry, event: entry, date: 2026-08-01, paroled_until: 2027-01-31}"


def people(events: str) -> dict[str, tuple[tuple[str, ...], dt.date]]:
    """Give whom each stay has, and its last day, by its name."""
    stays = stays_of(chronicle_of(case_of(events, FAMILY), SHIPPED))
    return {stay.anchor: (stay.persons, stay.last_day) for stay in stays}


def test_the_days_of_the_reference_follow_from_the_last_day_of_parole() -> None:
    assert days(ENTRY) == {
        "re_parole_reminder.entry": dt.date(2026, 8, 4),
        "re_parole_target.entry": dt.date(2026, 11, 2),
        "parole_ends.entry": dt.date(2027, 1, 31),
        "re_parole_last.entry": dt.date(2027, 1, 31),
        "presence_begins.entry": dt.date(2027, 2, 1),
        "three_year_bar.entry": dt.date(2027, 7, 30),
        "asylum.entry": dt.date(2027, 7, 31),
        "ten_year_bar.entry": dt.date(2028, 1, 31),
    }


@given(until=st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)))
def test_180_days_of_unlawful_presence_are_counted_from_the_day_after_parole(
    until: dt.date,
) -> None:
    entry = ENTRY.replace("2026-08-01", "2019-06-01").replace("2027-01-31", str(until))
    got = days(entry)
    unlawful = [until + dt.timedelta(count) for count in range(1, 366)]

    assert got["presence_begins.entry"] == unlawful[0]
    assert got["three_year_bar.entry"] == unlawful[179]
    assert got["ten_year_bar.entry"] == unlawful[364]


@pytest.mark.parametrize("kind", ["presence_begins", "three_year_bar", "ten_year_bar"])
def test_counts_of_unlawful_presence_are_never_shown_as_sure(kind: str) -> None:
    found_one = deadline(f"{kind}.entry", ENTRY)

    assert found_one.status is SourceStatus.UNVERIFIED
    assert "counsel" in found_one.rule.source


def test_a_corrected_form_i94_moves_the_same_deadlines() -> None:
    corrected = f"{ENTRY}\n{{id: i94, event: i94, date: 2026-08-09, paroled_until: 2027-07-31}}"

    assert days(corrected).keys() == days(ENTRY).keys()
    assert days(corrected)["parole_ends.entry"] == dt.date(2027, 7, 31)
    assert deadline("parole_ends.entry", corrected).event == "i94"
    assert deadline("asylum.entry", corrected).event == "entry"


def test_a_new_period_moves_them_and_asks_for_the_next_re_parole() -> None:
    events = f"""{ENTRY}
        {{id: asked, event: filed, date: 2026-10-20, what: re_parole, received: 2026-10-24}}
        {{id: again, event: re_parole, date: 2027-01-10, until: 2028-01-31}}"""

    assert days(events)["re_parole_last.entry"] == dt.date(2028, 1, 31)
    assert states(events, "2027-02-01")["re_parole_target.entry"] is State.OPEN


def test_a_request_for_re_parole_settles_its_days_and_a_mere_posting_not_the_last() -> None:
    sent = f"{ENTRY}\n{{id: asked, event: filed, date: 2026-10-20, what: re_parole, filing: again}}"
    receipt = "{id: slip, event: receipt, date: 2026-11-02, receipt_number: IOE0123456789, "
    got = states(sent, "2026-12-01")
    there = states(f"{sent}\n{receipt}filing: again, received: 2026-10-24}}", "2026-12-01")
    other = states(f"{sent}\n{receipt}filing: initial_parole}}", "2026-12-01")

    assert got["re_parole_target.entry"] is State.DONE
    assert got["re_parole_last.entry"] is other["re_parole_last.entry"] is State.SENT
    assert there["re_parole_last.entry"] is State.DONE


def test_early_termination_moves_the_count_and_asks_for_no_re_parole() -> None:
    ended = f"{ENTRY}\n{{id: end, event: termination, date: 2026-11-12, last_day: 2026-11-15}}"

    assert days(ended)["presence_begins.entry"] == dt.date(2026, 11, 16)
    assert days(ended)["three_year_bar.entry"] == dt.date(2027, 5, 14)
    assert not [name for name in days(ended) if name.startswith("re_parole")]


def test_whoever_left_has_nothing_open() -> None:
    left = f"{ENTRY}\n{{id: home, event: departure, date: 2026-12-20}}"
    got = states(left, "2029-01-01")

    assert set(got.values()) == {State.DONE}
    assert states(ENTRY, "2029-01-01")["presence_begins.entry"] is State.PASSED


def test_a_second_entry_begins_a_second_stay() -> None:
    again = ENTRY.replace("id: entry", "id: second").replace("2026-08-01", "2027-03-01")
    got = states(f"{ENTRY}\n{again}", "2027-03-01")

    assert got["parole_ends.entry"] is State.DONE
    assert days(f"{ENTRY}\n{again}")["asylum.second"] == dt.date(2028, 2, 29)


def test_a_stay_whose_entry_nobody_knows_has_no_asylum_deadline() -> None:
    got = days("{id: again, event: re_parole, date: 2027-01-10, until: 2028-01-31}")

    assert got["parole_ends.again"] == dt.date(2028, 1, 31)
    assert "asylum.again" not in got


def test_people_share_a_stay_until_something_happens_to_some_of_them() -> None:
    esi = "{id: i94, event: i94, date: 2026-08-09, paroled_until: 2027-07-31, beneficiaries: esi}"
    rest = esi.replace("id: i94", "id: more").replace("08-09", "08-10").replace("07-31", "06-30")
    rest = rest.replace("beneficiaries: esi", "beneficiaries: [esi, ama]")
    whole, split = dt.date(2027, 1, 31), dt.date(2027, 7, 31)

    assert people(ENTRY) == {"entry": (("kwabena", "esi", "ama"), whole)}
    assert people(f"{ENTRY}\n{esi}") == {
        "entry": (("kwabena", "ama"), whole),
        "entry.esi": (("esi",), split),
    }
    assert people(f"{ENTRY}\n{esi}\n{rest}") == {
        "entry": (("kwabena",), whole),
        "entry.esi": (("esi",), dt.date(2027, 6, 30)),
        "entry.ama": (("ama",), dt.date(2027, 6, 30)),
    }


@given(
    concerned=st.lists(st.sets(st.sampled_from(["kwabena", "esi", "ama"]), min_size=1), max_size=5)
)
def test_a_name_that_a_calendar_knows_is_never_lost_as_events_are_added(
    concerned: list[set[str]],
) -> None:
    events, before = ENTRY, set(people(ENTRY))
    for number, persons in enumerate(concerned):
        who = ", ".join(sorted(persons))
        events += (
            f"\n{{id: e{number}, event: i94, date: 2026-09-0{number + 1}, "
            f"paroled_until: 2027-0{number + 2}-01, beneficiaries: [{who}]}}"
        )
        now = people(events)

        assert before <= set(now)
        assert sorted(one for persons, _ in now.values() for one in persons) == [
            "ama",
            "esi",
            "kwabena",
        ]
        before = set(now)


def test_what_is_done_for_some_is_open_for_the_others() -> None:
    sent = "{id: asked, event: filed, date: 2026-10-20, what: asylum"
    asked = f"{sent}, received: 2026-10-21, beneficiaries: esi}}"
    one = deadline("asylum.entry", f"{ENTRY}\n{asked}", FAMILY)

    assert one.state_on(dt.date(2026, 12, 1)) is State.OPEN
    assert one.open_for(dt.date(2026, 12, 1)) == ("kwabena", "ama")


def test_a_decision_settles_what_it_names_and_nothing_else() -> None:
    settled = (
        "{id: no-asylum, event: settled, date: 2026-09-01, deadlines: asylum, "
        "reason: The petition is current., by: Jordan Lee}"
    )
    got = states(f"{ENTRY}\n{settled}", "2028-02-01")

    assert got["asylum.entry"] is State.DONE
    assert got["three_year_bar.entry"] is State.MISSED


def test_every_deadline_rests_on_a_place_in_the_facts_and_on_a_source() -> None:
    for one in found(ENTRY).deadlines:
        assert one.path == ("events", 0)
        assert one.rule.source

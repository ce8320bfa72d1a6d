"""The calendar file is one that another library reads, and a later import moves what moved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from packet_builder.agenda.agenda import Agenda, Entry, read_agenda
from packet_builder.agenda.calendar_file import calendar_file, uid_of
from packet_builder.agenda.whole_case import WholeCase
from packet_builder.deadlines.of_case import deadlines_of
from packet_builder.facts.fault import Source
from packet_builder.law.law import SHIPPED
from packet_builder.model.events import DeadlineKind
from tests.cases import WHOLE, write_case
from tests.happenings import case_of

ON = dt.date(2026, 12, 1)
DAY = dt.timedelta(days=1)
EVENTS = """\
{id: filed, event: filed, date: 2026-05-02, what: initial_parole}
{id: noid, event: noid, date: 2026-11-23, served_on: 2026-11-23, served_by: mail, due_printed: DUE}
{id: entry, event: entry, date: 2026-08-01, paroled_until: 2027-01-31}
{id: move, event: move, date: 2026-11-29, address: {street: 1 Row, city: Troy, country: Ghana}}
{id: told, event: filed, date: 2026-11-30, what: address_change}
{id: talk, event: appointment, date: 2026-12-09, what: interview of Kwabena, place: Accra}
"""
DUE = EVENTS.replace("DUE", "2026-12-26")


def agenda_of(events: str, name: str = "boateng") -> Agenda:
    case = case_of(events)
    found = deadlines_of(case, SHIPPED)
    entries = tuple(Entry(one, Source(Path("case.yaml"), 7, 5)) for one in found.deadlines)
    return Agenda(name, WholeCase(case, (), ()), entries, found.gaps)


def exported(events: str = DUE, on: dt.date = ON, *, names: bool = False) -> bytes:
    return calendar_file([agenda_of(events)], on, names=names)


def events_in(content: bytes) -> dict[str, Any]:
    """Give each event as another library reads it, by the end of its summary."""
    calendar = vobject.readOne(content.decode("utf-8"))
    return {event.summary.value: event for event in calendar.vevent_list}


def event_of(content: bytes, kind: str) -> Any:  # noqa: ANN401 - vobject has no types
    (found,) = (event for summary, event in events_in(content).items() if kind in summary)
    return found


def test_another_library_reads_every_deadline_as_a_whole_day() -> None:
    agenda = agenda_of(DUE)
    read = list(vobject.readOne(exported().decode("utf-8")).vevent_list)

    assert len(read) == len(agenda.entries) == 13
    assert [event.dtstart.value for event in read] == [one.date for one in agenda.deadlines]
    assert all(type(event.dtstart.value) is dt.date for event in read)
    assert all((event.dtend.value - event.dtstart.value).days == 1 for event in read)
    assert len({event.uid.value for event in read}) == len(read)


def test_the_file_is_laid_out_as_rfc_5545_asks() -> None:
    content = exported(names=True)
    lines = content.split(b"\r\n")

    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert b"DTSTART;VALUE=DATE:20261226" in lines
    assert b"VERSION:2.0" in lines


def test_the_same_facts_on_the_same_day_give_the_same_bytes() -> None:
    assert exported() == exported()


def test_what_moved_keeps_its_name_and_says_that_it_is_newer() -> None:
    before, after = exported(), exported(EVENTS.replace("DUE", "2026-12-22"), on=ON + DAY)
    old, new = event_of(before, "NOID response due"), event_of(after, "NOID response due")

    assert old.uid.value == new.uid.value
    assert (old.dtstart.value, new.dtstart.value) == (dt.date(2026, 12, 26), dt.date(2026, 12, 22))
    assert int(new.sequence.value) > int(old.sequence.value)
    assert new.last_modified.value > old.last_modified.value


def test_the_name_of_an_event_in_calendars_is_never_changed() -> None:
    """A change would leave every deadline twice in the calendars of all offices."""
    (one,) = (one for one in agenda_of(DUE).deadlines if one.id == "asylum.entry")

    assert uid_of("boateng", one) == "6e948b3f-f2d2-53ec-b5e4-9d4aed4eef58"
    assert uid_of("other", one) != uid_of("boateng", one)


def test_no_name_and_no_word_of_the_facts_is_in_the_file_unless_it_is_wanted() -> None:
    plain, named = exported().decode(), exported(names=True).decode()
    words = ("Kwabena", "interview", "Accra", "case.yaml", "noid.", "entry")

    assert [word for word in words if word in plain.replace("\r\n ", "")] == []
    assert "Other appointment: interview of Kwabena\\, Accra - Kwabena Boateng" in named.replace(
        "\r\n ", ""
    )
    assert plain.count("CLASS:PRIVATE") == 0
    assert named.count("CLASS:PRIVATE") == named.count("BEGIN:VEVENT")


def test_every_event_says_its_source_and_how_sure_it_is() -> None:
    said = event_of(exported(), "3-year bar").description.value

    assert "INA 212(a)(9)(B), as reported; arithmetic for counsel to confirm" in said
    assert "(counsel confirms)" in said
    assert "Hard: something is lost after this day." in said


def test_alarms_ring_in_the_morning_before_the_last_working_day() -> None:
    due = event_of(exported(), "NOID response due")
    rings = [due.dtstart.value + alarm.trigger.value for alarm in due.valarm_list]
    at_nine = [
        dt.datetime.combine(due.dtstart.value, dt.time()) + alarm.trigger.value
        for alarm in due.valarm_list
    ]

    assert "act by Thu 2026-12-24" in due.summary.value
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in at_nine] == [
        "2026-11-24 09:00",
        "2026-12-17 09:00",
        "2026-12-23 09:00",
        "2026-12-24 09:00",
    ]
    assert len(rings) == 4
    assert {alarm.action.value for alarm in due.valarm_list} == {"DISPLAY"}


def test_what_is_done_or_past_rings_no_more_and_says_so() -> None:
    done = event_of(exported(), "Change of address")
    missed = event_of(exported(on=dt.date(2027, 1, 4)), "NOID response due")

    assert done.summary.value.startswith("Done: ")
    assert not hasattr(done, "valarm_list")
    assert not hasattr(missed, "valarm_list")


def test_signs_of_the_format_in_the_facts_do_no_harm() -> None:
    nasty = DUE.replace("interview of Kwabena", "'a;b, c\\d: e'")
    event = event_of(exported(nasty, names=True), "Other appointment")

    assert "a;b, c\\d: e, Accra" in event.summary.value


@settings(max_examples=40)
@given(
    until=st.dates(dt.date(2026, 9, 1), dt.date(2040, 1, 1)),
    on=st.dates(dt.date(2026, 1, 1), dt.date(2040, 1, 1)),
    names=st.booleans(),
)
def test_any_day_is_read_back_as_it_was_written(
    until: dt.date, on: dt.date, *, names: bool
) -> None:
    events = DUE.replace("2027-01-31", str(until))
    read = vobject.readOne(exported(events, on, names=names).decode("utf-8")).vevent_list

    assert [one.dtstart.value for one in read] == [one.date for one in agenda_of(events).deadlines]


def test_a_filing_that_was_not_sent_has_its_own_days(tmp_path: Path) -> None:
    key_date = "  date: 2026-12-01\n  key_date: {date: 2027-01-20, event: operation}\n"
    folder = write_case(tmp_path, WHOLE.replace("  date: 2026-12-01\n", key_date))
    kinds = [one.kind for one in read_agenda(folder, tmp_path / "output").deadlines]
    sent = "events:\n  - {id: f, event: filed, date: 2026-12-02, what: initial_parole}\n"
    (folder / "case.yaml").write_text(WHOLE.replace("  date: 2026-12-01\n", key_date) + sent)

    assert kinds == [DeadlineKind.KEY_DATE]
    assert read_agenda(folder, tmp_path / "output").deadlines == ()


@pytest.mark.parametrize("name", ["boateng", "rahimi-2026"])
def test_a_case_without_deadlines_is_a_calendar_all_the_same(name: str) -> None:
    calendar = vobject.readOne(calendar_file([agenda_of("", name)], ON).decode())

    assert calendar.version.value == "2.0"
    assert "vevent" not in calendar.contents

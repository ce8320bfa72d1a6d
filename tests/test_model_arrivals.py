"""The arrival record of a person as of the filing: what the facts say, and events since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from packet_builder.model.arrivals import Arrival, arrival_of, arrived
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from tests.cases import changed, facts_of

EVENTS = """\
events:
  - {id: i94, event: i94, date: 2026-03-05, paroled_until: 2027-02-28, i94_number: "00000000002"}
  - {id: entry, event: entry, date: 2026-03-01, paroled_until: 2027-02-27, class_of_admission: DT,
     port: Newark}
  - {id: later, event: re_parole, date: 2027-02-01, until: 2028-02-28}
discretion:
"""
OLD = "arrival_record: {i94_number: A0, admit_until: 2019-08-19, class_of_admission: B-2}"
SAME = "arrival_record: {arrived: 2026-03-01, i94_number: A1, travel_document: {number: T1}}"


def case_of(folder: Path, date: str, record: str = "", events: str = EVENTS) -> Case:
    changes = [("date: 2026-12-01", f"date: {date}"), ("discretion:\n", events)]
    if record:
        changes.append(("    residence: Ghana\n", f"    residence: Ghana\n    {record}\n"))
    return interpret(Case, facts_of(folder, changed(*changes)))


def of(case: Case) -> Arrival:
    return arrival_of(case, case.beneficiaries[0])


def test_events_before_the_filing_say_how_somebody_arrived(tmp_path: Path) -> None:
    found = of(case_of(tmp_path, "2026-12-01"))

    assert found.record is not None
    assert found.record.model_dump(exclude_none=True) == {
        "i94_number": "00000000002",
        "class_of_admission": "DT",
        "admit_until": dt.date(2027, 2, 28),
        "arrived": dt.date(2026, 3, 1),
        "arrived_at": "Newark",
    }
    assert found.places == {
        "i94_number": ("events", 0, "i94_number"),
        "class_of_admission": ("events", 1, "class_of_admission"),
        "admit_until": ("events", 0, "paroled_until"),
        "arrived": ("events", 1, "date"),
        "arrived_at": ("events", 1, "port"),
    }


def test_what_happens_after_the_filing_is_not_known_yet(tmp_path: Path) -> None:
    before, after = (of(case_of(tmp_path, day)).record for day in ("2026-02-28", "2027-03-01"))

    assert before is None
    assert after is not None
    assert after.admit_until == dt.date(2028, 2, 28)


def test_an_entry_puts_the_record_of_an_earlier_stay_aside(tmp_path: Path) -> None:
    before, after = (of(case_of(tmp_path, day, OLD)).record for day in ("2026-02-01", "2026-03-01"))

    assert before is not None
    assert after is not None
    assert before.class_of_admission == "B-2"
    assert (after.class_of_admission, after.i94_number) == ("DT", None)


def test_what_the_facts_say_of_the_same_entry_stays(tmp_path: Path) -> None:
    case = case_of(tmp_path, "2026-03-02", SAME)
    record = arrived(case, case.beneficiaries[0]).arrival_record

    assert record is not None
    assert record.travel_document is not None
    assert (record.i94_number, record.arrived_at) == ("A1", "Newark")


def test_what_happened_to_others_is_theirs(tmp_path: Path) -> None:
    events = EVENTS.replace("event: entry,", "event: entry, beneficiaries: [kwabena],")
    more = "    immigration_history: []\n"
    other = more + (
        "  - {id: esi, name: {family: Boateng}, date_of_birth: 2015-04-01, pronoun: she,\n"
        "     location: {country: Ghana}, residence: Ghana}\n"
    )
    text = changed((more, other), ("discretion:\n", events))
    case = interpret(Case, facts_of(tmp_path, text))

    records = [arrival_of(case, person).record for person in case.beneficiaries]
    assert [record.arrived for record in records if record] == [dt.date(2026, 3, 1), None]


def test_without_events_the_facts_say_it(tmp_path: Path) -> None:
    found = of(case_of(tmp_path, "2026-12-01", OLD, "discretion:\n"))

    assert found.record is not None
    assert (found.record.i94_number, found.places) == ("A0", {})

"""Whatever an office types as events, everything that is made of them is made, and agrees."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packet_builder.agenda.agenda import Agenda, Entry, read_agenda
from packet_builder.agenda.calendar_file import calendar_file
from packet_builder.agenda.rows import next_row, row_lines, rows_of
from packet_builder.agenda.timeline import timeline_of
from packet_builder.agenda.whole_case import WholeCase
from packet_builder.deadlines.deadline import Force, State
from packet_builder.deadlines.of_case import deadlines_of, overdue
from packet_builder.documents.sheets.timeline import timeline_values
from packet_builder.facts.fault import FactsError, Source
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.rules import deadlines, event_agreement, event_order, notices
from packet_builder.rules.examine import ALWAYS
from packet_builder.rules.finding import Dossier
from tests.cases import INITIAL, WHOLE, facts_of, write_case
from tests.event_strategies import events
from tests.happenings import FAMILY, case_of

ON = st.dates(dt.date(2019, 1, 1), dt.date(2037, 1, 1))
SLOW = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
RULES = [
    rule
    for rule in ALWAYS
    if rule.__module__
    in {one.__name__ for one in (deadlines, event_agreement, event_order, notices)}
]


def agenda_of(case: Case) -> Agenda:
    found = deadlines_of(case, SHIPPED)
    entries = tuple(Entry(one, Source(Path("case.yaml"), 1, 1)) for one in found.deadlines)
    return Agenda("boateng", WholeCase(case, (), ()), entries, found.gaps)


@SLOW
@given(typed=events(), on=ON)
def test_all_that_is_made_of_events_is_made(typed: str, on: dt.date) -> None:
    case = case_of(typed, FAMILY)
    agenda = agenda_of(case)
    rows = rows_of([agenda], on)
    calendar = vobject.readOne(calendar_file([agenda], on, names=True).decode("utf-8"))
    placed = timeline_values(timeline_of(agenda, on))

    assert len({one.id for one in agenda.deadlines}) == len(agenda.deadlines)
    assert len(list(row_lines(rows))) >= len(rows) + 1
    assert len(calendar.contents.get("vevent", ())) == len(rows)
    assert all(0 <= day["at"] <= 1 for day in (*placed["above"], *placed["below"]))
    assert all(one.aim <= one.date for one in agenda.deadlines)


@SLOW
@given(typed=events(), on=ON)
def test_what_was_done_or_decided_is_never_overdue(typed: str, on: dt.date) -> None:
    found = deadlines_of(case_of(typed, FAMILY), SHIPPED).deadlines

    for one in overdue(found, on):
        assert one.date < on
        assert one.open_for(on)
    for one in found:
        assert (one.state_on(on) is State.DONE) == (bool(one.persons) and not one.open_for(on))
        assert not (one.force is Force.MARK and one.state_on(on) is State.MISSED)


@SLOW
@given(typed=events(), on=ON)
def test_nothing_comes_next_that_is_not_a_deadline_of_the_case(typed: str, on: dt.date) -> None:
    agenda = agenda_of(case_of(typed, FAMILY))
    row = next_row(agenda, on)

    if row is not None:
        assert row["date"] in {one.date.isoformat() for one in agenda.deadlines}
        assert row["days"] == (dt.date.fromisoformat(row["date"]) - on).days


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(typed=events(8))
def test_no_rule_raises_and_every_finding_has_a_cure(typed: str) -> None:
    case = case_of(typed, FAMILY)
    dossier = Dossier(case, {}, INITIAL)

    assert len(RULES) == 13
    for rule in RULES:
        for finding in rule(dossier):
            assert finding.cure
            assert finding.path[0] in {"events", "beneficiaries"}


@pytest.mark.parametrize(
    "event",
    [
        "event: entry, date: 2027-01-01, paroled_until: 9999-12-31",
        "event: entry, date: 0001-01-01, paroled_until: 2027-12-31",
        (
            "event: rfe, date: 2027-01-01, served_on: 2027-01-01, served_by: mail, "
            "due_printed: 2027-03-01, days: 999999999"
        ),
    ],
)
def test_a_slip_of_the_hand_is_a_fault_at_its_place(tmp_path: Path, event: str) -> None:
    text = f"{WHOLE}events:\n  - {{id: e, {event}}}\n"
    with pytest.raises(FactsError, match=r"no case has a day in that year|at most 366"):
        interpret(Case, facts_of(tmp_path, text))


def test_a_passport_that_ends_in_no_year_costs_no_other_deadline() -> None:
    text = FAMILY.replace("country: Ghana}", "country: Ghana, expires: 9999-12-31}", 1)
    entry = "{id: entry, event: entry, date: 2026-08-01, paroled_until: 2027-01-31}"
    found = deadlines_of(case_of(entry, text), SHIPPED)

    assert len(found.deadlines) == 8
    assert {str(gap.gap) for gap in found.gaps} == {
        "9999-12-31 cannot be a day of this case. Correct it in the facts."
    }


def test_a_filing_with_events_of_its_own_hides_none_of_the_cases() -> None:
    filing = """\
filing: {kind: initial_parole, delivery: paper, date: 2027-02-01, exhibits: doctor}
events:
  - {id: entry, event: entry, date: 2026-08-01, paroled_until: 2027-01-31}
"""
    with tempfile.TemporaryDirectory() as name:
        own = (
            "events:\n  - {id: entry, event: entry, date: 2026-08-02, paroled_until: 2027-02-01}\n"
        )
        folder = write_case(Path(name), WHOLE + own)
        (folder / "filings").mkdir()
        (folder / "filings" / "again.yaml").write_text(filing, encoding="utf-8")
        agenda = read_agenda(folder, Path(name) / "output")

    assert [str(one.date) for one in agenda.case.events] == ["2026-08-02"]
    assert {entry.source.path.name for entry in agenda.entries} == {"case.yaml"}
    (remark,) = agenda.remarks
    assert "again cannot be read" in remark

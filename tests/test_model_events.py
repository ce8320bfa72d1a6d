"""Events are read as their kind asks, and what is wrong with one is said at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from packet_builder.facts import read_filing
from packet_builder.facts.fault import FactsError
from packet_builder.model.case import Case
from packet_builder.model.events import Event, Receipt
from packet_builder.model.faults import interpret
from packet_builder.model.references import reference_faults
from packet_builder.model.scalars import plain_receipt_number
from packet_builder.model.schema import case_schema
from tests.cases import WHOLE, facts_of, write_case
from tests.happenings import case_of

KINDS = {
    "filed": "what: initial_parole",
    "receipt": "receipt_number: IOE-01-234 56789",
    "biometrics": "attended: yes",
    "appointment": "what: interview",
    "rfe": "served_on: 2027-01-04, served_by: mail, due_printed: 2027-03-30",
    "noid": "served_on: 2027-01-04, served_by: electronic, due_printed: 2027-02-03, days: 30",
    "fee_notice": "pay_by: 2027-01-18",
    "approval": "valid_until: 2027-05-04",
    "denial": "",
    "entry": "paroled_until: 2027-08-01, class_of_admission: DT, i94_number: A1234567890",
    "i94": "paroled_until: 2027-08-01",
    "ead": "valid_from: 2027-01-04, valid_until: 2027-08-01, category: C11",
    "re_parole": "until: 2028-08-01",
    "move": "address: {street: 1 Row, city: Troy, country: Ghana}",
    "departure": "",
    "termination": "last_day: 2027-02-01",
    "settled": "deadlines: [asylum, address], reason: Decided., by: Jordan Lee",
    "other": "what: The supporter moved.",
}
EVERY = [
    f"{{id: e-{kind.replace('_', '-')}, event: {kind}, date: 2027-01-04, {fields}}}"
    for kind, fields in KINDS.items()
]


def test_every_kind_of_event_is_read() -> None:
    members = get_args(get_args(Event)[0])
    events = case_of("\n".join(EVERY)).events

    assert [one.event for one in events] == list(KINDS)
    assert {type(one) for one in events} == set(members)
    assert [one.receipt_number for one in events if isinstance(one, Receipt)] == ["IOE0123456789"]


@pytest.mark.parametrize(
    ("event", "message", "note"),
    [
        ("event: rfee", "must be one of filed, receipt, ", 'did you mean "rfe"?'),
        ("what: other", 'events "e": missing field "event"', 'add "event:" here'),
        ("event: entry", 'missing field "paroled_until"', 'add "paroled_until:" here'),
        (
            "event: entry, paroled_till: 2027-01-01",
            'unknown field "paroled_till"',
            'did you mean "paroled_until"?',
        ),
        ("event: receipt, receipt_number: IOE1", "write three letters and ten digits", ""),
        ("event: filed, what: rfe_response", 'a response says what it answers: add "answers:"', ""),
        ("event: filed, what: asylum, answers: e", "only a response answers a notice", ""),
        ("event: settled, deadlines: [], reason: So., by: Lee", "at least 1 must be given", ""),
        ("event: settled, deadlines: asylm, reason: So., by: L", "must be one of", '"asylum"?'),
    ],
)
def test_a_fault_in_an_event_is_said_at_its_place(
    tmp_path: Path, event: str, message: str, note: str
) -> None:
    text = f"{WHOLE}events:\n  - {{id: e, date: 2027-01-04, {event}}}\n"
    with pytest.raises(FactsError) as refused:
        interpret(Case, facts_of(tmp_path, text))

    said = str(refused.value)
    assert said.startswith(f"case.yaml:{len(text.splitlines())}:")
    assert message in said
    assert note in said


@pytest.mark.parametrize(
    ("event", "message", "note"),
    [
        ("event: denial, beneficiaries: kwabna", 'no beneficiary "kwabna"', '"kwabena"?'),
        ("event: denial, evidence: doktor", 'no evidence "doktor"', '"doctor"?'),
        (
            "event: filed, what: rfe_response, answers: noid-7",
            'no rfe or noid among the events "noid-7"',
            "known: rfe",
        ),
        ("event: denial, id: rfe", '"rfe" is given twice as an id', "use another id"),
    ],
)
def test_what_an_event_names_is_there(tmp_path: Path, event: str, message: str, note: str) -> None:
    given = event if "id:" in event else f"id: e, {event}"
    notice = f"{{id: rfe, event: rfe, date: 2027-01-04, {KINDS['rfe']}}}"
    text = f"{WHOLE}events:\n  - {notice}\n  - {{{given}, date: 2027-01-04}}\n"
    (fault,) = reference_faults(facts_of(tmp_path, text))

    assert message in fault.message
    assert note in fault.note


def test_a_further_filing_need_not_have_the_evidence_of_an_event(tmp_path: Path) -> None:

    event = "{id: e, event: denial, date: 2027-01-04, evidence: tax}"
    folder = write_case(tmp_path, f"{WHOLE}events:\n  - {event}\n")
    (folder / "filings").mkdir()
    filing = "filing: {kind: initial_parole, delivery: paper, date: 2027-02-01, exhibits: doctor}\n"
    (folder / "filings" / "again.yaml").write_text(filing, encoding="utf-8")
    _, facts = read_filing(folder, "again")

    assert [item["id"] for item in facts.tree["evidence"]] == ["doctor"]  # type: ignore[attr-defined]
    assert reference_faults(facts) == ()
    assert interpret(Case, facts).events[0].evidence == "tax"


def test_an_editor_offers_the_fields_of_each_kind() -> None:
    schema: dict[str, Any] = case_schema()
    events = {"$defs": schema["$defs"], **schema["properties"]["events"]}
    event = {"id": "e", "date": "2027-01-04", "event": "entry", "paroled_until": "2027-08-01"}

    jsonschema.validate([event], events)
    assert schema["$defs"]["Filed"]["properties"]["received"]["description"].startswith("The day")
    for wrong in ({"event": "entri"}, {"paroled_til": "2027-08-01"}, {"date": "May"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([{**event, **wrong}], events)


@pytest.mark.parametrize("text", ["IOE012345678", "IO00123456789", "IOE01234567890", ""])
def test_what_is_no_receipt_number(text: str) -> None:
    assert plain_receipt_number(text) is None

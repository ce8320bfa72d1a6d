"""A filing's own file says what differs from the case; all else holds where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.facts import Facts, FactsError, read_filing

CASE = """\
filing: {kind: initial_parole, delivery: paper}
accepted_findings: [{rule: birth-contradicts}]
petitioner: {family: Boateng, phone: "1", email: a@example.com}
beneficiaries:
  - id: ama
    address: {street: 1 Ring Road, postal_code: "0010"}
    phone: "2"
  - id: kofi
    phone: "3"
request:
  period: {months: 6}
  grounds: [{ground: funeral}]
others: [{family: Osei}]
evidence:
  - {id: passport, title: Passport}
  - {id: letter, title: Letter}
"""
OWN = """\
filing:
  kind: re_parole
  exhibits: [letter]
petitioner: {phone: "9"}
beneficiaries:
  - id: esi
    phone: "8"
  - id: ama
    address: {street: 2 Oak Street, zip: "60601"}
request:
  period:
    months: 12
evidence:
  - {id: i94, title: Form I-94}
"""


def read(folder: Path, own: str = OWN, case: str = CASE, name: str = "later") -> Facts:
    (folder / "filings").mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    (folder / "filings" / f"{name}.yaml").write_text(own, encoding="utf-8")
    return read_filing(folder, name)[1]


def place(facts: Facts, *path: str | int) -> str:
    source = facts.source_of(path)
    return f"{source.path.as_posix()}:{source.line}"


def test_the_filing_of_the_case_itself_is_called_by_its_kind(tmp_path: Path) -> None:
    read(tmp_path)
    for named in (None, "initial_parole"):
        identifier, facts = read_filing(tmp_path, named)
        assert identifier == "initial_parole"
        assert facts.tree["others"] == [{"family": "Osei"}]
        assert len(facts.tree["evidence"]) == 2  # type: ignore[arg-type]


def test_fields_are_replaced_whole_and_all_else_holds(tmp_path: Path) -> None:
    tree = read(tmp_path).tree
    assert tree["filing"] == {"kind": "re_parole", "exhibits": ["letter"]}
    assert tree["petitioner"] == {"family": "Boateng", "phone": "9", "email": "a@example.com"}
    assert tree["request"] == {"period": {"months": "12"}, "grounds": [{"ground": "funeral"}]}
    assert tree["others"] == [{"family": "Osei"}]


def test_people_are_met_by_their_id_and_new_ones_are_added(tmp_path: Path) -> None:
    assert read(tmp_path).tree["beneficiaries"] == [
        {"id": "ama", "address": {"street": "2 Oak Street", "zip": "60601"}, "phone": "2"},
        {"id": "kofi", "phone": "3"},
        {"id": "esi", "phone": "8"},
    ]


def test_evidence_goes_with_a_filing_where_it_is_named_or_new(tmp_path: Path) -> None:
    evidence = read(tmp_path).tree["evidence"]
    assert [one["id"] for one in evidence] == ["letter", "i94"]  # type: ignore[attr-defined]


def test_what_was_accepted_for_one_filing_is_not_accepted_for_the_next(tmp_path: Path) -> None:
    assert "accepted_findings" not in read(tmp_path).tree


def test_every_fact_is_found_where_it_is_written(tmp_path: Path) -> None:
    facts = read(tmp_path)
    own = "filings/later.yaml"
    assert place(facts, "filing", "kind") == f"{own}:2"
    assert place(facts, "petitioner", "phone") == f"{own}:4"
    assert place(facts, "petitioner", "family") == "case.yaml:3"
    assert place(facts, "beneficiaries", 0, "address", "street") == f"{own}:9"
    assert place(facts, "beneficiaries", 0, "phone") == "case.yaml:7"
    assert place(facts, "beneficiaries", 1, "phone") == "case.yaml:9"
    assert place(facts, "beneficiaries", 2, "phone") == f"{own}:7"
    assert place(facts, "request", "period", "months") == f"{own}:12"
    assert place(facts, "request", "grounds", 0) == "case.yaml:12"
    assert place(facts, "evidence", 0, "title") == "case.yaml:16"
    assert place(facts, "evidence", 1, "title") == f"{own}:14"
    assert place(facts, "request") == f"{own}:11"
    assert place(facts, "beneficiaries", 0) == f"{own}:8"


def test_every_mark_belongs_to_a_value_and_every_value_has_its_mark(tmp_path: Path) -> None:
    facts = read(tmp_path)
    assert all(facts.value_at(path) is not None for path in facts.values)
    written = {path for path in _paths(facts.tree) if path not in facts.values}
    assert written == set()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("request: {period: {months: 2}}\n", 'missing field "filing"'),
        (
            "filing: {kind: re_parole, exhibits: [lettre]}\n",
            'there is no evidence "lettre" in the case\'s own files',
        ),
        (
            "filing: {kind: re_parole}\nevents: [{id: entry, event: entry}]\n",
            "events happen to the case",
        ),
    ],
)
def test_what_a_filing_lacks_is_said_at_its_own_file(tmp_path: Path, own: str, said: str) -> None:
    with pytest.raises(FactsError) as raised:
        read(tmp_path, own)
    (fault,) = raised.value.faults
    assert said in fault.message
    assert fault.source.path.as_posix() == "filings/later.yaml"
    assert fault.note


def test_a_filing_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    read(tmp_path)
    with pytest.raises(FactsError) as raised:
        read_filing(tmp_path, "rfe-1")
    assert "initial_parole, later" in str(raised.value)
    assert "filings/rfe-1.yaml" in str(raised.value)


def test_no_filing_is_called_as_that_of_the_case(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="another name"):
        read(tmp_path, name="initial_parole")


def test_the_case_itself_chooses_no_exhibits(tmp_path: Path) -> None:
    case = CASE.replace("delivery: paper}", "delivery: paper, exhibits: [letter]}")
    read(tmp_path, case=case)
    with pytest.raises(FactsError, match="all evidence of the case"):
        read_filing(tmp_path, None)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = [*value.items()]
    elif isinstance(value, list):
        steps = [*enumerate(value)]
    return [path, *(found for step, one in steps for found in _paths(one, (*path, step)))]


def test_who_files_alone_does_so_without_the_petitioner_of_the_case(tmp_path: Path) -> None:
    alone = "filing: {kind: re_parole, self_petitioner: ama}\n"

    assert "petitioner" not in read(tmp_path, alone).tree
    assert read(tmp_path, alone + "petitioner: {phone: '9'}\n").tree["petitioner"] == {
        "family": "Boateng",
        "phone": "9",
        "email": "a@example.com",
    }

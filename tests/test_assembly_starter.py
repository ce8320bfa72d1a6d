from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from packet_builder.assembly.build import examined
from packet_builder.assembly.order import Order
from packet_builder.assembly.questions import LATER, NONE, AnswerMisfitError, Question, answered
from packet_builder.assembly.starter import (
    CaseExistsError,
    CaseNameError,
    PersonIdError,
    case_text,
    check_names,
    start_case,
)
from packet_builder.facts import read_facts, read_file
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import FactPath
from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.fees import Payment
from packet_builder.model.references import reference_faults
from packet_builder.model.request import GroundKind
from packet_builder.rules.finding import Weight
from packet_builder.workspace import Folders, shipped
from tests.cases import write_pdf


def folders_in(folder: Path) -> Folders:
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


def started(folder: Path, people: Sequence[str] = ("kwabena",), **given: str) -> Path:
    answers = answered({name.replace("_", "-"): said for name, said in given.items()}, SHIPPED)
    return start_case(folders_in(folder), "demo", people, answers, SHIPPED)


CLAIM = '"So it is [@passport p. 1; @tax-return p. 1]."'
#: What a person types into a blank of that name.
TYPED = {
    **dict.fromkeys(("date", "died", "prognosis", "earliest", "paroled_until"), "2027-01-12"),
    "date_of_birth": "1986-03-22",
    "expires": "2033-02-13",
    "pronoun": "she",
    "status": "us_citizen",
    "email": "a@example.com",
    "phone": "+1 201 555 0117",
    "zip": "07030",
    "months": "6",
    "household_size": "2",
    "annual_income": "131,460",
    "country": "Ghana",
    "residence": "Ghana",
    "citizenship": "Ghana",
    "counsel": "lee",
    "event": "visa_refusal",
    "basis": "income",
    "category": "vawa",
    "pay": "credit_card",
    "ground": "medical_treatment",
    "id": "lee",
    "employment_document": "no",
    "number": "G0418276",
    "state": "NJ",
    **dict.fromkeys(("claims", "reason", "support", "urgency", "effect_of_refusal"), CLAIM),
    **dict.fromkeys(("why_no_visa", "departure", "alternatives", "facts", "response"), CLAIM),
    **dict.fromkeys(("why_not_enough", "compliance", "a", "b", "b_i", "b_ii"), CLAIM),
    **dict.fromkeys(("c", "c_i", "c_ii"), CLAIM),
}
OF_ITS_OWN = {
    ("discretion", "positive", 0, "factor"): "family_ties",
    ("discretion", "negative", 0, "factor"): "earlier_refusal",
    ("filing", "key_date", "event"): "first operation",
    ("filing", "date"): "2026-12-01",
    ("request", "grounds", 0, "appointment", "event"): "first operation",
    ("request", "basis"): "urgent_humanitarian_reason",
    ("evidence",): "",
}
EVIDENCE = """
  - {id: passport, title: Passport, kind: passport, file: exhibits/passport.pdf}
  - {id: tax-return, title: Tax return, kind: tax_return, file: exhibits/tax.pdf}"""


def blanks_in(value: object, path: FactPath = ()) -> Iterator[FactPath]:
    if value is None:
        yield path
    inside = value.items() if isinstance(value, dict) else ()
    for step, inner in enumerate(value) if isinstance(value, list) else inside:
        yield from blanks_in(inner, (*path, step))


def fill(path: Path) -> None:
    """Fill every blank of a file, as a person would."""
    facts = read_file(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for blank in blanks_in(facts.tree):
        mark = facts.keys[blank]
        end = mark.column + mark.width + 1
        said = OF_ITS_OWN.get(blank, TYPED.get(str(blank[-1]), "some words"))
        lines[mark.line] = f"{lines[mark.line][:end]} {said}"
    text = "\n".join(lines).replace("evidence: ", f"evidence:{EVIDENCE}")
    path.write_text(text, encoding="utf-8")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Give all that stops a case from being read, its references too."""
    facts = read_facts(folder)
    try:
        interpret(Case, facts)
    except FactsError as error:
        return (*error.faults, *reference_faults(facts))
    return reference_faults(facts)


ALL_ANSWERS = {
    "files": ("petitioner", "beneficiary"),
    "place": ("abroad", "inside"),
    "ground": (LATER, *(one.value for one in GroundKind)),
    "supporter": ("petitioner", "other", "beneficiary", NONE),
    "delivery": ("courier", "usps", "online"),
    "fee": (LATER, *(one.value for one in Payment)),
    "exception": (NONE, *(one.id for one in parole_fee_exceptions(SHIPPED))),
    "key-date": ("no", "yes"),
    "history": ("no", "yes"),
}


def see_that_a_case_is_sound(given: dict[str, str], people: Sequence[str]) -> bool:
    """See that a case has faults of blanks only, and none once they are filled; or is refused."""
    with TemporaryDirectory() as folder:
        try:
            answers = answered(given, SHIPPED)
        except AnswerMisfitError:
            return False
        case = Path(folder)
        text = case_text(folders_in(case), "demo", people, answers, SHIPPED)
        (case / "case.yaml").write_text(text, encoding="utf-8")
        named = {(fault.source.line, fault.source.column) for fault in faults_of(case)}
        facts = read_facts(case)
        blanks = {
            (facts.keys[path].line + 1, facts.keys[path].column + 1)
            for path in blanks_in(facts.tree)
        }
        assert all(fault.is_blank for fault in faults_of(case))
        assert named == blanks
        fill(case / "case.yaml")
        assert faults_of(case) == ()
    return True


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({name: st.sampled_from(said) for name, said in ALL_ANSWERS.items()}),
    st.sampled_from([("amina",), ("amina", "nika")]),
)
def test_every_combination_of_answers_writes_a_case_or_is_refused(
    given: dict[str, str], people: tuple[str, ...]
) -> None:
    event("written" if see_that_a_case_is_sound(given, people) else "refused")


def test_every_answer_beside_every_other_writes_a_case_or_is_refused() -> None:
    """Each pair of answers to two questions, all others as usual."""
    written = 0
    for (one, said), (other, answer) in combinations(
        ((name, said) for name, all_ in ALL_ANSWERS.items() for said in all_), 2
    ):
        if one != other and _is_of_many(one, other):
            written += see_that_a_case_is_sound({one: said, other: answer}, ("amina",))

    assert written > 60


def _is_of_many(one: str, other: str) -> bool:
    """Tell whether blocks of a case follow from both; the pairs of the rest are chance's."""
    return {one, other} <= {"ground", "exception", "place", "files"}


def test_a_new_case_passes_check_once_its_blanks_are_filled(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    folder = started(tmp_path, ground="medical_treatment", fee="credit_card")
    fill(folder / "case.yaml")
    fill(folders.cases / "firm.yaml")
    for name in ("passport", "tax"):
        write_pdf(folder / "exhibits" / f"{name}.pdf", ("one page",))

    result = examined(Order("demo", folders, None, "dxpdf"))

    assert [finding for finding in result.findings if finding.weight is Weight.ERROR] == []


def test_only_blocks_that_matter_are_written(tmp_path: Path) -> None:
    text = (started(tmp_path) / "case.yaml").read_text(encoding="utf-8")

    for block in ("self_petitioner", "key_date", "immigration_history", "waiver:", "parole_fee"):
        assert block not in text
    assert "supporters:" in text


def test_where_the_office_has_several_attorneys_one_is_asked_for(tmp_path: Path) -> None:
    firm = tmp_path / "cases" / "firm.yaml"
    firm.parent.mkdir()
    firm.write_text("attorneys:\n  - {id: lee}\n  - {id: ruiz}\n", encoding="utf-8")

    text = (started(tmp_path) / "case.yaml").read_text(encoding="utf-8")

    assert "counsel:                      # who signs, by the id in firm.yaml: lee, ruiz" in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"fee": "waiver", "delivery": "online"}, "a waiver is asked for on paper only"),
        ({"ground": "funeral", "exception": "organ_donor"}, "each exception belongs to a ground"),
        ({"exception": "returning_aos_applicant"}, "one that is written here"),
        ({"files": "beneficiary", "supporter": "petitioner"}, "only a petitioner can support"),
        ({"ground": "holidays"}, "--ground holidays: it is none of the answers"),
    ],
)
def test_answers_that_do_not_go_together_are_refused(given: dict[str, str], told: str) -> None:
    with pytest.raises(AnswerMisfitError, match=told):
        answered(given, SHIPPED)


def test_a_person_is_asked_only_where_there_is_a_choice() -> None:
    asked = []

    def ask(question: Question, choices: Mapping[str, str]) -> str:
        asked.append(question.name)
        return list(choices)[-1]

    answers = answered({"fee": "later"}, SHIPPED, ask)

    assert asked == ["files", "place", "ground", "delivery", "exception", "key-date", "history"]
    assert answers["supporter"] == NONE  # a new period of parole takes none


@pytest.mark.parametrize("people", [("Amina",), ("amina", "amina"), ("",)])
def test_a_short_name_that_is_none_is_refused(tmp_path: Path, people: tuple[str, ...]) -> None:
    with pytest.raises(PersonIdError, match="cannot be a short name of one person"):
        started(tmp_path, people)

    assert not (tmp_path / "cases").exists()


def test_a_new_case_brings_its_schema_and_the_office(tmp_path: Path) -> None:
    folder = started(tmp_path)

    schema = json.loads((folder.parent / "case.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["evidence"]
    assert (
        (folder / "case.yaml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=../case.schema.json\n")
    )
    assert (folder.parent / "firm.yaml").is_file()
    assert (folder / "exhibits").is_dir()


def test_a_case_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    folder = started(tmp_path)
    (folder / "case.yaml").write_text("mine", encoding="utf-8")

    with pytest.raises(CaseExistsError, match="it was left as it is"):
        started(tmp_path)

    assert (folder / "case.yaml").read_text(encoding="utf-8") == "mine"


def test_the_office_is_never_written_over(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    folders.cases.mkdir()
    (folders.cases / "firm.yaml").write_text("mine", encoding="utf-8")
    started(tmp_path)

    assert (folders.cases / "firm.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "con:1", "a b"])
def test_a_name_that_is_no_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseNameError, match="cannot name a case folder"):
        check_names(folders_in(tmp_path), name, ())

"""Each small broken case in tests/broken_cases has the finding that its one fault deserves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.plan.outline import read_outline
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.workspace import shipped
from tests.cases import facts_of

FOLDER = Path(__file__).parent / "broken_cases"
WHOLE = (FOLDER / "whole.yaml").read_text(encoding="utf-8")
FAULTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "faults.yaml").read_text(encoding="utf-8"))
MET: dict[str, dict[str, Any]] = yaml.safe_load(
    (FOLDER / "exceptions.yaml").read_text(encoding="utf-8")
)
LIMBS = [(name, limb) for name, one in MET.items() for limb in one["limbs"]]
ROWS = {row.id: row for row in parole_fee_exceptions(SHIPPED)}
TWO = ["She bled twice.", "Nothing can be done here."]
SEEN: dict[str, list[str]] = {
    "passports": ["KWABENA"],
    "sister": ["ADWOA"],
    "birth": ["Complete and accurate; I am competent. Date of birth: April 1, 2015", "Awo"],
    "consent": ["I consent. A-Number: A200-111-222"],
    "doctor": TWO,
    "hospital": TWO,
    "refusal": ["Refused. Date of birth 9 JUL 1992"],
    "appointment": [""],
    "tax": ["Total income 131,460. Account XXX-XX-1234"],
}


def changed(changes: Mapping[str, str]) -> str:
    text = WHOLE
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def examined(
    folder: Path, text: str, seen: Mapping[str, list[str]] | None = None
) -> tuple[Finding, ...]:
    facts = facts_of(folder, text)
    case = interpret(Case, facts)
    outline = read_outline(shipped("templates"), case.filing.kind)
    groups = frozenset(one.id for one in case.evidence if outline.group_of(one) is not None)
    pages = {name: SeenEvidence(tuple(texts)) for name, texts in (SEEN | dict(seen or {})).items()}
    return examine(Dossier(case, pages, groups), facts)


def news(
    folder: Path, text: str, seen: Mapping[str, list[str]] | None = None
) -> tuple[Finding, ...]:
    """Give the findings that the whole case does not have."""
    usual = {(one.rule, one.message) for one in examined(folder, WHOLE)}
    return tuple(
        one for one in examined(folder, text, seen) if (one.rule, one.message) not in usual
    )


def with_exception(name: str, limbs: Mapping[str, str]) -> str:
    one = MET[name]
    said = ", ".join(f"{limb}: 'So {cited}.'" for limb, cited in limbs.items())
    asked = f"{{beneficiary: {one['who']}, exception: {name}, limbs: {{{said}}}}}"
    return changed({**one.get("change", {}), "parole_fee: []": f"parole_fee: [{asked}]"})


def test_the_whole_case_has_only_the_notes_that_every_case_has(tmp_path: Path) -> None:
    found = examined(tmp_path, WHOLE)

    assert {one.weight for one in found} == {Weight.NOTE}
    assert {one.rule for one in found} == {"law-to-confirm", "biometrics", "days-left"}


def test_there_are_broken_cases_enough() -> None:
    assert len(FAULTS) >= 40
    assert set(MET) == set(ROWS)


@pytest.mark.parametrize(
    "fault", FAULTS, ids=[f"{number}-{fault['rule']}" for number, fault in enumerate(FAULTS)]
)
def test_a_broken_case_has_the_finding_that_it_deserves(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    text = changed(fault.get("change", {}))
    found = news(tmp_path, text, fault.get("seen"))
    mine = [one for one in found if one.rule == fault["rule"]]

    assert mine
    assert {one.weight.value for one in mine} == {fault["weight"]}
    assert {one.rule for one in found} - set(fault.get("also", [])) == {fault["rule"]}
    for one in mine:
        assert one.cure
        assert one.source is not None
        assert fault["at"] in text.splitlines()[one.source.line - 1]


@pytest.mark.parametrize("name", [name for name in MET if not MET[name].get("unfit")])
def test_an_exception_that_the_facts_meet_has_no_finding(tmp_path: Path, name: str) -> None:
    found = news(tmp_path, with_exception(name, MET[name]["limbs"]))

    assert [one for one in found if one.weight is Weight.ERROR] == []
    assert [one for one in found if "exception" in one.rule or "limb" in one.rule] == []


@pytest.mark.parametrize("name", [name for name in MET if MET[name].get("unfit")])
def test_an_exception_that_is_not_for_this_filing_is_refused(tmp_path: Path, name: str) -> None:
    found = news(tmp_path, with_exception(name, MET[name]["limbs"]))

    assert "parole-fee-exception-unfit" in [one.rule for one in found]


@pytest.mark.parametrize(("name", "limb"), LIMBS)
def test_an_exception_without_a_limb_fails_unless_another_limb_stands_for_it(
    tmp_path: Path, name: str, limb: str
) -> None:
    limbs = {one: cited for one, cited in MET[name]["limbs"].items() if one != limb}
    alternatives = next(group for group in ROWS[name].requires if limb in group)
    if not limbs:
        limbs = {"x": "[@doctor p. 1]"}
    rules = [one.rule for one in news(tmp_path, with_exception(name, limbs))]

    assert ("limb-unmet" in rules) == (len(alternatives) == 1)


@pytest.mark.parametrize(("name", "limb"), LIMBS)
def test_an_exception_without_any_alternative_of_a_limb_fails(
    tmp_path: Path, name: str, limb: str
) -> None:
    group = next(group for group in ROWS[name].requires if limb in group)
    limbs = {one: cited for one, cited in MET[name]["limbs"].items() if one not in group}
    found = news(tmp_path, with_exception(name, limbs or {"x": "[@doctor p. 1]"}))

    assert "limb-unmet" in [one.rule for one in found]


@pytest.mark.parametrize(("name", "limb"), LIMBS)
def test_a_limb_without_proof_fails(tmp_path: Path, name: str, limb: str) -> None:
    limbs = {**MET[name]["limbs"], limb: ""}
    found = news(tmp_path, with_exception(name, limbs))

    assert "limb-unproven" in [one.rule for one in found]


@pytest.mark.parametrize(("name", "limb"), LIMBS)
def test_a_limb_with_proof_of_another_kind_is_weak(tmp_path: Path, name: str, limb: str) -> None:
    limbs = {**MET[name]["limbs"], limb: "[@tax p. 1]"}
    found = news(tmp_path, with_exception(name, limbs))

    assert "limb-weak" in [one.rule for one in found]


@pytest.mark.parametrize(
    ("rule", "name", "change"),
    [
        ("parole-fee-exception-without-ground", "funeral", {}),
        ("parole-fee-exception-without-ground", "organ_donor", {}),
        ("parole-fee-exception-without-ground", "law_enforcement_spb", {}),
        ("parole-fee-exception-without-ground", "contiguous_return_hearing", {}),
        ("dying-relative-unproven", "dying_relative", {}),
        (
            "medical-minor-missing",
            "parent_of_medical_minor",
            {"date_of_birth: 2015-04-01": "date_of_birth: 1999-04-01"},
        ),
        (
            "medical-minor-age",
            "parent_of_medical_minor",
            {"date_of_birth: 2015-04-01": "date_of_birth: 2008-04-01"},
        ),
        (
            "funeral-undated",
            "funeral",
            {
                **MET["funeral"]["change"],
                "      appointment: {date: 2027-01-20, event: operation}\n": "",
            },
        ),
        (
            "exception-undated",
            "organ_donor",
            {
                **MET["organ_donor"]["change"],
                "      appointment: {date: 2027-01-20, event: operation}\n": "",
            },
        ),
        (
            "law-enforcement-without-agency",
            "law_enforcement_spb",
            {"ground: medical_treatment": "ground: law_enforcement"},
        ),
    ],
)
def test_an_exception_that_does_not_go_with_the_request_is_found(
    tmp_path: Path, rule: str, name: str, change: dict[str, str]
) -> None:
    said = ", ".join(f"{limb}: 'So {cited}.'" for limb, cited in MET[name]["limbs"].items())
    asked = f"{{beneficiary: {MET[name]['who']}, exception: {name}, limbs: {{{said}}}}}"
    text = changed({**change, "parole_fee: []": f"parole_fee: [{asked}]"})

    assert rule in [one.rule for one in news(tmp_path, text)]

"""Each of the ten parole-fee exceptions has a case that meets it, and one that fails each limb."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.rules.finding import Weight
from tests.broken import FOLDER, changed, news

MET: dict[str, dict[str, Any]] = yaml.safe_load(
    (FOLDER / "exceptions.yaml").read_text(encoding="utf-8")
)
FAILED: list[dict[str, Any]] = yaml.safe_load((FOLDER / "limbs.yaml").read_text(encoding="utf-8"))
LIMBS = [(name, limb) for name, one in MET.items() for limb in one["limbs"]]
FIT = [(name, limb) for name, limb in LIMBS if not MET[name].get("unfit")]
ROWS = {row.id: row for row in parole_fee_exceptions(SHIPPED)}


def asking(name: str, limbs: Mapping[str, str], *, beside: bool = True) -> str:
    """Give the whole case as one that asks for an exception, and meets it."""
    one = MET[name]
    said = ", ".join(f"{limb}: 'So {cited}.'" for limb, cited in limbs.items())
    asked = f"{{beneficiary: {one['who']}, exception: {name}, limbs: {{{said}}}}}"
    requests = ", ".join([asked, *([one["beside"]] if beside and "beside" in one else [])])
    return changed({**one.get("change", {}), "parole_fee: []": f"parole_fee: [{requests}]"})


def failing(case: dict[str, Any]) -> str:
    """Give the case that meets an exception, with one fact changed."""
    name, _, limb = case["limb"].partition(" ")
    limbs = MET[name]["limbs"]
    others = {one for group in ROWS[name].requires if limb in group for one in group} - {limb}
    claimed = {one: cited for one, cited in limbs.items() if one not in others}
    text = asking(name, claimed, beside=case.get("without") != "beside")
    for old, new in case["change"].items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_all_ten_are_here_and_every_limb_of_each() -> None:
    every = {f"{row.id} {limb.id}" for row in ROWS.values() for limb in row.limbs}

    assert set(MET) == set(ROWS)
    assert {f"{name} {limb}" for name, limb in LIMBS} == every
    assert {case["limb"] for case in FAILED} == every


@pytest.mark.parametrize("name", [name for name in MET if not MET[name].get("unfit")])
def test_an_exception_that_the_facts_meet_has_no_finding(tmp_path: Path, name: str) -> None:
    assert [one.message for one in news(tmp_path, asking(name, MET[name]["limbs"]))] == []


@pytest.mark.parametrize("name", [name for name in MET if MET[name].get("unfit")])
def test_an_exception_that_is_not_for_this_filing_is_refused(tmp_path: Path, name: str) -> None:
    (found,) = news(tmp_path, asking(name, MET[name]["limbs"]))

    assert (found.rule, found.weight) == ("parole-fee-exception-unfit", Weight.ERROR)


@pytest.mark.parametrize(
    "case", FAILED, ids=[f"{number} {case['limb']}" for number, case in enumerate(FAILED)]
)
def test_a_limb_that_the_facts_do_not_meet_fails_and_the_missing_fact_is_named(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    found = news(tmp_path, failing(case))

    assert [
        one
        for one in found
        if f"{one.weight} {one.rule}" == case["finds"] and case["says"] in one.message
    ], [(one.rule, one.message) for one in found]


@pytest.mark.parametrize(("name", "limb"), FIT)
def test_an_exception_without_a_limb_fails_unless_another_limb_stands_for_it(
    tmp_path: Path, name: str, limb: str
) -> None:
    limbs = {one: cited for one, cited in MET[name]["limbs"].items() if one != limb}
    alternatives = next(group for group in ROWS[name].requires if limb in group)
    rules = [one.rule for one in news(tmp_path, asking(name, limbs or {"x": "[@doctor p. 1]"}))]

    assert ("limb-unmet" in rules) == (len(alternatives) == 1)
    assert ("limb-unknown" in rules) == (not limbs)


@pytest.mark.parametrize(("name", "limb"), FIT)
def test_an_exception_without_any_alternative_of_a_limb_fails(
    tmp_path: Path, name: str, limb: str
) -> None:
    group = next(group for group in ROWS[name].requires if limb in group)
    limbs = {one: cited for one, cited in MET[name]["limbs"].items() if one not in group}
    found = news(tmp_path, asking(name, limbs or {"x": "[@doctor p. 1]"}))

    assert "limb-unmet" in [one.rule for one in found]


@pytest.mark.parametrize(("name", "limb"), FIT)
def test_a_limb_without_proof_fails(tmp_path: Path, name: str, limb: str) -> None:
    found = news(tmp_path, asking(name, {**MET[name]["limbs"], limb: ""}))

    assert [one.rule for one in found] == ["limb-unproven"]


@pytest.mark.parametrize(("name", "limb"), FIT)
def test_a_limb_with_proof_of_another_kind_is_weak(tmp_path: Path, name: str, limb: str) -> None:
    found = news(tmp_path, asking(name, {**MET[name]["limbs"], limb: "[@tax p. 1]"}))

    assert [one.rule for one in found] == ["limb-weak"]


@pytest.mark.parametrize("name", ["funeral", "organ_donor", "law_enforcement_spb"])
def test_an_exception_without_its_ground_is_refused_and_the_nearest_is_named(
    tmp_path: Path, name: str
) -> None:
    limbs = ", ".join(f"{limb}: '{cited}'" for limb, cited in MET[name]["limbs"].items())
    asked = f"parole_fee: [{{beneficiary: kwabena, exception: {name}, limbs: {{{limbs}}}}}]"
    found = news(tmp_path, changed({"parole_fee: []": asked}))
    refused = next(one for one in found if one.rule == "parole-fee-exception-without-ground")

    assert '(nearest: "medical_emergency")' in refused.message


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        ("targeted_harm", "protection from harm is not one of the ten"),
        ("vulnerable_person", "being vulnerable is by itself not one of the ten"),
        (
            "family_illness",
            (
                'nearest: "dying_relative"; it lacks: no ground names a relative who is in the '
                "United States; no date that a visa would have to be in time for"
            ),
        ),
        ("funeral", 'nearest: "funeral"; it lacks: no ground names a death'),
    ],
)
def test_where_none_of_the_ten_fits_the_nearest_and_what_it_lacks_are_named(
    tmp_path: Path, ground: str, words: str
) -> None:
    asked = "[{beneficiary: kwabena, exception: reunion, limbs: {a: 'So [@doctor p. 1].'}}]"
    text = changed(
        {"ground: medical_treatment": f"ground: {ground}", "parole_fee: []": f"parole_fee: {asked}"}
    )
    refused = next(one for one in news(tmp_path, text) if one.rule == "parole-fee-exception-unfit")

    assert '"reunion" is not one of the ten exceptions from the parole fee' in refused.message
    assert words in refused.message

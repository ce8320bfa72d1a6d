"""Each small broken case in tests/broken_cases has the finding that its one fault deserves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from packet_builder.rules.finding import Finding, Weight
from tests.broken import FOLDER, LATER, STANDING, WHOLE, changed, examined, news, whole

THEMES = (
    "citations",
    "dates",
    "delivery",
    "discretion",
    "events",
    "evidence",
    "fees",
    "grounds",
    "initial-evidence",
    "leftovers",
    "people",
    "re-parole",
    "redactions",
    "support",
    "urgency",
    "work-permit",
)
FAULTS: list[dict[str, Any]] = [
    fault
    for theme in THEMES
    for fault in yaml.safe_load((FOLDER / f"{theme}.yaml").read_text(encoding="utf-8"))
]


def shown(finding: Finding, text: str) -> tuple[str, str, str]:
    """Give weight, rule, and the line that a finding points to."""
    assert finding.source is not None
    path = finding.source.path.as_posix()
    is_in_facts = path == "case.yaml"
    line = text.splitlines()[finding.source.line - 1].strip() if is_in_facts else path
    return finding.weight.value, finding.rule, line


def expected(fault: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (weight, rule, one["at"])
        for one in fault["finds"]
        for weight, rule in one.items()
        if weight != "at"
    ]


def test_the_whole_case_has_only_the_notes_that_every_case_has(tmp_path: Path) -> None:
    found = examined(tmp_path, WHOLE)

    assert {one.weight for one in found} == {Weight.NOTE}
    assert {one.rule for one in found} == STANDING


@pytest.mark.parametrize("base", LATER)
def test_a_whole_case_of_another_kind_has_only_notes(base: str, tmp_path: Path) -> None:
    found = examined(tmp_path, whole(base), {"base": base})

    assert {one.weight for one in found} == {Weight.NOTE}


def test_there_are_broken_cases_enough() -> None:
    names = [fault["case"] for fault in FAULTS]

    assert len(names) >= 40
    assert len(set(names)) == len(names)
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {
        *THEMES,
        "answer",
        "answers",
        "exceptions",
        "limbs",
        "pages",
        "whole",
        *(f"whole-{base}" for base in LATER),
    }


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["case"] for fault in FAULTS])
def test_a_broken_case_has_what_its_fault_deserves_and_nothing_else(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    text = changed(fault.get("change", {}), fault.get("base", ""))
    found = news(tmp_path, text, fault)
    got = sorted(shown(one, text) for one in found)
    wanted = sorted(expected(fault))

    assert [one[:2] for one in got] == [one[:2] for one in wanted]
    for (_, _, line), (_, _, at) in zip(got, wanted, strict=True):
        assert line.startswith(at)
    assert all(one.cure for one in found)

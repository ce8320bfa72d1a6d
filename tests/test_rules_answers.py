"""Each broken answer to a notice has the finding that its one fault deserves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from packet_builder.rules.finding import Finding
from tests.broken import FOLDER
from tests.broken_answers import examined, news

FAULTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "answers.yaml").read_text(encoding="utf-8"))


def shown(finding: Finding, folder: Path) -> tuple[str, str, str]:
    """Give weight, rule, and the line that a finding points to."""
    assert finding.source is not None
    lines = (folder / finding.source.path).read_text("utf-8").splitlines()
    return finding.weight.value, finding.rule, lines[finding.source.line - 1].strip()


def expected(fault: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (weight, rule, one["at"])
        for one in fault["finds"]
        for weight, rule in one.items()
        if weight != "at"
    ]


def test_nothing_is_found_in_an_answer_that_nothing_is_wrong_with(tmp_path: Path) -> None:
    assert [(one.rule, one.message) for one in examined(tmp_path, {})] == []


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["case"] for fault in FAULTS])
def test_a_broken_answer_has_what_its_fault_deserves_and_nothing_else(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    found = news(tmp_path, fault)
    got = sorted(shown(one, tmp_path) for one in found)
    wanted = sorted(expected(fault))

    assert [one[:2] for one in got] == [one[:2] for one in wanted]
    for (_, _, line), (_, _, at) in zip(got, wanted, strict=True):
        assert line.startswith(at)
    assert all(one.cure for one in found)

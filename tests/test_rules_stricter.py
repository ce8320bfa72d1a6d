"""An office may hold a rule heavier than the program does, and never lighter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from packet_builder.assembly.build import examined
from packet_builder.assembly.order import Order
from packet_builder.facts.fault import FactsError
from packet_builder.model.firm import Stricter
from packet_builder.rules.finding import Finding, Weight
from packet_builder.rules.stricter import made_stricter
from packet_builder.workspace import Folders

SAMPLES = Path(__file__).parents[1] / "case_data"


@pytest.mark.parametrize(
    ("before", "asked", "after"),
    [
        (Weight.NOTE, "error", Weight.ERROR),
        (Weight.WARNING, "error", Weight.ERROR),
        (Weight.WARNING, "warning", Weight.WARNING),
        (Weight.ERROR, "warning", Weight.ERROR),
    ],
)
def test_a_rule_weighs_more_in_an_office_and_never_less(
    before: Weight, asked: str, after: Weight
) -> None:
    office = Stricter.model_validate(
        {"rule": "evidence-undated", "weight": asked, "reason": "Two were sent back."}
    )
    finding = Finding("evidence-undated", before, "It has no date", "Date it.", ("evidence", 0))
    other = Finding("evidence-old", before, "It is old", "Renew it.", ("evidence", 0))

    weighed, untouched = made_stricter([finding, other], [office])

    assert weighed.weight is after
    assert untouched == other
    assert ("Two were sent back." in weighed.message) == (before is not after)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(*(tmp_path / name for name in ("cases", "office", "forms", "output")))
    shutil.copytree(SAMPLES / "minimal", folders.cases / "minimal")
    for name in ("firm.yaml", "logo.png"):
        shutil.copy(SAMPLES / name, folders.cases)
    return folders


def hold(folders: Folders, rule: str) -> None:
    own = f"stricter:\n  - {{rule: {rule}, weight: error, reason: Two were sent back.}}\n"
    firm = folders.cases / "firm.yaml"
    firm.write_text(firm.read_text(encoding="utf-8") + own, encoding="utf-8")


def test_what_firm_yaml_holds_heavier_stops_a_build(folders: Folders) -> None:
    order = Order("minimal", folders, None, "dxpdf")
    before = examined(order)
    assert not before.has_errors

    hold(folders, before.findings[0].rule)

    assert examined(order).has_errors


def test_a_rule_that_is_not_there_is_a_fault_of_firm_yaml(folders: Folders) -> None:
    hold(folders, "evidence-odl")

    with pytest.raises(FactsError, match=r'firm\.yaml:\d+:\d+.*there is no rule "evidence-odl"'):
        examined(Order("minimal", folders, None, "dxpdf"))

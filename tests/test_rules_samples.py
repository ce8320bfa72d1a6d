"""The two sample cases have the notes that they are meant to have, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from packet_builder.assembly.build import examined
from packet_builder.assembly.order import Order
from packet_builder.rules.finding import Finding, Weight
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_folder

CASES = Path(__file__).parents[1] / "case_data"


def findings_of(case: str, output: Path) -> tuple[Finding, ...]:
    folders = Folders(CASES, shipped("templates"), blank_folder(), output)
    return examined(Order(case, folders, None, "dxpdf")).findings


@pytest.mark.parametrize(
    ("case", "noted"),
    [
        ("minimal", {"law-to-confirm": 6, "days-left": 1, "guideline-unknown": 1}),
        ("full", {"law-to-confirm": 6, "days-left": 2, "guideline-unknown": 2}),
    ],
)
def test_a_sample_has_only_the_notes_that_are_meant(
    tmp_path: Path, case: str, noted: dict[str, int]
) -> None:
    found = findings_of(case, tmp_path)
    counted = Counter(one.rule for one in found if not one.rule.startswith("form-"))

    assert [one.message for one in found if one.weight is not Weight.NOTE] == []
    assert counted == {**noted, "biometrics": 1, "fees-due": 1, "passport-by-eye": 1}


def test_the_notes_of_a_sample_say_what_is_so(tmp_path: Path) -> None:
    said = {one.message for one in findings_of("full", tmp_path)}

    assert {
        (
            "49 days from filing, 47 from its arrival at USCIS, to 2027-01-19: stem-cell "
            "transplantation at Harrowgate Children's Hospital"
        ),
        (
            "38 days from filing, 36 from its arrival at USCIS, to 2027-01-08: last day expected "
            "for Houshang Daneshpour"
        ),
        (
            "with the filing: 3 x $630 = $1,890, nothing else; the parole fee of $1,050 a person, "
            "unless an exception is found, is collected when parole is granted"
        ),
        "Roya Daneshpour, Arash Sohrabi must give biometrics abroad",
        '"passports" is a picture, which the program cannot read',
    } <= said

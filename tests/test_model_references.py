from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.model.references import reference_faults
from tests.cases import WHOLE, changed, facts_of


def test_a_whole_case_refers_only_to_what_is_there(tmp_path: Path) -> None:
    assert reference_faults(facts_of(tmp_path, WHOLE)) == ()


@pytest.mark.parametrize(
    ("change", "message", "note"),
    [
        (("id: tax,", "id: doctor,"), '"doctor" is given twice as an id', "use another id"),
        (
            ("    household_size: 2", "    household_size: 2\n    beneficiaries: [kwabana]"),
            'there is no beneficiary "kwabana"',
            'did you mean "kwabena"?',
        ),
        (
            (
                "  parole_fee: []",
                "  parole_fee: {beneficiary: x, exception: funeral, limbs: {a: [So.]}}",
            ),
            'there is no beneficiary "x"',
            "known: kwabena",
        ),
        (
            (
                "  negative: []",
                "  negative: [{factor: other, events: [gone], facts: [a], response: [b]}]",
            ),
            'there is no event of the immigration history "gone"',
            "known: none",
        ),
        (
            ("  carrier: usps", "  carrier: usps\n  self_petitioner: kwabena"),
            "both a petitioner and a self_petitioner are given",
            "keep one of the two",
        ),
        (
            ("pay: credit_card", "pay: waiver, waiver: {household: [{id: esi}, {id: esi}]}"),
            '"esi" is given twice as an id',
            "use another id",
        ),
        (
            (
                "pay: credit_card",
                "pay: waiver, waiver: {household: [{id: esi}], benefits: [{recipient: essi}]}",
            ),
            'there is no member of the household "essi"',
            'did you mean "esi"?',
        ),
        (
            ("pay: credit_card", "pay: waiver, waiver: {family: [esi]}"),
            'there is no beneficiary "esi"',
            "known: kwabena",
        ),
        (
            ("petitioner:\n", "nobody:\n"),
            "nobody files: there is no petitioner",
            'add "petitioner:", or "self_petitioner:" under "filing:"',
        ),
    ],
)
def test_a_name_that_means_nothing_is_a_fault(
    tmp_path: Path, change: tuple[str, str], message: str, note: str
) -> None:
    (fault,) = reference_faults(facts_of(tmp_path, changed(change)))

    assert (fault.message, fault.note) == (message, note)


def test_facts_of_any_shape_give_faults_and_no_crash(tmp_path: Path) -> None:
    text = "beneficiaries: {id: x}\nsupporters: [[1], text]\nevidence: [{id: [a]}]\nfiling: [x]\n"

    assert len(reference_faults(facts_of(tmp_path, text))) == 1

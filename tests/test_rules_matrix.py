"""The evidence matrix: every claim stands in it, and what nothing carries is a gap."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings

from packet_builder.assembly.matrix_rows import Places, matrix_rows
from packet_builder.facts import read_facts
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.claims import claims_of
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.model.references import reference_faults
from packet_builder.outline import read_outline
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier
from packet_builder.rules.matrix import evidence_matrix
from packet_builder.rules.matrix.element import Element, Line, State
from packet_builder.workspace import shipped
from tests.case_strategies import cases, pages
from tests.cases import INITIAL, SEEN, WHOLE, changed, facts_of

CASES = Path(__file__).parents[1] / "case_data"
DATED = ("kind: physician_letter,", "kind: physician_letter, date: 2026-11-02,")
OVERSTAY = "{id: stay, event: overstay, date: 2019-01-01, claims: ['So [@doctor p. 1].']}"
EVENT = ("    immigration_history: []", f"    immigration_history:\n      - {OVERSTAY}")
LIMBS = "{a: 'It is one [@doctor p. 1].'}"
ASKED = f"{{beneficiary: kwabena, exception: medical_emergency, limbs: {LIMBS}}}"
EXCEPTION = ("  parole_fee: []", f"  parole_fee: {ASKED}")


def matrix_of(folder: Path, text: str) -> tuple[Element, ...]:
    facts = facts_of(folder, text)
    case = interpret(Case, facts)
    dossier = Dossier(case, SEEN, INITIAL, SHIPPED)
    return evidence_matrix(dossier, examine(dossier, facts))


def lines(elements: tuple[Element, ...], part: str, heading: str = "") -> list[Line]:
    found = [
        one for one in elements if one.part.startswith(part) and one.heading.startswith(heading)
    ]
    assert found, (part, heading)
    return [line for one in found for line in one.lines]


def states(elements: tuple[Element, ...], part: str, heading: str = "") -> list[State]:
    return [line.state for line in lines(elements, part, heading)]


def gaps(elements: tuple[Element, ...]) -> Iterator[tuple[str, str]]:
    for one in elements:
        yield from ((one.heading, line.what) for line in one.lines if line.state is State.GAP)


def sample(name: str) -> tuple[Case, tuple[Element, ...]]:
    facts = read_facts(CASES / name)
    case = interpret(Case, facts)
    seen = {one.id: SeenEvidence(("text",) * 60) for one in case.evidence}
    outline = read_outline(shipped("templates"), case.filing.kind)
    dossier = Dossier(case, seen, outline, SHIPPED)
    return case, evidence_matrix(dossier, examine(dossier, facts))


@pytest.mark.parametrize("name", ["minimal", "full"])
def test_every_claim_of_a_sample_stands_in_the_matrix_and_is_carried(name: str) -> None:
    case, elements = sample(name)
    placed = [line for one in elements for line in one.lines if line.path is not None]
    claims = dict(claims_of(case))

    assert {line.path: line.what for line in placed} == {
        path: claim.text for path, claim in claims.items()
    }
    assert len(placed) == len(claims)
    assert list(gaps(elements)) == []
    assert all(line.proof or line.state is State.ARGUED for line in placed)


def test_the_eight_items_that_must_be_attached_stand_first_with_their_words() -> None:
    _, elements = sample("full")
    first = elements[:8]

    assert [one.law[:3] for one in first] == [f"({number})" for number in range(1, 9)]
    assert [one.source.rpartition(", ")[2] for one in first] == [
        f"item 5.C({number})" for number in range(1, 9)
    ]


def test_every_limb_of_an_exception_is_an_element_in_the_words_of_the_law() -> None:
    _, elements = sample("full")
    limbs = [one for one in elements if one.part.startswith("Parole-fee exception")]

    assert [one.heading for one in limbs] == [
        *("Limb (A)", "Limb (B)(i)", "Limb (B)(ii)"),
        *("Limb (A)", "Limb (B)", "Limb (A)", "Limb (B)"),
    ]
    assert limbs[0].law == "the alien has a medical emergency"


def test_a_claim_that_cites_nothing_is_a_gap(tmp_path: Path) -> None:
    text = changed(("He bled twice [@doctor p. 1].", "He bled twice."))

    assert ("Facts", "He bled twice.") in gaps(matrix_of(tmp_path, text))
    assert ("Facts", "He bled twice.") not in gaps(matrix_of(tmp_path, WHOLE))


def test_a_claim_that_cites_only_waived_evidence_is_a_gap(tmp_path: Path) -> None:
    text = changed(("kind: tax_return, file: exhibits/tax.pdf", "kind: tax_return, waived: lost"))
    elements = matrix_of(tmp_path, text)

    assert State.GAP in states(elements, "Financial support")
    assert lines(elements, "Exhibits")[-1].state is State.NOT_ASKED


def test_an_argument_may_stand_beside_a_sentence_that_cites_and_not_alone(
    tmp_path: Path,
) -> None:
    beside = changed(
        DATED, ('["He will return [@doctor p. 2]."]', '["So [@doctor p. 2].", "He goes."]')
    )
    alone = changed(('["He will return [@doctor p. 2]."]', '["He goes."]'))

    part = "Length, purpose"
    assert states(matrix_of(tmp_path, beside), part, "Departure") == [State.MET, State.ARGUED]
    assert states(matrix_of(tmp_path, alone), part, "Departure") == [State.GAP]


def test_evidence_that_is_unsigned_makes_what_it_carries_weak(tmp_path: Path) -> None:
    text = changed(("kind: physician_letter,", f"{DATED[1]} signed: no,"))
    (line,) = lines(matrix_of(tmp_path, text), "Ground 1", "Facts")

    assert line.state is State.WEAK
    assert line.remark == '"doctor": it is not signed'


def test_a_limb_of_which_nothing_is_said_is_a_gap_with_the_words_of_its_alternatives(
    tmp_path: Path,
) -> None:
    elements = matrix_of(tmp_path, changed(EXCEPTION))
    (unmet,) = (one for one in elements if one.heading == "Limb (B)(i) or (B)(ii)")

    assert [line.state for line in unmet.lines] == [State.GAP]
    assert "cannot obtain necessary treatment" in unmet.law
    assert "; or the medical emergency is life-threatening" in unmet.law


def test_missing_documents_of_persons_are_gaps(tmp_path: Path) -> None:
    without = changed(("title: Passport, kind: passport", "title: X, kind: other"))
    named = changed(("title: Passport, kind: passport", "title: X, of: kwabena, kind: passport"))

    assert states(matrix_of(tmp_path, without), "What must be attached", "Passport") == [State.GAP]
    assert states(matrix_of(tmp_path, named), "What must be attached", "Passport") == [State.MET]


def test_a_fact_of_inadmissibility_asks_for_a_waiver_statement_and_an_answer(
    tmp_path: Path,
) -> None:
    elements = matrix_of(tmp_path, changed(EVENT))
    plain = matrix_of(tmp_path, WHOLE)

    assert states(elements, "What must be attached", "No waiver") == [State.GAP]
    assert states(elements, "Discretion", "Against, unanswered") == [State.GAP]
    assert states(plain, "What must be attached", "No waiver") == [State.NOT_ASKED]
    assert "Against, unanswered" not in {one.heading for one in plain}


def test_an_exhibit_that_nothing_cites_is_a_gap_and_others_are_counted(tmp_path: Path) -> None:
    text = changed(("enough [@tax p. 1]", "enough [@doctor p. 1]"))
    passport, doctor, tax = lines(matrix_of(tmp_path, text), "Exhibits")

    assert (tax.state, tax.remark) == (State.GAP, "nothing cites it")
    assert passport.remark == "cited 2 times"
    assert doctor.remark.startswith("cited ")


def test_a_case_without_supporters_or_positive_factors_shows_both_gaps(tmp_path: Path) -> None:
    start, end = WHOLE.index("supporters:\n"), WHOLE.index("request:\n")
    alone = WHOLE[:start] + WHOLE[end:]
    factor = '    - {factor: family_ties, claims: ["His sister lives here [@passport]."]}\n'
    elements = matrix_of(tmp_path, alone.replace(f"  positive:\n{factor}", "  positive: []\n"))

    assert ("Support", "nobody declares support") in gaps(elements)
    assert ("For", "no factor speaks for parole") in gaps(elements)


def test_income_is_compared_where_the_tables_hold_the_guideline(tmp_path: Path) -> None:
    four = ("household_size: 2", "household_size: 4")
    poor = ("annual_income: 131460", "annual_income: 20000")

    assert states(matrix_of(tmp_path, changed(four)), "Financial support")[-1] is State.MET
    assert states(matrix_of(tmp_path, changed(four, poor)), "Financial support")[-1] is State.WEAK
    assert states(matrix_of(tmp_path, WHOLE), "Financial support")[-1] is State.READ


def test_a_waiver_and_an_exemption_have_their_claims(tmp_path: Path) -> None:
    claims = "claims: ['So [@tax p. 1].', 'And so.']"
    waiver = changed(("credit_card", f"waiver, waiver: {{basis: hardship, {claims}}}"))
    elements = matrix_of(tmp_path, waiver)

    assert states(elements, "Filing fee", "Fee waiver") == [State.MET, State.GAP]


def test_what_is_only_recommended_is_no_gap_when_it_is_not_there(tmp_path: Path) -> None:
    found = lines(matrix_of(tmp_path, changed(DATED)), "Ground 1", "What usually proves it")
    told = {line.what: (line.state, line.remark) for line in found}

    assert told["why the treatment is not available at home or nearby"] == (
        State.WEAK,
        "recommended, and not there",
    )
    assert told["the physician on diagnosis, prognosis and duration of treatment"][0] is State.MET
    assert told["fitness to travel"][0] is State.READ


def test_what_a_ground_says_in_fields_of_its_own_is_met_by_them(tmp_path: Path) -> None:
    appointment = "{date: 2027-01-12, event: operation}"
    ground = (
        "ground: medical_treatment",
        f"ground: organ_donation\n      appointment: {appointment}",
    )
    found = lines(matrix_of(tmp_path, changed(ground)), "Ground 1", "What usually proves it")

    (date,) = (line for line in found if line.what == "the date of the surgery")
    assert (date.state, date.remark) == (State.MET, "as the facts say")


def test_evidence_that_nobody_can_date_carries_a_claim_weakly_and_beside_other_well(
    tmp_path: Path,
) -> None:
    both = changed(("He bled twice [@doctor p. 1].", "He bled twice [@doctor p. 1; @passport]."))
    (alone,) = lines(matrix_of(tmp_path, WHOLE), "Ground 1", "Facts")
    (beside,) = lines(matrix_of(tmp_path, both), "Ground 1", "Facts")

    assert (alone.state, alone.remark) == (State.WEAK, '"doctor": it has no date')
    assert (beside.state, beside.remark) == (State.MET, '"doctor": it has no date')
    proven = lines(matrix_of(tmp_path, WHOLE), "Ground 1", "What usually proves it")[0]
    assert (proven.state, proven.remark) == (State.WEAK, '"doctor": it has no date')


def test_what_must_be_attached_is_weak_where_all_that_carries_it_is(tmp_path: Path) -> None:
    part, heading = "What must be attached", "Reason and length"

    assert states(matrix_of(tmp_path, WHOLE), part, heading) == [State.WEAK, State.WEAK]
    assert states(matrix_of(tmp_path, changed(DATED)), part, heading) == [State.MET, State.MET]


def test_a_petition_whose_record_is_not_cited_is_a_gap(tmp_path: Path) -> None:
    refused = "{id: no, event: visa_refusal, date: 2019-01-01, claims: ['So.']}"
    event = (EVENT[0], f"    immigration_history:\n      - {refused}")
    (line,) = lines(matrix_of(tmp_path, changed(event)), "What must", "Petitions")

    assert (line.what, line.state) == ("Visa refusal, 2019-01-01", State.GAP)


def test_a_limb_that_cites_another_kind_than_usual_is_weak(tmp_path: Path) -> None:
    text = changed(DATED, (EXCEPTION[0], EXCEPTION[1].replace("@doctor p. 1", "@tax p. 1")))
    (line,) = lines(matrix_of(tmp_path, text), "Parole-fee exception", "Limb (A)")

    assert line.state is State.WEAK
    assert "cites nothing that usually proves it" in line.remark


@settings(max_examples=60, deadline=None)
@given(cases(), pages())
def test_whatever_the_case_every_claim_stands_once_in_its_matrix(
    tree: dict[str, Any], seen: dict[str, list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    case = interpret(Case, facts)
    assume(not reference_faults(facts))
    filed = frozenset(one.id for one in case.evidence if one.waived is None)
    evidence = {name: SeenEvidence(tuple(texts)) for name, texts in seen.items() if name in filed}
    dossier = Dossier(case, evidence, INITIAL)
    elements = evidence_matrix(dossier, examine(dossier, facts))

    placed = [line.path for one in elements for line in one.lines if line.path is not None]
    assert sorted(map(str, placed)) == sorted(str(path) for path, _ in claims_of(case))
    for line in (line for one in elements for line in one.lines):
        assert line.state is not State.GAP or not line.proof or line.remark == "nothing cites it"
        assert line.state is not State.ARGUED or not line.proof
    matrix_rows(elements, Places(facts, {}, None))


def test_limbs_that_the_law_does_not_have_stand_in_the_matrix_too(tmp_path: Path) -> None:
    unknown = EXCEPTION[1].replace("{a:", "{z:")
    nowhere = EXCEPTION[1].replace("medical_emergency", "bad_luck")
    one = matrix_of(tmp_path, changed((EXCEPTION[0], unknown)))
    other = matrix_of(tmp_path, changed((EXCEPTION[0], nowhere)))

    assert lines(one, "Parole-fee exception", "Limb z")[0].what == "It is one [@doctor p. 1]."
    assert lines(other, "Parole-fee exception: Kwabena", "Limb a")

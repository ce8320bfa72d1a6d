from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.law.table import LawGapError
from packet_builder.model.claims import claims_of
from packet_builder.model.discretion import NegativeKind, PositiveKind
from packet_builder.model.history import EventKind
from packet_builder.model.request import GroundKind
from packet_builder.plan.citations import printed
from packet_builder.plan.letter_discretion import EVENTS, NEGATIVE, POSITIVE
from packet_builder.plan.letter_examples import example_contexts
from packet_builder.plan.letter_request import HEADINGS
from packet_builder.plan.letters import NAMES, PARTS, LetterFacts, context_of
from packet_builder.plan.wording import curled
from tests.cases import INITIAL
from tests.letter_facts import (
    ALONE,
    EXEMPTION,
    FIGURES,
    KINDS,
    LETTERS,
    MEMBERS,
    WAIVER,
    case_with,
    context,
    firm_of,
)

PLAIN = (str, bool, int, list, dict)
CHANGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fee_waiver": (WAIVER,),
    "fee_exemption": (EXEMPTION,),
}


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, f"{path}.*")


def texts(value: object) -> str:
    return "\n".join(inner for _, inner in walk(value) if isinstance(inner, str))


@pytest.mark.parametrize("letter", KINDS)
def test_a_context_holds_plain_values_only(letter: str, tmp_path: Path) -> None:
    values = context(letter, tmp_path, *CHANGES.get(letter, ()))

    assert {type(value) for _, value in walk(values)} <= set(PLAIN)


@pytest.mark.parametrize("letter", KINDS)
def test_a_context_has_the_same_names_whatever_the_facts(letter: str, tmp_path: Path) -> None:
    changes = CHANGES.get(letter, ())
    whole = {path for path, _ in walk(context(letter, tmp_path, *changes))}
    small = {path for path, _ in walk(context(letter, tmp_path, *changes, *ALONE))}
    examples = {path for each in example_contexts() for path, _ in walk(each)}
    exhibits = {path for path in whole | small | examples if path.startswith(".exhibits.")}

    assert small <= whole
    assert whole - exhibits <= examples


def test_every_claim_of_a_case_is_in_some_letter(tmp_path: Path) -> None:
    for fee in ((), (WAIVER,), (EXEMPTION,)):
        case = case_with(tmp_path, *fee)
        letters = [letter for letter in KINDS if letter not in CHANGES or CHANGES[letter] == fee]
        said = texts([dict(context(letter, tmp_path, *fee)) for letter in letters])

        for path, claim in claims_of(case):
            assert curled(printed(claim.text, LETTERS)) in said, path


def test_every_kind_has_its_heading() -> None:
    assert set(HEADINGS) == set(GroundKind)
    assert set(POSITIVE) == set(PositiveKind)
    assert set(NEGATIVE) == set(NegativeKind)
    assert set(EVENTS) == set(EventKind)


def test_claims_flow_together_and_end_with_one_stop(tmp_path: Path) -> None:
    ground = context("humanitarian_justification", tmp_path)["grounds"][0]

    flow = (
        "Dr. Ilves diagnosed a tumor on August 14, 2026 (Ex. A at 1). It presses on the "
        "“optic chiasm” (Ex. A at 2; Ex. C)."
    )
    assert [claim.replace("\u00a0", " ") for claim in ground["claims"]] == [flow]


def test_long_claims_do_not_make_one_wall_of_text(tmp_path: Path) -> None:
    sentence = "The surgeon explains at some length why this cannot wait for another month"
    many = ", ".join(f"'{sentence} ({number}) [@surgeon].'" for number in range(12))
    ground = context(
        "humanitarian_justification",
        tmp_path,
        ('"She may lose her sight [@surgeon pp. 2-3]."', f"[{many}]"),
    )["grounds"][0]

    assert len(ground["urgency"]) == 3
    assert max(map(len, ground["urgency"])) < 520


def test_a_claim_of_several_paragraphs_keeps_them(tmp_path: Path) -> None:
    values = context(
        "humanitarian_justification",
        tmp_path,
        ('effect_of_refusal: "Blindness [@surgeon p. 3]."', 'effect_of_refusal: "One.\\n\\nTwo."'),
    )

    assert values["grounds"][0]["effect_of_refusal"] == ["One.", "Two."]


def test_a_ground_speaks_of_whom_it_concerns(tmp_path: Path) -> None:
    medical, illness = context("humanitarian_justification", tmp_path)["grounds"]

    assert (medical["person"]["called"], medical["person"]["s"]) == ("Amina Haidari", "s")
    assert illness["person"]["called"] == "the Beneficiaries"
    assert illness["person"]["called_possessive"] == "the Beneficiaries’"
    assert illness["person"]["they_are"] == "they are"


def test_exactly_the_kind_of_a_ground_is_true(tmp_path: Path) -> None:
    medical = context("humanitarian_justification", tmp_path)["grounds"][0]

    assert [kind for kind, holds in medical["kind"].items() if holds] == ["medical_treatment"]
    assert set(medical["kind"]) == {kind.value for kind in GroundKind}


def test_death_is_imminent_only_where_the_facts_say_so(tmp_path: Path) -> None:
    said = context("humanitarian_justification", tmp_path)["grounds"][1]
    unsaid = context(
        "humanitarian_justification", tmp_path, ("death_imminent: yes", "death_imminent: no")
    )

    assert said["relative"]["death_imminent"] is True
    assert unsaid["grounds"][1]["relative"]["death_imminent"] is False


def test_who_files_alone_is_the_filer(tmp_path: Path) -> None:
    values = context("cover_letter", tmp_path, *ALONE)

    assert values["self_petitioner"] is True
    assert values["filer"]["name"] == "Amina Haidari"
    assert (values["online"], values["address"]) == (True, [])
    assert values["beneficiary"]["noun"] == "Beneficiary"


def test_the_address_follows_the_carrier(tmp_path: Path) -> None:
    by_post = context("cover_letter", tmp_path)
    by_courier = context("cover_letter", tmp_path, ("carrier: usps", "carrier: courier"))

    assert by_post["address"][-1] == "Dallas, TX 75266-0865"
    assert by_courier["address"][-1] == "Lewisville, TX 75067-8003"


def test_the_filing_fee_is_that_of_the_day_for_each_form(tmp_path: Path) -> None:
    fee = context("cover_letter", tmp_path)["fee"]

    assert (fee["amount"], fee["total"], fee["forms"]) == ("$630", "$1,260", "two Forms I-131")
    assert fee["schedule"] == "Form G-1055, Fee Schedule, edition 05/29/26"
    assert context("cover_letter", tmp_path, *ALONE)["fee"]["amount"] == "$580"


def test_the_parole_fee_has_no_amount_in_any_letter_that_is_filed(tmp_path: Path) -> None:
    for letter in set(KINDS) - {"arrival_summary"}:  # which tells the parolee what to have ready
        said = texts(dict(context(letter, tmp_path, *CHANGES.get(letter, ()))))

        assert not [amount for amount in ("1,000", "1,020", "1,050") if f"${amount}" in said]


def test_waiver_and_exemption_are_told_apart(tmp_path: Path) -> None:
    waived = context("fee_waiver", tmp_path, WAIVER, more="fee waiver")
    exempt = context("fee_exemption", tmp_path, EXEMPTION, more="fee exemption")

    assert (waived["fee"]["waiver"], waived["fee"]["exempt"]) == (True, False)
    assert waived["waiver"]["hardship"] is True
    assert waived["waiver"]["bases"] == "financial hardship"
    assert (exempt["fee"]["waiver"], exempt["fee"]["exempt"]) == (False, True)
    assert exempt["fee"]["amount"] == "$0"
    assert exempt["exemption"]["category"] == "current or former member of the U.S. armed forces"


def test_a_waiver_has_the_figures_of_its_form(tmp_path: Path) -> None:
    waiver = context("fee_waiver", tmp_path, WAIVER, FIGURES)["waiver"]

    assert (waiver["household"], waiver["total_income"]) == ("four persons", "$29,000.50")
    assert waiver["limit"] == "$49,500"
    assert (waiver["assets"], waiver["expenses"]) == ("$80", "$720")
    assert [(one["person"], one["relationship"]) for one in waiver["benefits"]] == [
        ("Soraya Haidari", ""),
        ("Haidari", "son"),
    ]


def test_a_waiver_without_figures_prints_none(tmp_path: Path) -> None:
    alone = (FIGURES[0], FIGURES[1].replace(MEMBERS, "").replace(", recipient: zia", ""))
    bare = context("fee_waiver", tmp_path, WAIVER)["waiver"]
    waiver = context("fee_waiver", tmp_path, WAIVER, alone)["waiver"]

    assert {bare[name] for name in ("household", "total_income", "limit", "assets")} == {""}
    assert (waiver["household"], waiver["limit"]) == ("one person", "")  # no guideline is known


def test_limbs_are_claimed_in_the_order_and_the_words_of_the_law(tmp_path: Path) -> None:
    claimed = context("parole_fee_exception", tmp_path)["exception"]
    law = parole_fee_exceptions(SHIPPED)[0]

    assert [limb["words"] for limb in claimed["limbs"]] == [law.limbs[0].text, law.limbs[1].text]
    assert [limb["cited"].replace("\u00a0", " ") for limb in claimed["limbs"]] == [
        *("8 U.S.C. § 1804(b)(1)(A)", "8 U.S.C. § 1804(b)(1)(B)(i)")
    ]


def test_an_exception_of_one_condition_is_cited_as_a_whole(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("exception: medical_emergency", "exception: cuban_haitian_entrant"))
    facts = LetterFacts(case, firm_of(tmp_path), INITIAL, LETTERS, (), case.fees.parole_fee[0])
    limbs = context_of(facts, {"exception"})["exception"]["limbs"]

    assert [limb["cited"].replace("\u00a0", " ") for limb in limbs] == ["8 U.S.C. § 1804(b)(9)"]


def test_an_exception_letter_needs_its_person(tmp_path: Path) -> None:
    facts = LetterFacts(case_with(tmp_path), firm_of(tmp_path), INITIAL, LETTERS, ())

    with pytest.raises(ValueError, match="asked for one person: no subject was given"):
        context_of(facts, {"exception"})


def test_an_exception_that_the_table_lacks_is_no_letter(tmp_path: Path) -> None:
    with pytest.raises(LawGapError, match='no row "hardship" in force on 2026-12-01'):
        context(
            "parole_fee_exception",
            tmp_path,
            ("exception: medical_emergency", "exception: hardship"),
        )


def test_a_letter_has_the_words_that_it_asks_for_and_no_others(tmp_path: Path) -> None:
    case = case_with(tmp_path)
    facts = LetterFacts(case, firm_of(tmp_path), INITIAL, LETTERS, (), case.fees.parole_fee[0])

    asked = {"attorney.name", "request", "request.period", "exhibits", "no_such_name"}
    values: Mapping[str, Any] = context_of(facts, asked)

    assert values.keys() == {"attorney", "exhibits", "request"}
    assert values["attorney"] == {"name": "Ruth Loewe"}
    assert len(values["request"]) > 1, "asked for as a whole"
    assert values["exhibits"] == LETTERS


def test_a_word_that_a_group_lacks_is_said_beside_those_that_it_has(tmp_path: Path) -> None:
    """The message that names the nearest word needs all of them."""
    facts = LetterFacts(case_with(tmp_path), firm_of(tmp_path), INITIAL, LETTERS, ())

    assert "name" in context_of(facts, {"attorney.nmae"})["attorney"]


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_each_part_gives_the_names_that_it_is_listed_with(part: int, tmp_path: Path) -> None:
    give, names = PARTS[part]
    case = case_with(tmp_path, EXEMPTION)
    facts = LetterFacts(case, firm_of(tmp_path), INITIAL, LETTERS, (), case.fees.parole_fee[0])

    assert set(give(facts)) == set(names)
    assert len(NAMES) == sum(len(names) for _, names in PARTS)


def test_forms_are_named_once_with_all_their_people(tmp_path: Path) -> None:
    assert context("cover_letter", tmp_path)["enclosures"] == [
        "Form G-28, Notice of Entry of Appearance (2): Amina Haidari; Omar Haidari",
        "Humanitarian Justification",
        "Request for Parole-Fee Exception, for Amina Haidari",
        "Exhibits A through E",
    ]


def test_a_tie_that_names_its_person_stands_alone(tmp_path: Path) -> None:
    daughter, uncle = context("cover_letter", tmp_path)["supporters"]

    assert daughter["relation"] == "the daughter of Amina Haidari and sister of Omar"
    assert uncle["relation"] == "the uncle of Omar Haidari"
    assert (daughter["is_filer"], uncle["is_filer"]) == (True, False)


def test_the_history_is_told_in_order_and_a_factor_points_to_its_events(tmp_path: Path) -> None:
    values = context("discretionary_factors", tmp_path)

    assert [event["date"] for event in values["history"]] == [
        *("March 2, 2015", "June 2, 2015 to July 1, 2015")
    ]
    assert values["negatives"][0]["record"] == ["overstay (June 2, 2015 to July 1, 2015)"]
    assert values["positives"][1]["heading"] == "Service to others"

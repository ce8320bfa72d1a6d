from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.waiver import Waiver
from packet_builder.rules.finding import Finding, Weight
from tests.cases import changed, facts_of, findings_of

BARE = "basis: hardship, claims: ['So [@tax p. 1].']"
PROVEN = "basis: income, claims: ['So [@tax p. 1].']"
MEMBER = (
    "{{id: kofi, name: {{family: Mensah}}, date_of_birth: {born}, relationship: {kin}, "
    "annual_income: 0{more}}}"
)
KIN = MEMBER.format(born="2015-06-30", kin="Daughter", more="")


def case(waiver: str, *changes: tuple[str, str]) -> str:
    return changed(("pay: credit_card", f"pay: waiver, waiver: {{{waiver}}}"), *changes)


def found(folder: Path, text: str) -> dict[str, Finding]:
    """Give the findings about the waiver, by rule, but the two that every such case here has."""
    usual = {"waiver-beside-support", "waiver-unproven"}
    return {
        one.rule: one
        for one in findings_of(folder, text)
        if one.rule.startswith("waiver-") and one.rule not in usual
    }


def of_four(income: str, *changes: tuple[str, str]) -> str:
    """Give a case whose filer lives with three others: the one household that has a guideline."""
    members = ", ".join(KIN.replace("kofi", name) for name in ("esi", "yaa", "ato"))
    told = f"annual_income: {income}, household: [{members}], circumstances: So."
    return case(f"{PROVEN}, {told}", *changes)


def waiver_of(folder: Path, text: str) -> Waiver:
    waiver = interpret(Case, facts_of(folder, text)).fees.i131.waiver
    assert waiver is not None
    return waiver


def test_the_household_income_at_150_percent_of_the_guideline_is_low_enough(tmp_path: Path) -> None:
    assert found(tmp_path, of_four("49500")) == {}


def test_the_household_income_above_150_percent_of_the_guideline_is_too_high(
    tmp_path: Path,
) -> None:
    (one,) = found(tmp_path, of_four("49500.01")).values()

    assert (one.rule, one.weight) == ("waiver-income-too-high", Weight.ERROR)
    assert one.message.startswith("the household's income, $49,500.01 for 4, is above 150 percent")


def test_what_others_in_the_household_have_is_counted(tmp_path: Path) -> None:
    text = of_four("49000").replace("annual_income: 0}", "annual_income: 501}", 1)

    assert set(found(tmp_path, text)) == {"waiver-income-too-high"}


def test_help_that_no_tax_return_shows_is_counted(tmp_path: Path) -> None:
    text = of_four("49000, other_income: [{source: Alimony, annual: 501}]")

    assert set(found(tmp_path, text)) == {"waiver-income-too-high"}


@pytest.mark.parametrize(
    "told",
    [
        "household: []",
        "annual_income: 900, circumstances: So.",
        f"annual_income: 900, circumstances: So., household: [{KIN}]".replace(
            ", annual_income: 0", ""
        ),
    ],
)
def test_an_income_that_is_not_told_is_asked_for(told: str, tmp_path: Path) -> None:
    text = case(f"{PROVEN}, {told}")
    (one,) = found(tmp_path, text).values()

    assert (one.rule, one.weight) == ("waiver-income-unknown", Weight.ERROR)
    assert waiver_of(tmp_path, text).total_income is None


def test_a_household_without_a_guideline_is_compared_by_hand(tmp_path: Path) -> None:
    told = f"annual_income: 900, household: [{KIN}], circumstances: So."
    (one,) = found(tmp_path, case(f"{PROVEN}, {told}")).values()

    assert (one.rule, one.weight) == ("waiver-guideline-unknown", Weight.WARNING)
    assert "$900.00 is not compared" in one.message


def test_two_incomes_of_one_person_are_explained(tmp_path: Path) -> None:
    text = of_four("900").replace(", circumstances: So.", "")
    (one,) = found(tmp_path, text).values()

    assert (one.rule, one.weight) == ("waiver-income-differs", Weight.WARNING)
    assert "$131,460.00 a year for Form I-134, and $900.00 for Form I-912" in one.message


def test_the_income_of_another_supporter_may_differ(tmp_path: Path) -> None:
    other = ("adwoa\n    name: {family: Boateng", "adwoa\n    name: {family: Mensah")
    text = of_four("900", other).replace(", circumstances: So.", "")

    assert found(tmp_path, text) == {}


@pytest.mark.parametrize(
    "benefit",
    ["Medicare", "Unemployment insurance", "SSDI", "Social Security retirement", "Student aid"],
)
def test_a_benefit_that_is_not_means_tested_does_not_count(benefit: str, tmp_path: Path) -> None:
    given = f"benefits: [{{benefit: {benefit}, agency: The agency}}]"
    (one,) = found(tmp_path, case(f"{BARE}, {given}")).values()

    assert (one.rule, one.weight) == ("waiver-benefit-unfit", Weight.ERROR)


@pytest.mark.parametrize(
    "benefit", ["SSI", "SNAP", "Medicaid", "TANF", "Supplemental Security Income", "Section 8"]
)
def test_a_means_tested_benefit_counts(benefit: str, tmp_path: Path) -> None:
    given = f"benefits: [{{benefit: {benefit}, agency: The agency, expires: 2026-12-01}}]"

    assert found(tmp_path, case(f"{BARE}, {given}")) == {}


def test_a_request_that_rests_on_a_benefit_names_it(tmp_path: Path) -> None:
    (one,) = found(tmp_path, case("basis: benefit, claims: ['So [@tax p. 1].']")).values()

    assert (one.rule, one.weight) == ("waiver-benefit-missing", Weight.ERROR)


def test_a_benefit_that_has_ended_does_not_count(tmp_path: Path) -> None:
    given = "benefits: [{benefit: SNAP, agency: The agency, expires: 2026-11-30}]"
    (one,) = found(tmp_path, case(f"{BARE}, {given}")).values()

    assert (one.rule, one.weight) == ("waiver-benefit-ended", Weight.ERROR)


def test_a_change_since_the_tax_return_is_explained(tmp_path: Path) -> None:
    (one,) = found(tmp_path, case(f"{BARE}, changed_since_tax_return: yes")).values()

    assert (one.rule, one.weight) == ("waiver-change-unexplained", Weight.ERROR)
    explained = case(f"{BARE}, changed_since_tax_return: yes, circumstances: So.")
    assert found(tmp_path, explained) == {}


@pytest.mark.parametrize(
    ("born", "kin", "more", "rules"),
    [
        ("2005-12-02", "Son", "", set()),
        ("2005-12-01", "Son", "", {"waiver-member-grown"}),
        ("2002-12-02", "Son", ", full_time_student: yes", set()),
        ("2002-12-01", "Son", ", full_time_student: yes", {"waiver-member-grown"}),
        ("1979-02-11", "Spouse", "", set()),
        ("1950-02-11", "mother", "", set()),
        ("1979-02-11", "Brother", "", {"waiver-member-grown"}),
        ("1979-02-11", "Brother", ", head: yes", set()),
    ],
)
def test_grown_members_count_only_as_dependents(
    born: str, kin: str, more: str, rules: set[str], tmp_path: Path
) -> None:
    member = MEMBER.format(born=born, kin=kin, more=more)

    assert set(found(tmp_path, case(f"{BARE}, household: [{member}]"))) == rules


def test_sums_are_told_only_where_all_parts_are(tmp_path: Path) -> None:
    nothing = waiver_of(tmp_path, case(BARE))
    none = waiver_of(tmp_path, case(f"{BARE}, assets: [], monthly_expenses: [], household: []"))

    assert nothing.household_size is None
    assert nothing.assets_total is nothing.expenses_total is None
    assert (nothing.earners, nothing.others_income) == (None, None)
    assert none.household_size == 1
    assert none.assets_total == none.expenses_total == 0

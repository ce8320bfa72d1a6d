"""What is noted of every case: fees to the dollar, days that are left, biometrics, exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.rules.finding import Finding, Weight
from tests.broken import changed, examined

FEE = "the parole fee of $1,050 a person, unless an exception is found, is collected when parole"


def of_rule(folder: Path, rule: str, changes: dict[str, str]) -> list[Finding]:
    return [one for one in examined(folder, changed(changes)) if one.rule == rule]


@pytest.mark.parametrize(
    ("changes", "amount", "cure"),
    [
        ({}, "2 x $630 = $1,260", "One Form G-1450 for each Form I-131"),
        (
            {"pay: credit_card": "pay: bank_account"},
            "2 x $630 = $1,260",
            "One Form G-1650 for each Form I-131",
        ),
        (
            {"delivery: paper\n  carrier: usps": "delivery: online"},
            "2 x $580 = $1,160",
            "Pay in the account, each form by itself",
        ),
    ],
)
def test_what_is_paid_is_said_to_the_dollar_and_the_parole_fee_apart(
    tmp_path: Path, changes: dict[str, str], amount: str, cure: str
) -> None:
    (found,) = of_rule(tmp_path, "fees-due", changes)

    assert found.message.startswith(f"with the filing: {amount}, nothing else; {FEE}")
    assert found.cure.startswith(cure)


@pytest.mark.parametrize(
    "change",
    [
        {"pay: credit_card": 'pay: waiver, waiver: {basis: hardship, claims: ["So [@tax p. 1]."]}'},
        {"pay: credit_card": 'pay: exemption, exemption: {category: vawa, claims: ["So."]}'},
    ],
)
def test_nothing_is_said_to_be_due_where_nothing_is_paid_or_known(
    tmp_path: Path, change: dict[str, str]
) -> None:
    assert of_rule(tmp_path, "fees-due", change) == []


def test_of_a_day_without_a_known_parole_fee_none_is_said(tmp_path: Path) -> None:
    (found,) = of_rule(tmp_path, "fees-due", {"  date: 2026-12-01": "  date: 2020-12-01"})

    assert found.message == "with the filing: 2 x $630 = $1,260, nothing else"
    assert of_rule(tmp_path, "law-gap", {"  date: 2026-12-01": "  date: 2020-12-01"})


@pytest.mark.parametrize(
    ("born", "are_due"),
    [
        ("2012-12-02", False),  # 13 on the day of filing
        ("2012-12-01", True),  # 14
        ("1946-12-02", True),  # 79
        ("1946-12-01", False),  # 80
    ],
)
def test_biometrics_are_due_from_14_to_79(tmp_path: Path, born: str, are_due: bool) -> None:  # noqa: FBT001
    change = {"date_of_birth: 1992-07-09": f"date_of_birth: {born}"}

    assert bool(of_rule(tmp_path, "biometrics", change)) is are_due


@pytest.mark.parametrize(
    ("changes", "weight", "message"),
    [
        (
            {},
            Weight.NOTE,
            "50 days from filing, 45 from its arrival at USCIS, to 2027-01-20: operation",
        ),
        (
            {"carrier: usps": "carrier: courier"},
            Weight.NOTE,
            "50 days from filing, 48 from its arrival at USCIS, to 2027-01-20: operation",
        ),
        (
            {"delivery: paper\n  carrier: usps": "delivery: online"},
            Weight.NOTE,
            "50 days from filing, to 2027-01-20: operation",
        ),
        (
            {"  date: 2026-12-01": "  date: 2026-12-25"},
            Weight.WARNING,
            "26 days from filing, 21 from its arrival at USCIS, to 2027-01-20: operation",
        ),
        (
            {
                "  date: 2026-12-01": "  date: 2026-12-25",
                "  carrier: usps": "  carrier: usps\n  expedite: {requested: yes, reason: so}",
            },
            Weight.NOTE,
            "26 days from filing, 21 from its arrival at USCIS, to 2027-01-20: operation",
        ),
        (
            {
                "  date: 2026-12-01": "  date: 2027-01-19",
                "arrival: 2027-01-10": "arrival: 2027-01-19",
            },
            Weight.WARNING,
            "1 day from filing; with 5 days on the way it comes too late for 2027-01-20: operation",
        ),
    ],
)
def test_the_days_that_are_left_count_the_way_to_uscis(
    tmp_path: Path, changes: dict[str, str], weight: Weight, message: str
) -> None:
    (found,) = of_rule(tmp_path, "days-left", changes)

    assert (found.weight, found.message) == (weight, message)


@pytest.mark.parametrize(("pages", "is_noted"), [(2, False), (3, True)])
def test_all_pages_of_an_exhibit_are_too_many_from_three_on(
    tmp_path: Path,
    pages: int,
    is_noted: bool,  # noqa: FBT001
) -> None:
    besides = {"pages": {"tax": ["131,460", *map(str, range(1, pages))]}}
    found = examined(tmp_path, changed({"@tax p. 1": f"@tax pp. 1-{pages}"}), besides)

    assert ("citation-of-whole-exhibit" in {one.rule for one in found}) is is_noted


def test_every_date_is_counted_and_one_date_only_once(tmp_path: Path) -> None:
    relative = "relative: {name: Ama, relationship: mother, prognosis: 2026-12-31}"
    change = {"ground: medical_treatment\n": f"ground: medical_treatment\n      {relative}\n"}
    found = of_rule(tmp_path, "days-left", change)

    assert [one.message.rpartition("to ")[2] for one in found] == [
        "2027-01-20: operation",
        "2026-12-31: last day expected for Ama",
    ]


def test_for_whom_no_exception_is_asked_is_said_with_the_nearest(tmp_path: Path) -> None:
    limbs = "{a: '[@doctor p. 1]', b_i: '[@doctor p. 2]'}"
    asked = f"parole_fee: [{{beneficiary: esi, exception: medical_emergency, limbs: {limbs}}}]"
    (found,) = of_rule(tmp_path, "parole-fee-exception-not-asked", {"parole_fee: []": asked})

    assert found.message == (
        'no exception from the parole fee is asked for "kwabena" (nearest: "medical_emergency")'
    )


def test_a_ground_that_none_of_the_ten_names_is_said_to_be_none(tmp_path: Path) -> None:
    change = {"ground: medical_treatment": "ground: government_policy"}
    found = of_rule(tmp_path, "parole-fee-exception-not-asked", change)

    assert all(one.message.endswith(": a policy benefit is not one of the ten") for one in found)


@pytest.mark.parametrize(
    ("promised", "is_found"),
    [
        ("for six months", False),
        ("for 6 months", False),
        ("for several months", False),
        ("for up to twelve months", True),
        ("for 3 months", True),
    ],
)
def test_a_promise_for_other_months_than_are_asked_for_is_found(
    tmp_path: Path,
    promised: str,
    is_found: bool,  # noqa: FBT001
) -> None:
    change = {"enough [@tax p. 1]": f"enough {promised} [@tax p. 1]"}

    assert bool(of_rule(tmp_path, "support-period-differs", change)) is is_found

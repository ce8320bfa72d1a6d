"""What of an outline is due in a case: its documents and its fees, and how each fee is met."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from packet_builder.due import (
    address_row,
    amount_of,
    entries_of,
    fees_of,
    filing_fee,
    filing_fee_path,
    is_about,
    payers_of,
    payment_of,
    row_of,
)
from packet_builder.law.fees import FEES
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.fees import Payment
from packet_builder.outline import Entry, Outline, outlines_in, read_outline
from packet_builder.workspace import shipped
from tests.cases import INITIAL, changed, facts_of

OUTLINE: dict[str, Any] = {
    "title": "A filing",
    "about": ["filing_fee", "delivery"],
    "fees": [
        {"form": "i-765", "row": "i765_c11"},
        {"form": "i-765", "row": "i765_c11_initial_pl", "title": "the other", "separate": "yes"},
    ],
    "documents": [
        {"form": "g-1450", "each": "beneficiary", "when": "pays_by_card_on_paper"},
        {
            "form": "g-1450",
            "each": "beneficiary",
            "when": "pays_by_card_on_paper",
            "pays": "i765_c11_initial_pl",
        },
        {"form": "i-912", "when": "asks_fee_waiver"},
    ],
    "groups": [{"id": "all", "heading": "All", "kinds": ["letter"]}],
}
BY_CARD = "i765: {pay: credit_card}"
WAIVED = "i765: {pay: waiver, separate: credit_card, waiver: {basis: [income], claims: So.}}"


def case_of(folder: Path, *changes: tuple[str, str]) -> Case:
    return interpret(Case, facts_of(folder, changed(*changes)))


def paying(folder: Path, fee: str) -> Case:
    return case_of(folder, ("  parole_fee: []", f"  {fee}\n  parole_fee: []"))


def outline(**changes: object) -> Outline:
    return Outline.model_validate(OUTLINE | changes)


def test_a_fee_is_looked_up_by_the_way_it_is_filed_where_the_table_has_both(tmp_path: Path) -> None:
    (fee,) = INITIAL.fees
    on_paper = case_of(tmp_path)
    online = case_of(tmp_path, ("delivery: paper\n  carrier: usps", "delivery: online"))

    assert row_of(fee, on_paper, SHIPPED) == "i131_item7_paper"
    assert amount_of(fee, online, SHIPPED).usd == 580


def test_a_fee_that_the_table_has_once_is_the_same_on_paper_and_online(tmp_path: Path) -> None:
    fee = outline().fee("i765_c11_initial_pl")

    assert row_of(fee, paying(tmp_path, BY_CARD), SHIPPED) == "i765_c11_initial_pl"


def test_an_exempt_category_has_a_row_of_its_own(tmp_path: Path) -> None:
    exempt = "pay: exemption, exemption: {category: armed-forces, claims: So.}"
    case = case_of(tmp_path, ("pay: credit_card", exempt))

    assert row_of(INITIAL.fees[0], case, SHIPPED) == "i131_exempt"


def test_how_a_fee_is_met_is_said_for_the_form_that_it_is_due_with(tmp_path: Path) -> None:
    silent, told = case_of(tmp_path), paying(tmp_path, "i765: {pay: bank_account}")

    assert filing_fee_path(outline()) == ("fees", "i765")
    assert filing_fee(outline(), silent) is None
    assert filing_fee(outline(), told) == told.fees.i765
    assert filing_fee(INITIAL, told) == told.fees.i131


def test_what_is_waived_does_not_spare_the_payment_of_its_own(tmp_path: Path) -> None:
    case = paying(tmp_path, WAIVED)
    due = fees_of(outline(), case, case.beneficiaries[0])

    assert [payment_of(fee, case) for fee in due] == [Payment.WAIVER, Payment.CREDIT_CARD]
    assert [(one.form, one.pays) for one in entries_of(outline(), case)] == [
        ("g-1450", "i765_c11_initial_pl"),
        ("i-912", None),
    ]


def test_a_payment_form_is_completed_for_those_who_owe_what_it_pays(tmp_path: Path) -> None:
    fees = [OUTLINE["fees"][0], OUTLINE["fees"][1] | {"when": "claims_fee_exemption"}]
    case, filed = paying(tmp_path, BY_CARD), outline(fees=fees)
    pays_other = Entry(form="g-1450", pays="i765_c11_initial_pl")

    assert [len(fees_of(one, case, case.beneficiaries[0])) for one in (outline(), filed)] == [2, 1]
    assert payers_of(pays_other, outline(), case) == case.beneficiaries
    assert payers_of(pays_other, filed, case) == ()
    assert [one.pays for one in entries_of(filed, case)] == [None]


def test_a_paper_filing_goes_where_its_outline_says(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    online = case_of(tmp_path, ("delivery: paper\n  carrier: usps", "delivery: online"))

    assert address_row(INITIAL, case) == "i131_item7_usps"
    assert address_row(INITIAL, online) is None
    assert address_row(outline(), case) is None


def test_a_filing_is_about_the_fee_of_its_own_form_only() -> None:
    claims = [("fees", form, "waiver", "claims", 0) for form in ("i131", "i765")]

    assert [is_about(INITIAL, path) for path in claims] == [True, False]
    assert [is_about(outline(), path) for path in claims] == [False, True]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fees": []}, "lists its fees"),
        ({"about": ["delivery"]}, "lists its fees"),
        (
            {"documents": [{"form": "g-1450", "pays": "i131"}]},
            '"i131", which is not one of the fees',
        ),
    ],
)
def test_an_outline_says_what_it_pays(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        outline(**change)


@pytest.mark.parametrize("kind", outlines_in(shipped("templates")))
def test_an_outline_names_fees_that_the_tables_have_as_it_says(kind: str) -> None:
    ids = {row.id for row in FEES.shipped}
    apart = {row.id for row in FEES.shipped if row.separate}
    for fee in read_outline(shipped("templates"), kind).fees:
        rows = {fee.row, f"{fee.row}_paper", f"{fee.row}_online"} & ids
        assert rows in ({fee.row}, {f"{fee.row}_paper", f"{fee.row}_online"})
        assert rows <= apart if fee.separate else rows.isdisjoint(apart)
        assert fee.exempt is None or fee.exempt in ids

"""What a report shows of a row of law, and the fees of each person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from packet_builder.law.fees import FEES
from packet_builder.law.law import SHIPPED, Law
from packet_builder.law.office import TABLES
from packet_builder.law.required_evidence import INITIAL_EVIDENCE
from packet_builder.law.table import Row, SourceStatus
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.rules.fee_lines import FeeLine, fee_lines
from packet_builder.rules.finding import Dossier
from packet_builder.rules.law_rows import law_rows
from packet_builder.rules.law_values import value_of
from tests.cases import INITIAL, SEEN, WHOLE, changed, facts_of
from tests.laws import own, with_changes

ROWS = {table.name: table.shipped for table in TABLES}
CLAIMS = "claims: ['So [@tax p. 1].']"
ASKED = (
    "  parole_fee: []",
    "  parole_fee: {beneficiary: kwabena, exception: medical_emergency, limbs: {a: So.}}",
)


def dossier(folder: Path, text: str = WHOLE, law: Law = SHIPPED) -> Dossier:
    case = interpret(Case, facts_of(folder, text))
    return Dossier(case, SEEN, INITIAL, law)


def lines(folder: Path, text: str = WHOLE, law: Law = SHIPPED) -> list[FeeLine]:
    return list(fee_lines(dossier(folder, text, law)))


@pytest.mark.parametrize(
    ("table", "position", "words"),
    [
        ("fees", 0, "Form I-131, Part 1 Item 7, initial parole, on paper: $630"),
        ("form_editions", 0, "Form I-131, edition 01/20/25, 14 pages"),
        ("form_editions", -1, "Form G-1145, edition 09/26/14, 1 page"),
        (
            "other_forms",
            0,
            "G-1651, exemption from paying by card or bank account, edition not seen",
        ),
        ("other_forms", -1, "G-1055, fee schedule, edition 05/29/26; reported: 09/09/26, 10/01/26"),
        ("filing_addresses", 0, "USCIS, Attn: HP, P.O. Box 660865, Dallas, TX 75266-0865"),
        ("parole_fee_exceptions", 0, "8 U.S.C. 1804(b)(1): medical emergency"),
        ("poverty_guidelines", 0, "$33,000 for a household of 4"),
        ("delivery_limits", 0, "12,000,000 bytes"),
        ("delivery_limits", 2, "File names of an online filing"),
        ("fee_exemptions", 5, "VAWA self-petitioner or derivative"),
        ("deadlines", 6, "A move is reported within 10 days: INA 265, 8 U.S.C. 1305; "),
    ],
)
def test_a_row_is_shown_in_its_own_words(table: str, position: int, words: str) -> None:
    row: Row = ROWS[table][position]

    assert value_of(row).startswith(words)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_every_row_of_every_table_can_be_shown(name: str) -> None:
    assert all(value_of(row).strip() for row in ROWS[name])


def test_a_person_pays_the_filing_fee_now_and_the_parole_fee_never_with_the_form(
    tmp_path: Path,
) -> None:
    now, later = lines(tmp_path)

    assert (now.person, now.row.usd, now.enclosed) == ("Kwabena Boateng", 630, True)
    assert now.how == "credit card, Form G-1450"
    assert (later.row.usd, later.enclosed) == (1050, False)
    assert later.how.endswith("if parole is granted; no exception is asked for")


@pytest.mark.parametrize(
    ("asked", "usd", "enclosed", "how"),
    [
        (("bank_account", "paper"), 630, True, "bank account, Form G-1650"),
        (("credit_card", "online"), 580, True, "card, in the online account"),
        (
            (f"waiver, waiver: {{basis: hardship, {CLAIMS}}}", "paper"),
            630,
            False,
            "not enclosed: a",
        ),
        ((f"exemption, exemption: {{category: vawa, {CLAIMS}}}", "paper"), 0, False, "exempt: not"),
    ],
)
def test_how_a_fee_is_met_is_said(
    tmp_path: Path, asked: tuple[str, str], usd: int, how: str, *, enclosed: bool
) -> None:
    pay, delivery = asked
    carrier = "" if delivery == "online" else "  carrier: usps\n"
    way = ("  delivery: paper\n  carrier: usps\n", f"  delivery: {delivery}\n{carrier}")
    now = lines(tmp_path, changed(("credit_card", pay), way))[0]

    assert (now.row.usd, now.enclosed) == (usd, enclosed)
    assert now.how.startswith(how)


def test_an_exception_that_is_asked_for_is_named_by_its_paragraph(tmp_path: Path) -> None:
    asked = lines(tmp_path, changed(ASKED))[1]
    unknown = lines(tmp_path, changed((ASKED[0], ASKED[1].replace("medical_emergency", "luck"))))[1]

    assert asked.how.endswith("unless it finds the exception of 8 U.S.C. 1804(b)(1) asked for")
    assert unknown.how.endswith("no exception is asked for")


def test_a_fee_that_is_not_known_has_no_line(tmp_path: Path) -> None:
    unsure = with_changes(FEES, "i131_item7_paper", status=SourceStatus.UNVERIFIED)

    assert [line.what for line in lines(tmp_path, WHOLE, unsure)] == ["parole fee"]


def test_a_row_of_the_office_is_shown_with_its_place_in_the_list_of_rows(tmp_path: Path) -> None:
    row = FEES.shipped[0].model_copy(update={"usd": 640, "checked_on": dt.date(2026, 11, 30)})
    listed = law_rows(dossier(tmp_path, WHOLE, own((FEES, row))))
    (fee,) = [one for one in listed if one["id"] == "i131_item7_paper"]

    assert fee["own"] == "law.yaml:1:1"
    assert fee["value"].endswith("$640")
    assert fee["checked_on"] == "2026-11-30"
    assert {one["own"] for one in listed if one is not fee} == {None}


def test_an_unknown_exception_is_not_in_the_list_of_rows(tmp_path: Path) -> None:
    text = changed((ASKED[0], ASKED[1].replace("medical_emergency", "luck")))
    listed = law_rows(dossier(tmp_path, text))

    assert "parole_fee_exceptions" not in {one["table"] for one in listed}
    assert "parole_fee_exceptions" in {
        one["table"] for one in law_rows(dossier(tmp_path, changed(ASKED)))
    }


def test_the_bases_of_a_waiver_that_is_asked_for_are_in_the_list_of_rows(tmp_path: Path) -> None:
    waiver = f"waiver, waiver: {{basis: [hardship, income], {CLAIMS}}}"
    listed = law_rows(dossier(tmp_path, changed(("credit_card", waiver))))

    bases = [one["id"] for one in listed if one["table"] == "fee_waiver_bases"]
    assert bases == ["hardship", "income"]
    assert "i-912" in {one["id"] for one in listed}


def test_a_requirement_that_is_no_longer_in_force_is_not_in_the_list_of_rows(
    tmp_path: Path,
) -> None:
    ended = with_changes(INITIAL_EVIDENCE, "ev_guidance", effective_to=dt.date(2026, 11, 30))

    assert "ev_guidance" in {one["id"] for one in law_rows(dossier(tmp_path))}
    assert "ev_guidance" not in {one["id"] for one in law_rows(dossier(tmp_path, WHOLE, ended))}

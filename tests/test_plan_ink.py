from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from packet_builder.facts import FactsError, read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.plan.form_answers import FormFactError
from packet_builder.plan.form_facts import FormFiling, form_facts
from packet_builder.plan.form_map import ByHand, FormMap, read_form_map
from packet_builder.plan.ink import InkLine, ink_of
from packet_builder.workspace import shipped
from tests.cases import FIRM, INITIAL, WHOLE, changed

MAPS = sorted((shipped("templates") / "forms").glob("*/*.yaml"))
ON = dt.date(2026, 12, 1)
ALONE = ("  date: 2026-12-01\n", "  date: 2026-12-01\n  self_petitioner: kwabena\n")
BORN = "date_of_birth: 1992-07-09"


def alone(*changes: tuple[str, str]) -> str:
    """Give the case with its beneficiary filing alone."""
    text = changed(ALONE, *changes)
    start, end = text.index("petitioner:\n  name"), text.index("beneficiaries:\n  - id")
    return text[:start] + text[end:]


def shipped_map(form: str) -> FormMap:
    (path,) = [path for path in MAPS if path.parent.name == form]
    return read_form_map(path)


def signed(folder: Path, form: FormMap, text: str = WHOLE, firm: str = FIRM) -> list[InkLine]:
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    (folder / "firm.yaml").write_text(firm, encoding="utf-8")
    case = interpret(Case, read_file(folder / "case.yaml"))
    office = interpret(Firm, read_file(folder / "firm.yaml"))
    words = form_facts(FormFiling(case, office, INITIAL), case.beneficiaries[0], case.supporters[0])
    return [line for line in ink_of(form, words, ON) if line.what == ByHand.SIGNATURE]


def hands(lines: list[InkLine]) -> list[tuple[str | None, str]]:
    return [(line.person, line.role) for line in lines]


def test_client_and_attorney_sign_the_notice_of_appearance(tmp_path: Path) -> None:
    lines = signed(tmp_path, shipped_map("g-28"))

    assert hands(lines) == [("Adwoa Boateng", "petitioner"), ("Jordan Lee", "attorney")]
    assert [(line.part, line.item) for line in lines] == [("4", "2.a"), ("5", "1.a")]


def test_an_interpreter_who_was_not_used_has_no_line(tmp_path: Path) -> None:
    assert hands(signed(tmp_path, shipped_map("i-131"))) == [("Adwoa Boateng", "petitioner")]


def test_an_interpreter_who_was_used_signs(tmp_path: Path) -> None:
    used = "  interpreter: {used: yes, name: {family: Owusu, given: Efua}, language: Twi}\n"
    text = changed(("petitioner:\n", f"petitioner:\n{used}"))

    assert ("Efua Owusu", "interpreter") in hands(signed(tmp_path, shipped_map("i-131"), text))
    assert hands(signed(tmp_path, shipped_map("i-134"), text)) == [("Adwoa Boateng", "supporter")]


def test_an_interpreter_whom_nobody_named_still_has_a_line(tmp_path: Path) -> None:
    text = changed(("petitioner:\n", "petitioner:\n  interpreter: {used: yes}\n"))

    assert (None, "interpreter") in hands(signed(tmp_path, shipped_map("i-131"), text))


def test_a_beneficiary_who_files_alone_signs(tmp_path: Path) -> None:
    lines = signed(tmp_path, shipped_map("i-131"), alone())

    assert hands(lines) == [("Kwabena Boateng", "beneficiary")]


def test_for_a_child_under_fourteen_the_guardian_signs(tmp_path: Path) -> None:
    born = "date_of_birth: 2012-12-02\n    guardian: Yaw Boateng"
    (line,) = signed(tmp_path, shipped_map("i-131"), alone((BORN, born)))

    assert (line.person, line.role, line.signs_for) == (
        "Yaw Boateng",
        "guardian",
        "Kwabena Boateng",
    )


def test_on_the_fourteenth_birthday_the_child_signs(tmp_path: Path) -> None:
    born = "date_of_birth: 2012-12-01\n    guardian: Yaw Boateng"
    lines = signed(tmp_path, shipped_map("i-131"), alone((BORN, born)))

    assert hands(lines) == [("Kwabena Boateng", "beneficiary")]


def test_the_holder_of_a_card_is_named_only_by_the_facts(tmp_path: Path) -> None:
    payer = changed(("petitioner:\n", "petitioner:\n  pays_fees: yes\n"))

    assert hands(signed(tmp_path, shipped_map("g-1450"))) == [(None, "card_holder")]
    assert hands(signed(tmp_path, shipped_map("g-1450"), payer)) == [
        ("Adwoa Boateng", "card_holder")
    ]


def test_counsel_who_prepared_the_form_has_one_name(tmp_path: Path) -> None:
    used = "  preparer: {used: yes, name: {family: Lee, given: Jordan}}\n"
    text = changed(("petitioner:\n", f"petitioner:\n{used}"))
    legal = FIRM.replace("name: Jordan Lee,", "name: Jordan Q. Lee, legal_name: LEGAL,")
    firm = legal.replace("LEGAL", "{family: Lee, given: Jordan, middle: Quill}")
    lines = signed(tmp_path, shipped_map("i-131"), text, firm)

    assert hands(lines) == [("Adwoa Boateng", "petitioner"), ("Jordan Q. Lee", "preparer")]


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_what_a_file_calls_a_signature_is_signed_in_ink_or_stays_blank(path: Path) -> None:
    form = read_form_map(path)
    signatures = {name for ink in form.ink if ink.what is ByHand.SIGNATURE for name in ink.fields}
    never = {name for blank in form.never for name in blank.fields}
    named = {
        name
        for name in form.fields
        if any(word in name.rpartition(".")[2] for word in ("Signature", "Sig[", "Sign["))
        and "Date" not in name
    }

    assert named <= signatures | never
    assert signatures <= named


ADDENDUM = (
    "addendum: {name: filer.name.full, a_number: filer.a_number, signer: filer, signed_as: Filer}\n"
)


def map_with(ink: str, folder: Path) -> FormMap:
    path = folder / "map.yaml"
    items = "items:\n  - {item: '1', asked: Name, field: a, text: x}\n"
    head = f"form: X\nedition: 01/01/26\n{ADDENDUM}"
    path.write_text(f"{head}{items}ink:\n  - {ink}\n", encoding="utf-8")
    return read_form_map(path)


def test_a_person_who_is_no_fact_is_refused_with_the_item(tmp_path: Path) -> None:
    ink = "{item: '4', asked: Signature, signer: filer, person: filr, what: signature, fields: b}"

    with pytest.raises(FormFactError, match=r'fills item 4 from "filr", which is not a fact'):
        signed(tmp_path, map_with(ink, tmp_path))


def test_a_signer_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    ink = "{asked: Signature, signer: filler, what: signature, fields: b}"

    with pytest.raises(FactsError, match=r'did you mean "filer"\?'):
        map_with(ink, tmp_path)


def test_somebody_whose_birth_is_not_asked_for_is_no_child(tmp_path: Path) -> None:
    used = "  interpreter: {used: yes, name: {family: Owusu, given: Efua}}\n"
    text = changed(("petitioner:\n", f"petitioner:\n{used}"))
    ink = "{asked: Signature, signer: client, person: interpreter, what: signature, fields: b}"

    assert hands(signed(tmp_path, map_with(ink, tmp_path), text)) == [("Efua Owusu", "petitioner")]

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.assembly.remarks import form_remarks
from packet_builder.documents.forms import blank
from packet_builder.documents.forms.fill import fill_form
from packet_builder.facts import read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import Each, Entry
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import read_form_map
from packet_builder.plan.forms import plan_forms
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_folder, ready_blank
from tests.cases import INITIAL, changed, write_case

CASES = Path(__file__).parents[1] / "case_data"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    write_case(tmp_path / "cases")
    forms = tmp_path / "forms"
    forms.mkdir()
    for name in ("g-1145-2014-09-26", "g-28-2018-09-17"):
        shutil.copy(blank_folder() / f"{name}.pdf", forms / f"downloaded-{name[:6]}.pdf")
    return Folders(tmp_path / "cases", shipped("templates"), forms, tmp_path / "output")


def build(folders: Folders) -> Built:
    return built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


def kinds_of(result: Built) -> dict[str, str]:
    return {
        row["id"]: row["kind"]
        for row in result.manifest["documents"]
        if row["id"].startswith("form-")
    }


def row_of(result: Built, document: str) -> dict[str, Any]:
    (row,) = [row for row in result.manifest["forms"] if row["document"] == document]
    return dict(row)


def test_forms_whose_blanks_are_there_are_bound_filled_and_all_others_as_slips(
    folders: Folders,
) -> None:
    result = build(folders)

    kinds = kinds_of(result)
    assert kinds["form-g-28-kwabena"] == "form"
    assert kinds["form-i-131-kwabena"] == "slip"
    assert row_of(result, "form-g-28-kwabena")["edition"] == "09/17/18"
    assert row_of(result, "form-i-131-kwabena")["edition"] is None


def test_a_filled_form_is_bound_whole_and_in_its_own_size(folders: Folders) -> None:
    result = build(folders)
    (row,) = [one for one in result.manifest["documents"] if one["id"] == "form-g-28-kwabena"]
    assert result.packet is not None
    document = pypdfium2.PdfDocument(result.packet)
    try:
        first = document[row["first_page"] - 1]
        text = first.get_textpage().get_text_range()
    finally:
        document.close()

    assert row["last_page"] - row["first_page"] == 3
    assert "Notice of Entry of Appearance" in text
    assert f"Page {row['first_page']} of" in text


def test_the_form_that_can_be_edited_lies_beside_the_packet(folders: Folders) -> None:
    result = build(folders)
    assert result.packet is not None
    kept = result.packet.parent / "forms" / "form-g-28-kwabena.pdf"

    fields = PdfReader(kept).get_fields() or {}
    assert fields["form1[0].#subform[1].Pt3Line5a_FamilyName[0]"]["/V"] == "Boateng"
    assert kept.stat().st_mode & 0o077 == 0


def test_open_questions_are_in_the_manifest_and_said(folders: Folders) -> None:
    result = build(folders)
    assert result.packet is not None
    manifest = json.loads((result.packet.parent / "packet.json").read_text("utf-8"))

    asked = "Part 3, Item 10: Daytime Telephone Number"
    (row,) = [one for one in manifest["forms"] if one["document"] == "form-g-28-kwabena"]
    assert asked in row["open_questions"]
    named = f'Item 10, "{asked.partition(": ")[2]}'
    (finding,) = [one for one in result.findings if named in one["message"]]
    assert (finding["rule"], finding["weight"]) == ("form-question-open", "warning")


def test_an_addendum_is_bound_right_behind_its_form(folders: Folders) -> None:
    shutil.copy(blank_folder() / "i-131-2025-01-20.pdf", folders.forms)
    names = "".join(f"\n    - {{family: Name{number}, given: Akosua}}" for number in range(60))
    path = folders.cases / "boateng" / "case.yaml"
    text = path.read_text("utf-8").replace("petitioner:\n", f"petitioner:\n  other_names:{names}\n")
    path.write_text(text, encoding="utf-8")
    result = build(folders)
    rows = {row["id"]: row for row in result.manifest["documents"]}

    form, sheets = rows["form-i-131-kwabena"], rows["form-i-131-kwabena-addendum"]
    assert sheets["kind"] == "addendum"
    assert sheets["first_page"] == form["last_page"] + 1
    assert result.packet is not None
    document = pypdfium2.PdfDocument(result.packet)
    try:
        text = document[sheets["last_page"] - 1].get_textpage().get_text_range()
    finally:
        document.close()
    assert "Name59" in text
    sheet_rows = [row for row in result.manifest["signatures"] if row["document"] == sheets["id"]]
    sheet_count = sheets["last_page"] - sheets["first_page"] + 1
    assert [row["what"] for row in sheet_rows] == ["signature", "date"] * sheet_count
    assert {row["person"] for row in sheet_rows} == {"Adwoa Boateng"}
    (one,) = row_of(result, "form-i-131-kwabena")["addendum"]
    assert (one["page"], one["part"], one["item"]) == (5, "2", "2")
    remarks = tuple(form_remarks(result.manifest["forms"]))
    assert any("Part 2, Item 2: the answer stands on the addendum" in line for line in remarks)


def test_another_edition_is_not_filled(folders: Folders) -> None:
    path = folders.forms / "downloaded-g-28-2.pdf"
    path.write_bytes(path.read_bytes() + b"\n")

    assert kinds_of(build(folders))["form-g-28-kwabena"] == "slip"


def test_a_blank_is_made_ready_once_for_all_cases_of_an_office(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[str] = []
    preparing = blank.prepare_blank

    def prepare(source: Path, form: str, folder: Path) -> None:
        ready.append(form)
        preparing(source, form, folder)

    monkeypatch.setattr(blank, "prepare_blank", prepare)
    build(folders)
    text = (folders.cases / "boateng" / "case.yaml").read_text("utf-8")
    changed_case = text.replace("family: Boateng", "family: Boatengh")
    (folders.cases / "boateng" / "case.yaml").write_text(changed_case, "utf-8")
    again = build(folders)
    shutil.copytree(folders.cases / "boateng", folders.cases / "other")
    other = built(Order("other", folders, None, "dxpdf"), lambda _: None)

    assert changed_case != text
    assert not again.unchanged
    assert other.packet is not None
    assert sorted(ready) == ["G-1145", "G-28"]


def test_without_a_folder_of_forms_every_form_is_a_slip(folders: Folders) -> None:
    shutil.rmtree(folders.forms)

    assert set(kinds_of(build(folders)).values()) == {"slip"}


def test_forms_are_not_filled_again_without_need(folders: Folders) -> None:
    build(folders)

    assert build(folders).unchanged


def filled_fields(folder: Path, text: str, form: str, edition: str, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """Fill the form of the first beneficiary, and give what its file holds, by short names."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    case = interpret(Case, read_file(path))
    firm = interpret(Firm, read_file(CASES / "firm.yaml"))
    maps = {form: read_form_map(shipped("templates") / "forms" / form / f"{edition}.yaml")}
    (planned, *_) = plan_forms(Entry(form=form, **more), FormFiling(case, firm, INITIAL), maps)
    made = fill_form(ready_blank(form, edition, folder), planned.context or {}, folder)
    fields = PdfReader(made.filled).get_fields() or {}
    return {
        name.removeprefix("form1[0]."): str(field.get("/V", "")) for name, field in fields.items()
    }


def i131(folder: Path, *changes: tuple[str, str]) -> dict[str, str]:
    text = changed(*changes)
    return filled_fields(folder, text, "i-131", "2025-01-20", each=Each.BENEFICIARY)


def ticked_types(fields: dict[str, str]) -> list[str]:
    return [
        value
        for name, value in fields.items()
        if "CB_AppType" in name and value not in {"", "/Off"}
    ]


def test_initial_parole_is_item_7_and_tells_of_the_other_person(tmp_path: Path) -> None:
    fields = i131(tmp_path)

    assert ticked_types(fields) == ["/23"]
    assert fields["P4[0].Part2_Line1_FamilyName[0]"] == "Boateng"
    assert fields["P6[0].P2_Line16_GivenName[0]"] == "Kwabena"


def test_a_beneficiary_who_files_alone_leaves_the_other_person_blank(tmp_path: Path) -> None:
    text = changed(("  date: 2026-12-01\n", "  date: 2026-12-01\n  self_petitioner: kwabena\n"))
    start, end = text.index("petitioner:\n  name"), text.index("beneficiaries:\n  - id")
    fields = filled_fields(
        tmp_path, text[:start] + text[end:], "i-131", "2025-01-20", each=Each.BENEFICIARY
    )

    assert fields["P4[0].Part2_Line1_GivenName[0]"] == "Kwabena"
    about_them = [name for name in fields if re.search(r"P2_Line(1[6-9]|2[0-7])_|Line17_", name)]
    assert {fields[name] for name in about_them} <= {"", "/Off"}
    assert len(about_them) > 40


def test_a_person_with_a_single_name_has_no_given_name(tmp_path: Path) -> None:
    name = "name: {family: Boateng, given: Kwabena}"
    fields = i131(tmp_path, (name, "name: {family: Suharto}"))

    assert fields["P6[0].P2_Line16_FamilyName[0]"] == "Suharto"
    assert fields["P6[0].P2_Line16_GivenName[0]"] == ""


def test_a_name_of_sixty_letters_is_carried_whole(tmp_path: Path) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff-Oyarzabal-Etxeberria-Ruiz"
    name = "name: {family: Boateng, given: Kwabena}"
    fields = i131(tmp_path, (name, f"name: {{family: {long}, given: Kwabena}}"))

    assert fields["P6[0].P2_Line16_FamilyName[0]"] == "See Part 13"
    said = fields["#subform[13].Part13_Line3_AdditionalInfo[0]"]
    assert said.replace("\n", " ") == f"Their Family Name (Last Name): {long}"
    assert fields["#subform[13].Part13_Line3_ItemNumber[0]"] == "16"


def test_an_address_abroad_has_no_state_and_no_zip_code(tmp_path: Path) -> None:
    where = "    location: {city: Kumasi, country: Ghana}\n"
    address = (
        "    address: {street: 9 Odum Crescent, city: Kumasi, province: Ashanti, country: Ghana}\n"
    )
    fields = i131(tmp_path, (where, where + address))

    assert fields["P6[0].P2_Line24_Province[0]"] == "Ashanti"
    assert fields["P6[0].P2_Line24_State[0]"].strip() == ""
    assert fields["P6[0].P2_Line24_ZipCode[0]"] == ""


def test_legal_questions_have_no_answer_by_default(tmp_path: Path) -> None:
    fields = i131(tmp_path)

    questions = ("P4_Line1_YesNo", "P4_Line2a_YesNo", "P4_Line3a_YesNo", "P1_Line13_YesNo")
    answers = [value for name, value in fields.items() if any(one in name for one in questions)]
    assert len(answers) == 8
    assert {value.strip("/") for value in answers} <= {"", "Off"}


def test_nothing_is_written_where_ink_is_wanted(tmp_path: Path) -> None:
    fields = i131(tmp_path)

    ink = [name for name in fields if re.search(r"Signature|PreparerSig|InterpreterSig", name)]
    assert [fields[name] for name in ink] == [""] * 6


def i134(folder: Path, *changes: tuple[str, str]) -> dict[str, str]:
    return filled_fields(folder, changed(*changes), "i-134", "2025-01-20", each=Each.PLEDGE)


ASSETS = """\
    assets:
      - {description: Savings, value: "10,000.50", kind: savings_account}
      - {description: House, value: "200,000", kind: real_estate}
"""


def test_the_assets_of_a_supporter_are_listed_and_summed_up(tmp_path: Path) -> None:
    fields = i134(tmp_path, ("    household_size", ASSETS + "    household_size"))

    kind = "P3[0].Pt3Line{0}Cell{0}_TypeofAssetDropDownList[0]"
    assert fields[kind.format(1)] == "Savings - Bank Account"
    assert fields[kind.format(2)] == "Real Estate Holdings"
    assert fields["P3[0].Pt3Line9Cell9_Total[0]"] == "210,000.50"


def test_a_declaration_is_for_another_person_and_part_4_stays_blank(tmp_path: Path) -> None:
    fields = i134(tmp_path)

    assert fields["#subform[0].Pt3Line17[0]"] == "/PD"
    assert fields["#subform[0].Pt3Line17[1]"] in {"", "/Off"}
    part_4 = [value for name, value in fields.items() if name.startswith("P5[0].")]
    assert set(part_4) <= {"", "/Off"}


@pytest.mark.parametrize(
    ("form", "edition", "pay"),
    [("g-1450", "2026-02-06", "credit_card"), ("g-1650", "2025-06-03", "bank_account")],
)
def test_payment_forms_say_the_amount_and_no_number_of_a_card_or_account(
    form: str, edition: str, pay: str, tmp_path: Path
) -> None:
    text = re.sub(r"pay: \w+", f"pay: {pay}", changed())
    fields = filled_fields(tmp_path, text, form, edition, each=Each.BENEFICIARY)

    amount = next(value for name, value in fields.items() if "AuthorizedPaymentAmt" in name)
    assert amount == "630"
    numbers = [name for name in fields if re.search("Number_|RoutingN|AccountN|Expir|Sign", name)]
    assert numbers
    assert {fields[name] for name in numbers} == {""}

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from pypdf import PdfReader
from reportlab.pdfgen import canvas

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.documents.letters.signature_lines import SignatureLine, signature_lines
from packet_builder.rules.internal_mark import is_internal
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_folder
from tests.cases import WHOLE, changed, write_case

PAID = ("petitioner:\n", "petitioner:\n  pays_fees: yes\n")


def folders_with(folder: Path, text: str = WHOLE, *, blanks: bool = True) -> Folders:
    write_case(folder / "cases", text)
    forms = blank_folder() if blanks else folder / "none"
    return Folders(folder / "cases", shipped("templates"), forms, folder / "output")


def build(folders: Folders) -> Built:
    return built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


def sheet_of(result: Built) -> Path:
    assert result.packet is not None
    return result.packet.parent / "internal" / "signing-sheet.pdf"


def text_of(pdf: Path) -> str:
    return " ".join(text for page in pages_of(pdf) for text in page.split())


def write_text_pdf(path: Path, texts: list[tuple[int, int, str]]) -> None:
    page = canvas.Canvas(str(path), pagesize=(612, 792), invariant=True)
    for x, y, text in texts:
        page.drawString(x, y, text)
    page.save()


def pages_of(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [str(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the packet of a petitioner who pays by card, with every blank."""
    return build(folders_with(tmp_path_factory.mktemp("signing"), changed(PAID)))


def signed(result: Built, **wanted: str) -> list[dict[str, Any]]:
    return [
        row
        for row in result.manifest["signatures"]
        if all(row[name] == value for name, value in wanted.items())
    ]


def test_every_signature_of_every_form_and_letter_is_listed(whole: Built) -> None:
    told = [(row["document"], row["person"]) for row in signed(whole, what="signature")]

    assert told == [
        ("form-g-1450-kwabena", "Adwoa Boateng"),
        ("form-g-28-kwabena", "Jordan Lee"),
        ("form-g-28-kwabena", "Adwoa Boateng"),
        ("letter-cover_letter", "Jordan Lee"),
        ("form-i-131-kwabena", "Adwoa Boateng"),
        ("form-i-134-adwoa-kwabena", "Adwoa Boateng"),
        ("letter-humanitarian_justification", "Jordan Lee"),
        ("letter-discretionary_factors", "Jordan Lee"),
    ]


def test_a_place_to_sign_lies_under_its_printed_words_in_the_packet(whole: Built) -> None:
    """The words stand above the line on forms, beside it, or below it on letters."""
    assert whole.packet is not None
    document = pypdfium2.PdfDocument(whole.packet)
    try:
        for row in signed(whole, what="signature"):
            left, bottom, right, top = row["box"]
            text = document[row["page"] - 1].get_textpage()
            near = text.get_text_bounded(left - 140, bottom - 26, right, top + 16)
            wanted = row["person"] if row["line"].startswith("Line above") else "Signature"
            assert wanted in near, (row, near)
    finally:
        document.close()


def test_a_row_names_part_item_and_printed_words(whole: Built) -> None:
    (row,) = signed(whole, document="form-i-131-kwabena", what="signature")

    assert (row["part"], row["item"], row["line"]) == ("10", "4", "Applicant's Signature")
    assert row["role"] == "petitioner"


def test_numbers_of_a_card_are_written_by_its_holder(whole: Built) -> None:
    rows = signed(whole, document="form-g-1450-kwabena", what="number")

    assert {row["line"] for row in rows} == {
        "Credit Card Number",
        "CVV Code",
        "Credit Card Expiration Date (mm/yyyy)",
    }
    (number,) = [row for row in rows if row["line"] == "Credit Card Number"]
    assert number["box"][2] - number["box"][0] > 160  # all four fields of it


def test_the_sheet_has_one_section_a_person_and_never_lies_in_the_packet(whole: Built) -> None:
    assert whole.packet is not None
    text = text_of(sheet_of(whole))

    assert len(re.findall("Adwoa Boateng (petitioner|supporter)", text)) == 1
    assert "petitioner, supporter, holder of the card" in text
    assert "Sign by hand in black ink" in text
    assert "Instructions for Form I-131, pp. 16-17" in text
    assert "Part 10, Item 4: Applicant's Signature" in text
    assert "interpreter" not in text
    assert "Signing Sheet" not in " ".join(pages_of(whole.packet)).title()


def test_every_page_of_the_sheet_is_known_as_internal_if_it_comes_among_the_evidence(
    whole: Built,
) -> None:
    assert all(is_internal(page) for page in pages_of(sheet_of(whole)))


def test_links_of_the_sheet_lead_to_the_line_in_the_packet(whole: Built) -> None:
    actions = [
        annotation.get_object()["/A"]
        for page in PdfReader(sheet_of(whole)).pages
        for annotation in page.annotations or ()
    ]
    targets = {(action["/D"][0] + 1, action["/D"][1]) for action in actions}

    assert {action["/F"] for action in actions} == {"../packet-DRAFT.pdf"}
    assert targets == {(row["page"], "/FitR") for row in signed(whole)}


def test_an_unchanged_packet_leaves_its_sheet_as_it_is(tmp_path: Path) -> None:
    folders = folders_with(tmp_path, blanks=False)
    sheet = sheet_of(build(folders))
    before = sheet.stat().st_mtime_ns

    assert build(folders).unchanged
    assert sheet.stat().st_mtime_ns == before


def test_a_sheet_that_was_removed_is_made_again(tmp_path: Path) -> None:
    folders = folders_with(tmp_path, blanks=False)
    sheet = sheet_of(build(folders))
    content = sheet.read_bytes()
    sheet.unlink()

    assert not build(folders).unchanged
    assert sheet.read_bytes() == content


def templates_with(folder: Path, **names: str) -> Path:
    """Copy the templates, with another text for the signature line or the name below it."""
    templates = folder / "templates"
    shutil.copytree(shipped("templates"), templates)
    for letter, name in names.items():
        document = Document(str(templates / "letters" / f"{letter}.docx"))
        (block,) = [one for one in document.paragraphs if one.text.startswith("____")]
        line, below, *more = block.text.splitlines()
        assert below == "{{ attorney.name }}"
        block.text = "\n".join((line if name else "", name or below, *more))
        document.save(str(templates / "letters" / f"{letter}.docx"))
    return templates


def test_the_sheet_says_what_it_cannot_know(tmp_path: Path) -> None:
    folders = folders_with(tmp_path, blanks=False)
    templates = templates_with(tmp_path, cover_letter="")
    result = build(Folders(folders.cases, templates, folders.forms, folders.output))
    text = text_of(sheet_of(result))

    assert signed(result, document="letter-cover_letter") == []
    assert "In place of these forms stand slips." in text
    assert "Form I-131, for Kwabena Boateng;" in text
    assert "Cover Letter: it has no line to sign on." in text


def test_whoever_is_named_below_the_line_of_a_letter_signs_it(tmp_path: Path) -> None:
    folders = folders_with(tmp_path, blanks=False)
    templates = templates_with(
        tmp_path,
        cover_letter="{{ filer.name }}",
        humanitarian_justification="A Witness",
        discretionary_factors=" ",
    )
    result = build(Folders(folders.cases, templates, folders.forms, folders.output))
    roles = [(row["person"], row["role"]) for row in signed(result)]

    assert roles[:2] == [("Adwoa Boateng", "petitioner"), ("A Witness", "other")]
    assert "A Witness" in text_of(sheet_of(result))


def test_whom_the_facts_do_not_name_is_called_by_what_he_or_she_does(tmp_path: Path) -> None:
    """Nobody is said to pay, and an interpreter was used whose name is not given."""
    used = ("petitioner:\n", "petitioner:\n  interpreter: {used: yes}\n")
    result = build(folders_with(tmp_path, changed(used)))
    text = text_of(sheet_of(result))

    assert "Holder of the card or account that pays, whom the facts do not name" in text
    assert "Interpreter, whom the facts do not name" in text
    assert "Part 11, Item 6: Interpreter's Signature" in text


def test_a_guardian_is_named_with_the_child(tmp_path: Path) -> None:
    text = changed(
        ("date_of_birth: 1992-07-09", "date_of_birth: 2015-07-09\n    guardian: Yaw Boateng"),
        ("  date: 2026-12-01\n", "  date: 2026-12-01\n  self_petitioner: kwabena\n"),
    )
    start, end = text.index("petitioner:\n  name"), text.index("beneficiaries:\n  - id")
    result = build(folders_with(tmp_path, text[:start] + text[end:]))

    assert result.packet is not None, result.findings
    (row,) = signed(result, document="form-i-131-kwabena", what="signature")
    assert (row["person"], row["role"]) == ("Yaw Boateng", "guardian")
    assert row["signs_for"] == "Kwabena Boateng"
    heading = "Yaw Boateng parent or legal guardian of Kwabena Boateng"
    assert heading in text_of(sheet_of(result))


def test_sheets_that_continue_a_form_are_signed_too(tmp_path: Path) -> None:
    names = "".join(f"\n    - {{family: Name{number}, given: Akosua}}" for number in range(60))
    result = build(
        folders_with(tmp_path, changed(("petitioner:\n", f"petitioner:\n  other_names:{names}\n")))
    )
    rows = signed(result, document="form-i-131-kwabena-addendum")
    text = text_of(sheet_of(result))

    assert [row["what"] for row in rows][:2] == ["signature", "date"]
    assert "Addendum to Form I-131, for Kwabena Boateng" in text
    assert "Signature on sheet 1" in text
    assert text.count("Application for Travel Documents") == 0


def test_a_form_for_another_agency_is_told_apart(tmp_path: Path) -> None:
    """At a port of entry the person who comes is the client."""
    folders = folders_with(tmp_path)
    templates = templates_with(tmp_path)
    outline = templates / "outlines" / "initial_parole.yaml"
    line = "  - {form: g-28, each: beneficiary}\n"
    text = outline.read_text(encoding="utf-8")
    assert line in text
    cbp = line.replace("}", ", agency: cbp}")
    outline.write_text(text.replace(line, line + cbp), encoding="utf-8")
    result = build(Folders(folders.cases, templates, folders.forms, folders.output))
    rows = [row for row in signed(result, what="signature") if "g-28" in row["document"]]

    assert [(row["document"], row["person"], row["role"]) for row in rows] == [
        ("form-g-28-kwabena", "Jordan Lee", "attorney"),
        ("form-g-28-kwabena", "Adwoa Boateng", "petitioner"),
        ("form-g-28-cbp-kwabena", "Jordan Lee", "attorney"),
        ("form-g-28-cbp-kwabena", "Kwabena Boateng", "beneficiary"),
    ]
    assert "Form G-28, before CBP, for Kwabena Boateng" in text_of(sheet_of(result))


def test_the_manifest_beside_the_packet_holds_the_same_rows(whole: Built) -> None:
    assert whole.packet is not None
    manifest = json.loads((whole.packet.parent / "packet.json").read_text("utf-8"))

    assert manifest["signatures"] == whole.manifest["signatures"]


def test_two_signature_lines_side_by_side_have_their_own_names(tmp_path: Path) -> None:
    pdf = tmp_path / "letter.pdf"
    write_text_pdf(
        pdf, [(72, 700, "_" * 12), (320, 700, "_" * 12), (72, 686, "Ada Lind"), (320, 686, "Bo Ek")]
    )
    first, second = signature_lines(pdf)

    assert (first.name, second.name) == ("Ada Lind", "Bo Ek")
    assert isinstance(first, SignatureLine)
    assert first.box[2] < 320 < second.box[2]


def test_a_line_without_a_name_and_a_short_line_are_told_apart(tmp_path: Path) -> None:
    pdf = tmp_path / "letter.pdf"
    write_text_pdf(pdf, [(72, 700, "_" * 20), (72, 500, "see ____ below")])
    (line,) = signature_lines(pdf)

    assert (line.page, line.name) == (1, "")

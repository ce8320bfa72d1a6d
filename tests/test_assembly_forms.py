from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from packet_builder.assembly.build import Order, built
from packet_builder.assembly.forms import form_remarks
from packet_builder.assembly.publish import Built
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_folder
from tests.cases import write_case


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
    remarks = tuple(form_remarks(manifest["forms"]))
    assert any(line.startswith("open question: Form G-28") and asked in line for line in remarks)


def test_another_edition_is_not_filled(folders: Folders) -> None:
    path = folders.forms / "downloaded-g-28-2.pdf"
    path.write_bytes(path.read_bytes() + b"\n")

    assert kinds_of(build(folders))["form-g-28-kwabena"] == "slip"


def test_without_a_folder_of_forms_every_form_is_a_slip(folders: Folders) -> None:
    shutil.rmtree(folders.forms)

    assert set(kinds_of(build(folders)).values()) == {"slip"}


def test_forms_are_not_filled_again_without_need(folders: Folders) -> None:
    build(folders)

    assert build(folders).unchanged

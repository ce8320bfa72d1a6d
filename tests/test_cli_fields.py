"""The command `packet-builder fields FORM`, by the door that a person uses."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from packet_builder import template_files
from packet_builder.assembly.build import planned_forms
from packet_builder.assembly.form_table import case_states, form_table
from packet_builder.assembly.order import Order
from packet_builder.documents.forms.candidate import read_candidate
from packet_builder.documents.forms.picture import COLOURS, BoxState
from packet_builder.errors import ExitCode
from packet_builder.law.law import SHIPPED
from packet_builder.plan.form_map import read_form_map
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_folder, blank_form
from tests.cases import changed, write_case
from tests.test_cli import run

Ran = Callable[..., tuple[int, str, str]]

SCALE = 2.5
MAPS = sorted((shipped("templates") / "forms").glob("*/*.yaml"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an office with one case and every blank."""
    write_case(tmp_path / "case_data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    monkeypatch.setenv("PACKET_BUILDER_FORMS", str(blank_folder()))
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    monkeypatch.setenv("PACKET_BUILDER_TEMPLATES", str(tmp_path / "templates"))
    return tmp_path


@pytest.fixture
def fields(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run `packet-builder fields …`; gives exit code, what it printed, and what it said."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(monkeypatch, "fields", *arguments, "--date", "2026-12-01")
        return code, *capsys.readouterr()

    return ran


def rows_of(fields: Ran, form: str) -> list[dict[str, Any]]:
    code, out, _ = fields(form, "--json")
    assert code == ExitCode.DONE
    return list(json.loads(out))


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_every_box_of_every_form_has_one_row(path: Path, fields: Ran) -> None:
    rows = rows_of(fields, path.parent.name)
    boxes = read_candidate(blank_form(path.parent.name, path.stem)).boxes

    assert {row["field"]: row["page"] for row in rows} == {
        name: box.page for name, box in boxes.items()
    }
    assert [row["number"] for row in rows] == list(range(1, len(boxes) + 1))
    assert {row["kind"] for row in rows} <= {"filled", "additional", "ink", "never"}
    assert [row["page"] for row in rows] == sorted(row["page"] for row in rows)


@pytest.mark.usefixtures("office")
def test_a_row_says_what_fills_a_box_when_and_who_writes_in_ink(fields: Ran) -> None:
    rows = {row["field"].rpartition(".")[2]: row for row in rows_of(fields, "g-28")}

    name = rows["Pt1Line2a_FamilyName[0]"]
    assert (name["part"], name["item"], name["asked"], name["filled_by"]) == (
        "1",
        "2.a",
        "Family Name (Last Name)",
        "counsel.legal_name.family",
    )
    assert rows["CheckBox1[0]"]["filled_by"] == 'ticked when counsel.accredited is "no"'
    assert "; only if counsel.accredited is no" in rows["Pt2Line1b_BarNumber[0]"]["filled_by"]
    assert rows["Line1_Signature[0]"]["filled_by"] == "signature of the attorney"
    assert rows["Line2a_ICE[0]"]["filled_by"] == "these filings are not before ICE"


@pytest.mark.usefixtures("office")
def test_boxes_are_numbered_as_a_reader_comes_upon_them(fields: Ran) -> None:
    """Form G-28 has two columns; on Form I-131 lines go across the page."""
    columns = [row["item"] for row in rows_of(fields, "g-28") if row["page"] == 1]
    across = [row["field"] for row in rows_of(fields, "i-131") if row["page"] == 6]

    wanted = ["1", "2.a", "2.b", "2.c", "3.a", "3.b"]
    assert list(dict.fromkeys(columns))[:6] == wanted
    names = [name.rpartition("_")[2] for name in across if "_Line16_" in name]
    assert names == ["FamilyName[0]", "GivenName[0]", "MiddleName[0]"]


@pytest.mark.usefixtures("office")
def test_the_table_gives_page_place_question_and_field(fields: Ran) -> None:
    code, out, _ = fields("G-1145")

    assert code == ExitCode.DONE
    assert out.startswith("Form G-1145, edition 09/26/14: 6 boxes\n\nPage 1\n")
    assert "filer.name.family" in out
    assert "form1[0].#subform[0].LastName[0]" in out
    assert "never: the barcode of the page" in out
    assert max(map(len, out.splitlines())) <= 102


def test_without_a_blank_the_map_is_given_without_pages(
    office: Path, fields: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKET_BUILDER_FORMS", str(office / "none"))
    code, out, _ = fields("g-1145")

    assert code == ExitCode.DONE
    assert "Page unknown" in out
    assert rows_of(fields, "g-1145")[0]["page"] is None


def test_a_map_that_does_not_fit_the_blank_is_found(office: Path, fields: Ran) -> None:
    path = office / "templates" / "forms" / "g-1145" / "2014-09-26.yaml"
    text = path.read_text(encoding="utf-8").replace("LastName[0]", "FamilyName[0]")
    path.write_text(text, encoding="utf-8")
    assert read_form_map(path)
    code, out, err = fields("g-1145")

    assert code == ExitCode.FINDINGS
    assert "the map does not name the box form1[0].#subform[0].LastName[0] on page 1" in err
    assert "the blank has no box form1[0].#subform[0].FamilyName[0], which the map names" in err
    assert "unmapped: the map does not name it" in out


TICK = "CheckBox1[0]"
NAME = "Pt1Line2a_FamilyName[0]"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("edition: 09/17/18", "edition: 03/01/27"), "is for edition 03/01/27, not 09/17/18"),
        ((f'{TICK}", state: "Y"', f'{TICK}", state: "A"'), f'{TICK} has no state "A"; it has "Y"'),
        ((TICK, NAME), "which is not a box to tick"),
        ((TICK, NAME), f"{NAME} 2 times"),
    ],
)
def test_what_is_wrong_with_a_map_is_said_before_a_form_is_filled(
    change: tuple[str, str], sentence: str, office: Path, fields: Ran
) -> None:
    path = Path(os.environ["PACKET_BUILDER_TEMPLATES"]) / "forms" / "g-28" / "2018-09-17.yaml"
    head, text = path.read_text(encoding="utf-8").split("\n", 1)
    assert change[0] in text
    path.write_text(f"{head}\n{text.replace(*change, 1)}", encoding="utf-8")
    code, _, err = fields("g-28")

    assert code == ExitCode.FINDINGS
    assert sentence in err
    assert office.is_dir()


def edge_colours(picture: Path, rows: list[dict[str, Any]], form: str) -> dict[str, object]:
    """Give the colour in the middle of the lower edge of each box on a page."""
    boxes = read_candidate(blank_form(*form.split("/"))).boxes
    page = int(picture.stem.rpartition("p")[2])
    found: dict[str, object] = {}
    with Image.open(picture) as image:
        for row in rows:
            if row["page"] == page:
                left, bottom, right, _ = boxes[row["field"]].rect
                where = (int((left + right) / 2 * SCALE), int((792 - bottom) * SCALE))
                found[row["field"].rpartition(".")[2]] = image.convert("RGB").getpixel(where)
    return found


def test_pictures_of_a_case_show_what_became_of_each_box(office: Path, fields: Ran) -> None:
    code, out, _ = fields("g-28", "--case", "boateng", "--pictures", "pictures")
    pictures = [Path(line) for line in out.splitlines()]

    assert code == ExitCode.DONE
    assert [path.name for path in pictures] == [
        f"form-g-28-kwabena-p{page:02}.png" for page in range(1, 5)
    ]
    rows = rows_of(fields, "g-28")
    first = edge_colours(office / pictures[0], rows, "g-28/2018-09-17")
    third = edge_colours(office / pictures[2], rows, "g-28/2018-09-17")
    assert first["Line3a_StreetNumber[0]"] == COLOURS[BoxState.FILLED]
    assert first["Pt1Line2a_FamilyName[0]"] == COLOURS[BoxState.OPEN]
    assert first["Line3_NameofAttorneyOrRep[0]"] == COLOURS[BoxState.NEVER]
    assert first["Pt1ItemNumber7_FaxNumber[0]"] == COLOURS[BoxState.BLANK]
    assert third["Line1_Signature[0]"] == COLOURS[BoxState.INK]


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_every_open_question_is_marked_on_a_picture(path: Path, office: Path) -> None:
    """Nobody is asked to look for a question that no picture shows."""
    case = office / "case_data" / "boateng"
    folders = Folders(case.parent, office / "templates", blank_folder(), office / "output")
    table = form_table(path.parent.name, SHIPPED, dt.date(2026, 12, 1), folders)
    for form in planned_forms(Order("boateng", folders, None, "dxpdf"), path.parent.name):
        states = case_states(table, form)
        marked = {
            (row.part, row.item, asked)
            for row in table.rows
            if states[row.field] is BoxState.OPEN
            for asked in (row.asked, row.of_table)
        }
        asked = (form.planned.context or {})["open"]

        assert [
            one for one in asked if (one["part"], one["item"], one["asked"]) not in marked
        ] == []


def test_ink_that_does_not_apply_is_no_ink(office: Path, fields: Ran) -> None:
    """Nobody interpreted: the interpreter's line stays blank."""
    fields("i-131", "--case", "boateng", "--pictures", "pictures")
    rows = rows_of(fields, "i-131")
    picture = office / "pictures" / "form-i-131-kwabena-p12.png"
    colours = edge_colours(picture, rows, "i-131/2025-01-20")

    assert colours["Part11_Line6_InterpreterSig[0]"] == COLOURS[BoxState.BLANK]


def test_pictures_of_a_blank_show_its_map(office: Path, fields: Ran) -> None:
    code, out, _ = fields("i-765", "--pictures", "pictures")

    assert code == ExitCode.DONE
    assert len(out.splitlines()) == 7
    with Image.open(office / out.splitlines()[0]) as image:
        assert image.width == 612 * SCALE
        assert image.height > 792 * SCALE
    left = {path.name for path in (office / "pictures").iterdir()}
    assert left == {f"form-i-765-p{page:02}.png" for page in range(1, 8)}


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("i-132",), 'there is no form "i-132". Known are: I-131'),
        (("g-28", "--case", "boateng"), "--case goes with --pictures"),
        (("g-1650", "--case", "boateng", "--pictures", "p"), "has no Form G-1650"),
    ],
)
def test_what_cannot_be_shown_is_a_wrong_usage(
    arguments: tuple[str, ...], sentence: str, fields: Ran
) -> None:
    code, _, err = fields(*arguments)

    assert code == ExitCode.USAGE
    assert sentence in err


@pytest.mark.parametrize("case", [(), ("--case", "boateng")])
def test_pictures_need_the_blank(
    case: tuple[str, ...], office: Path, fields: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKET_BUILDER_FORMS", str(office / "none"))
    code, _, err = fields("g-28", *case, "--pictures", "pictures")

    assert code == ExitCode.USAGE
    assert "the blank of Form G-28 is missing; download it from https://www.uscis.gov/g-28" in err
    assert not (office / "pictures").exists()


def test_a_form_without_a_map_is_named(
    office: Path, fields: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_files, "program_templates", lambda: office / "nowhere")
    (office / "templates" / "forms" / "g-1145" / "2014-09-26.yaml").unlink()
    code, _, err = fields("g-1145")

    assert code == ExitCode.USAGE
    assert "Form G-1145, edition 09/26/14, cannot be filled: its map " in err


def test_a_form_that_is_not_in_force_on_the_day_is_named(office: Path, fields: Ran) -> None:
    row = (
        '{id: g-1145, form: G-1145, title: T, edition: 03/01/27, pages: "1", address: a,'
        " what_to_do: w, source: s, status: primary, checked_on: 2026-11-01,"
        " effective_to: 2026-11-30}"
    )
    law = office / "case_data" / "law.yaml"
    law.write_text(f"form_editions:\n  - {row}\n", encoding="utf-8")
    code, _, err = fields("g-1145")

    assert code == ExitCode.USAGE
    assert "no edition of Form G-1145 is known to be in force on 2026-12-01" in err


def test_each_person_has_pictures_of_their_own(office: Path, fields: Ran) -> None:
    second = (
        "  - {id: ama, name: {family: Boateng, given: Ama}, date_of_birth: 1994-01-02, "
        "pronoun: she, location: {country: Ghana}, residence: Ghana}\nsupporters:"
    )
    text = changed(("supporters:", second))
    (office / "case_data" / "boateng" / "case.yaml").write_text(text, encoding="utf-8")
    _, out, _ = fields("g-28", "--case", "boateng", "--pictures", "pictures")

    assert {Path(line).name[:-8] for line in out.splitlines()} == {
        "form-g-28-kwabena",
        "form-g-28-ama",
    }

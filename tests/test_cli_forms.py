"""The commands `packet-builder forms …`, by the door that a person uses."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import yaml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from packet_builder import template_files
from packet_builder.errors import ExitCode
from packet_builder.workspace import digest_of, shipped
from tests.blank_forms import blank_folder, blank_form
from tests.cases import write_case
from tests.new_editions import (
    Widgets,
    add_text_field,
    limit,
    move,
    move_to_page,
    new_edition,
    opened,
    remove,
    rename,
    resaved,
)
from tests.test_cli import run

Ran = Callable[..., tuple[int, str, str]]

ON = "2026-11-25"
LAST_NAME = "form1[0].#subform[0].LastName[0]"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an office with one case and no forms."""
    write_case(tmp_path / "case_data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    monkeypatch.delenv("PACKET_BUILDER_FORMS", raising=False)
    return tmp_path


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run `packet-builder forms …`; gives exit code, what it printed, and what it said."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(monkeypatch, "forms", *arguments)
        return code, *capsys.readouterr()

    return ran


def download(office: Path, form: str, edition: str) -> str:
    """Put a blank where a browser puts it, under the name that the agency gives it."""
    path = office / f"{form}.pdf"
    shutil.copy(blank_form(form, edition), path)
    return path.name


def test_every_form_is_listed_with_where_to_get_it(office: Path, forms: Ran) -> None:
    download(office, "g-28", "2018-09-17")
    forms("add", "g-28.pdf")
    code, out, err = forms("list", "--date", ON)
    lines = {line.split()[0]: line for line in out.splitlines()}

    assert code == ExitCode.DONE
    assert set(lines) >= {"I-131", "I-134", "I-765", "I-912", "G-28", "G-1450", "G-1650", "G-1145"}
    assert " here " in lines["G-28"]
    assert " missing " in lines["I-131"]
    assert " e177bbae " in lines["I-131"]
    assert lines["I-131"].endswith("current      https://www.uscis.gov/i-131")
    assert " in conflict " in lines["I-765"]
    assert str(office / "forms") in err


def test_the_list_answers_in_json(office: Path, forms: Ran) -> None:
    _, out, _ = forms("list", "--json", "--date", "2026-12-20")
    rows = {row["form"]: row for row in json.loads(out)}

    assert rows["I-131"]["edition"] == "01/20/25"
    assert rows["I-131"]["blank"] is None
    assert rows["I-131"]["mapped"]
    assert rows["I-131"]["state"] == "stale"
    assert office.is_dir()


@pytest.mark.parametrize(
    ("law", "on", "state"),
    [
        ({"newer_edition": "03/01/27"}, "2026-12-01", "newer known"),
        ({"expires_on_face": "2026-11-30"}, "2026-12-01", "expired"),
        ({"expires_on_face": "2026-12-01"}, "2026-12-01", "current"),
        ({"conflict": ["one", "other"]}, "2026-12-01", "in conflict"),
        ({"effective_to": "2026-11-30"}, "2026-12-01", "not in force"),
        ({"checked_on": "2026-11-17"}, "2026-12-01", "current"),
        ({"checked_on": "2026-11-16"}, "2026-12-01", "stale"),
    ],
)
def test_an_edition_is_judged_for_the_day(
    law: dict[str, object],
    on: str,
    state: str,
    office: Path,
    forms: Ran,
) -> None:
    write_law(office, edition="01/01/26", **law)
    _, out, _ = forms("list", "--json", "--date", on)
    (row,) = [row for row in json.loads(out) if row["edition"] == "01/01/26"]

    assert row["state"] == state


def write_law(office: Path, **changes: object) -> None:
    """Give the office a row of its own for Form G-1145."""
    row = {
        "id": "g-1145",
        "form": "G-1145",
        "title": "E-Notification of Application/Petition Acceptance",
        "edition": "03/01/27",
        "pages": "1",
        "sha256": "0" * 64,
        "address": "https://www.uscis.gov/g-1145",
        "what_to_do": "Compare it.",
        "source": "form footer",
        "status": "primary",
        "checked_on": "2026-11-24",
        **changes,
    }
    row = {name: value for name, value in row.items() if value is not None}
    text = yaml.safe_dump({"form_editions": [row]}, default_style='"')
    (office / "case_data" / "law.yaml").write_text(text, encoding="utf-8")


def test_what_is_missing_is_a_finding_with_the_address_and_the_command(
    office: Path,
    forms: Ran,
) -> None:
    code, out, _ = forms("check", "g-1145", "--date", ON)

    assert code == ExitCode.FINDINGS
    assert "error: Form G-1145, edition 09/26/14: its blank is missing" in out
    assert "Download it from https://www.uscis.gov/g-1145, then: packet-builder forms add" in out
    assert "I-131" not in out
    assert office.is_dir()


def test_forms_that_are_there_and_current_pass_the_check(office: Path, forms: Ran) -> None:
    forms("add", download(office, "g-1145", "2014-09-26"))
    code, out, _ = forms("check", "G-1145", "--date", ON)

    assert (code, out) == (ExitCode.DONE, "")


def test_a_check_that_is_too_long_ago_warns_and_then_forbids(office: Path, forms: Ran) -> None:
    forms("add", download(office, "g-1145", "2014-09-26"))
    warned, said, _ = forms("check", "g-1145", "--date", "2026-12-08")
    refused, _, _ = forms("check", "g-1145", "--date", "2027-01-08")

    assert (warned, refused) == (ExitCode.DONE, ExitCode.FINDINGS)
    assert "warning: Form G-1145, edition 09/26/14: last checked on 2026-11-23, 15 days" in said


def test_a_day_without_an_edition_is_a_finding(office: Path, forms: Ran) -> None:
    write_law(office, effective_to="2026-11-30")
    code, out, _ = forms("check", "g-1145", "--date", "2026-12-01")

    assert code == ExitCode.FINDINGS
    assert "no edition is known to be in force on 2026-12-01" in out


def test_the_check_answers_in_json(office: Path, forms: Ran) -> None:
    _, out, _ = forms("check", "g-1145", "--json", "--date", ON)
    (row,) = json.loads(out)

    assert (row["weight"], row["form"]) == ("error", "Form G-1145, edition 09/26/14")
    assert office.is_dir()


def test_a_form_that_nobody_knows_is_a_wrong_usage(office: Path, forms: Ran) -> None:
    code, _, err = forms("check", "i-132")

    assert code == ExitCode.USAGE
    assert 'there is no form "i-132". Known are: I-131' in err
    assert office.is_dir()


def test_a_stray_file_among_the_blanks_is_named(office: Path, forms: Ran) -> None:
    (office / "forms").mkdir()
    (office / "forms" / "old.pdf").write_bytes(b"%PDF-1.4")
    _, out, _ = forms("check")

    assert "warning: old.pdf: is not a blank of a known edition, and is not used" in out


def test_a_download_is_copied_whole_under_the_name_of_its_edition(
    office: Path,
    forms: Ran,
) -> None:
    code, out, _ = forms("add", download(office, "g-1145", "2014-09-26"))
    kept = office / "forms" / "g-1145-2014-09-26.pdf"

    assert code == ExitCode.DONE
    assert f"edition 09/26/14 of Form G-1145 was added: {kept}" in out
    assert kept.read_bytes() == blank_form("g-1145", "2014-09-26").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="the rights of files are those of POSIX")
@pytest.mark.parametrize(("folder", "blank"), [(0o755, 0o644), (0o750, 0o640), (0o700, 0o600)])
def test_who_may_read_the_forms_folder_may_read_its_blanks(
    folder: int, blank: int, office: Path, forms: Ran
) -> None:
    (office / "forms").mkdir()
    (office / "forms").chmod(folder)
    forms("add", download(office, "g-1145", "2014-09-26"))

    kept = office / "forms" / "g-1145-2014-09-26.pdf"
    assert stat.S_IMODE(kept.stat().st_mode) == blank


def test_a_form_that_is_there_already_is_not_copied_again(office: Path, forms: Ran) -> None:
    name = download(office, "g-1145", "2014-09-26")
    (office / "forms").mkdir()
    shutil.copy(office / name, office / "forms" / "mine.pdf")
    code, out, _ = forms("add", name)

    assert code == ExitCode.DONE
    assert "is there already" in out
    assert [path.name for path in (office / "forms").iterdir()] == ["mine.pdf"]


def test_another_file_under_that_name_is_never_written_over(office: Path, forms: Ran) -> None:
    there = office / "forms" / "g-1145-2014-09-26.pdf"
    there.parent.mkdir()
    there.write_bytes(b"another")
    code, _, err = forms("add", download(office, "g-1145", "2014-09-26"))

    assert code == ExitCode.UNUSABLE
    assert "is another file, and nothing is written over it" in err
    assert there.read_bytes() == b"another"


def test_of_several_files_each_is_told_and_the_good_ones_are_taken(
    office: Path,
    forms: Ran,
) -> None:
    (office / "page.pdf").write_text("<html>", encoding="utf-8")
    writer = PdfWriter()
    writer.add_blank_page(612, 792)
    writer.write(office / "scan.pdf")
    good = download(office, "g-1145", "2014-09-26")
    code, out, err = forms("add", "page.pdf", "scan.pdf", good)

    assert code == ExitCode.UNUSABLE
    assert "page.pdf is not a PDF" in err
    assert "scan.pdf has no fields to fill" in err
    assert "was added" in out


def test_the_file_to_add_must_exist(office: Path, forms: Ran) -> None:
    assert forms("add", "nothing.pdf")[0] == ExitCode.USAGE
    assert office.is_dir()


def other_fields(writer: PdfWriter, fields: Widgets) -> None:
    first = "form1[0].#subform[0]."
    rename(fields[f"{first}Pt1Line2a_FamilyName[0]"], "FamilyName[0]")
    remove(writer, fields[f"{first}Pt1Line2b_GivenName[0]"])
    limit(fields[f"{first}Pt1Line2c_MiddleName[0]"], 9)
    move(fields[f"{first}CheckBox1[0]"], across=40)
    move_to_page(writer, fields[f"{first}Line3h_Country[0]"], 2)
    add_text_field(writer, 1, "Nickname[0]")


def test_a_new_edition_is_told_apart_field_by_field(office: Path, forms: Ran) -> None:
    forms("add", download(office, "g-28", "2018-09-17"))
    blank = blank_form("g-28", "2018-09-17")
    new_edition(blank, office / "new.pdf", "03/01/27", other_fields)
    code, out, err = forms("add", "new.pdf")

    assert (code, out) == (ExitCode.UNUSABLE, "")
    assert "new.pdf says that it is Form G-28, edition 03/01/27, 4 pages; known is" in err
    assert "Its barcodes say: G-28 03/01/27, on 4 of 4 pages." in err
    assert "Its footers say: G-28 03/01/27, on 4 of 4 pages." in err
    first = "form1[0].#subform[0]."
    assert f"gone     {first}Pt1Line2b_GivenName[0] (Part 1, Item 2.b: Given Name" in err
    assert "new      Nickname[0]" in err
    assert f"renamed  {first}Pt1Line2a_FamilyName[0] (Part 1, Item 2.a: Family Name" in err
    assert f"to {first}FamilyName[0]" in err
    assert "most letters: any became 9" in err
    assert f"{first}CheckBox1[0]" in err
    assert "moved on page 1" in err
    assert "moved from page 1 to page 2" in err
    assert f'sha256: "{digest_of(office / "new.pdf")}"' in err
    assert [path.name for path in (office / "forms").iterdir()] == ["g-28-2018-09-17.pdf"]


def test_without_the_known_blank_a_new_edition_is_compared_with_the_map(
    office: Path,
    forms: Ran,
) -> None:
    blank = blank_form("g-28", "2018-09-17")
    new_edition(blank, office / "new.pdf", "03/01/27", other_fields)
    _, out, _ = forms("add", "new.pdf", "--json")
    (row,) = json.loads(out)

    assert row["says"] == {"form": "G-28", "edition": "03/01/27", "pages": 4}
    assert row["compared_with"] == "09/17/18"
    assert row["difference"]["new"] == [
        "form1[0].#subform[0].FamilyName[0]",
        "Nickname[0]",
    ]
    assert len(row["difference"]["gone"]) == 2


def test_a_known_edition_that_was_saved_again_is_refused(office: Path, forms: Ran) -> None:
    forms("add", download(office, "g-28", "2018-09-17"))
    resaved(blank_form("g-28", "2018-09-17"), office / "mine.pdf")
    code, _, err = forms("add", "mine.pdf")

    assert code == ExitCode.UNUSABLE
    assert "it is not the file that was published" in err
    assert "Its fields are those of edition 09/17/18 of Form G-28: the same map fits." in err


def test_a_form_of_another_matter_is_refused(office: Path, forms: Ran) -> None:
    blank = blank_form("g-1145", "2014-09-26")
    new_edition(blank, office / "other.pdf", "03/01/27", lambda *_: None, form="X-1")
    code, _, err = forms("add", "other.pdf")

    assert code == ExitCode.UNUSABLE
    assert "other.pdf says that it is Form X-1. It was not taken." in err


def test_a_row_of_law_that_claims_too_much_is_found_out(office: Path, forms: Ran) -> None:
    """A digest alone is not believed: the pages must say the same as the row."""
    blank = blank_form("g-1145", "2014-09-26")
    write_law(office, edition="03/01/27", sha256=digest_of(blank))
    code, _, err = forms("add", download(office, "g-1145", "2014-09-26"))

    assert code == ExitCode.UNUSABLE
    assert (
        "has the fingerprint of edition 03/01/27 of Form G-1145, but the barcode of page 1" in err
    )
    assert not (office / "forms").exists()


def test_a_new_edition_is_taken_into_use_by_a_row_and_a_map(
    office: Path,
    forms: Ran,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The way that docs/forms.md tells: no line of the program changes."""
    blank = blank_form("g-1145", "2014-09-26")
    new_edition(
        blank,
        office / "new.pdf",
        "03/01/27",
        lambda _, fields: rename(fields[LAST_NAME], "FamilyName[0]"),
    )
    write_law(office, sha256=digest_of(office / "new.pdf"))
    shutil.copytree(shipped("templates"), office / "templates")
    maps = office / "templates" / "forms" / "g-1145"
    text = (maps / "2014-09-26.yaml").read_text(encoding="utf-8")
    text = text.replace("09/26/14", "03/01/27").replace("LastName[0]", "FamilyName[0]")
    (maps / "2027-03-01.yaml").write_text(text, encoding="utf-8")

    assert forms("add", "new.pdf")[0] == ExitCode.DONE
    options = ("--templates", "templates", "build", "boateng", "--engine", "dxpdf")
    assert run(monkeypatch, *options) == ExitCode.DONE
    filled = office / "output" / "boateng" / "initial_parole" / "forms" / "form-g-1145.pdf"
    fields = PdfReader(filled).get_fields() or {}
    assert fields["form1[0].#subform[0].FamilyName[0]"]["/V"] == "Boateng"


@pytest.mark.parametrize("way", ["option", "environment", "beside"])
def test_blanks_are_found_by_option_by_environment_or_beside_the_cases(
    way: str,
    office: Path,
    forms: Ran,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blank_folder()
    folder = office / ("forms" if way == "beside" else "elsewhere")
    folder.mkdir()
    shutil.copy(blank_form("g-1145", "2014-09-26"), folder / "downloaded.pdf")
    options = ("--forms", "elsewhere") if way == "option" else ()
    if way == "environment":
        monkeypatch.setenv("PACKET_BUILDER_FORMS", str(folder))

    assert run(monkeypatch, *options, "plan", "boateng") == ExitCode.DONE
    code = run(monkeypatch, *options, "forms", "check", "g-1145", "--date", ON)
    assert code == ExitCode.DONE
    assert forms("list")[0] == ExitCode.DONE


def test_a_build_says_which_blank_to_get_and_how(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "build", "boateng", "--engine", "dxpdf")
    err = capsys.readouterr().err

    wanted = "note: Form I-131 stands on a slip: download it from https://www.uscis.gov/i-131, then"
    assert err.count(f"{wanted} run: packet-builder forms add FILE") == 1
    manifest = office / "output" / "boateng" / "initial_parole" / "packet.json"
    rows = json.loads(manifest.read_text("utf-8"))["forms"]
    assert {(row["blank"], row["edition"]) for row in rows} == {(False, None)}
    assert all(row["address"].startswith("https://www.uscis.gov/") for row in rows)


@pytest.mark.usefixtures("office")
def test_a_slip_prints_the_address_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "build", "boateng", "--engine", "dxpdf")
    packet = Path("output/boateng/initial_parole/packet-DRAFT.pdf")
    with contextlib.closing(pypdfium2.PdfDocument(packet)) as document:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]

    (slip,) = [page for page in pages if "Form I-131" in page and "unopened" in page]
    assert "Edition 01/20/25, 14 pages" in slip
    assert "https://www.uscis.gov/i-131 and save it unopened" in slip
    assert "forms add FILE" in slip  # the line breaks in front of it
    assert "forms list says so" in slip


def test_an_edition_without_a_digest_or_a_map_is_named(office: Path, forms: Ran) -> None:
    write_law(office, edition="03/01/27", sha256=None)
    code, out, _ = forms("check", "g-1145", "--date", "2026-12-01")

    assert code == ExitCode.FINDINGS
    assert "nothing tells its blank from other files" in out
    assert "warning: Form G-1145, edition 03/01/27: has no map" in out


def test_what_rests_on_reports_of_others_is_a_note(office: Path, forms: Ran) -> None:
    write_law(office, confirm="as reported by a third party")
    _, out, _ = forms("check", "g-1145", "--date", "2026-12-01")

    assert "note: Form G-1145, edition 03/01/27: as reported by a third party" in out


def test_a_form_that_was_filled_is_refused_without_its_values(office: Path, forms: Ran) -> None:
    reader = PdfWriter(clone_from=opened(blank_form("g-1145", "2014-09-26")))
    for widget in reader.pages[0].annotations or ():
        if str(widget.get_object().get("/T")).startswith("LastName"):
            widget.get_object()[NameObject("/V")] = TextStringObject("Achterberg")
    reader.write(office / "filled.pdf")
    code, _, err = forms("add", "filled.pdf")

    assert code == ExitCode.UNUSABLE
    assert "Fields that hold a value: 1." in err
    assert "Achterberg" not in err


def test_without_blank_and_map_fields_are_not_compared(
    office: Path, forms: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_files, "program_templates", lambda: office / "nowhere")
    resaved(blank_form("g-1145", "2014-09-26"), office / "mine.pdf")
    _, _, err = forms("add", "mine.pdf")

    assert "Its fields are not compared: neither blank nor map of edition 09/26/14" in err

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packet_builder.assembly.build import examined
from packet_builder.assembly.order import Order
from packet_builder.assembly.starter import CaseExistsError, CaseNameError, start_case
from packet_builder.facts import read_facts
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.rules.finding import Weight
from packet_builder.workspace import Folders, shipped
from tests.cases import write_pdf


def folders_in(folder: Path) -> Folders:
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


#: What a person types into the blanks, in the order of the file.
BLANKS = """
date=2026-12-01 family=Boateng given=Adwoa date_of_birth=1986-03-22 pronoun=she
citizenship=Ghana status=us_citizen phone=+1-201-555-0117 email=a@example.com street=1_Row
city=Hoboken state=NJ zip=07030
id=kwabena family=Boateng given=Kwabena date_of_birth=1992-07-09 pronoun=he citizenship=Ghana
relationship_to_petitioner=brother number=G0418276 country=Ghana expires=2033-02-13 city=Kumasi
country=Ghana residence=Ghana
id=adwoa family=Boateng given=Adwoa date_of_birth=1986-03-22 pronoun=she status=us_citizen
relationship=sister household_size=2 annual_income=131,460
months=6 summary=He_needs_an_operation. ground=medical_treatment factor=family_ties
pay=credit_card
title=Passport file=exhibits/passport.pdf title=Return file=exhibits/tax.pdf
"""


FIRM_BLANKS = """
name=Office street=1_Row city=Hoboken state=NJ zip=07030 phone=+1-201-555-0100
email=office@example.com id=lee name=Lee admission=No.1 email=lee@example.com
"""


def filled(text: str, blanks: str = BLANKS) -> str:
    """Fill every blank of a new file, as a person would."""
    answers = [answer.split("=", 1) for answer in blanks.split()]
    lines = []
    for line in text.splitlines():
        field, colon, rest = line.partition(":")
        if line.lstrip().startswith("- #"):
            lines.append(f'{line[: line.index("#")]}"So it is [@passport p. 1; @tax-return p. 1]."')
        elif answers and _is_blank(field, colon, rest) and field.lstrip("- ") == answers[0][0]:
            lines.append(f"{field}: {answers.pop(0)[1]}")
        else:
            lines.append(line)
    assert answers == []
    return "\n".join(lines)


def _is_blank(field: str, colon: str, rest: str) -> bool:
    is_comment = field.lstrip().startswith("#")
    return bool(colon) and not is_comment and not rest.partition("#")[0].strip()


def test_a_new_case_can_be_read_once_its_blanks_are_filled(tmp_path: Path) -> None:
    folder = start_case(folders_in(tmp_path), "demo")
    path = folder / "case.yaml"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")

    case = interpret(Case, read_facts(folder))

    assert case.beneficiaries[0].passport is not None
    assert case.evidence[1].files == ("exhibits/tax.pdf",)


def test_a_new_case_passes_check_once_its_blanks_are_filled(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    folder = start_case(folders, "demo")
    for path, blanks in (
        (folder / "case.yaml", BLANKS),
        (folders.cases / "firm.yaml", FIRM_BLANKS),
    ):
        path.write_text(filled(path.read_text(encoding="utf-8"), blanks), encoding="utf-8")
    for name in ("passport", "tax"):
        write_pdf(folder / "exhibits" / f"{name}.pdf", ("one page",))

    result = examined(Order("demo", folders, None, "dxpdf"))

    assert [finding for finding in result.findings if finding.weight is Weight.ERROR] == []


def test_a_new_case_brings_its_schema_and_the_office(tmp_path: Path) -> None:
    folder = start_case(folders_in(tmp_path), "demo")

    schema = json.loads((folder.parent / "case.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["evidence"]
    assert (
        (folder / "case.yaml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=../case.schema.json\n")
    )
    assert (folder.parent / "firm.yaml").is_file()
    assert (folder / "exhibits").is_dir()


def test_a_case_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    folder = start_case(folders_in(tmp_path), "demo")
    (folder / "case.yaml").write_text("mine", encoding="utf-8")

    with pytest.raises(CaseExistsError, match="it was left as it is"):
        start_case(folders_in(tmp_path), "demo")

    assert (folder / "case.yaml").read_text(encoding="utf-8") == "mine"


def test_the_office_is_never_written_over(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    start_case(folders, "one")
    (folders.cases / "firm.yaml").write_text("mine", encoding="utf-8")
    start_case(folders, "two")

    assert (folders.cases / "firm.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "con:1", "a b"])
def test_a_name_that_is_no_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseNameError, match="cannot name a case folder"):
        start_case(folders_in(tmp_path), name)

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from packet_builder.assembly.templates import template_faults
from packet_builder.workspace import shipped


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    return tmp_path / "templates"


def test_the_templates_of_the_program_have_no_faults(templates: Path) -> None:
    assert template_faults(templates) == ()


def test_the_letter_of_an_office_is_checked_too(templates: Path) -> None:
    letter = docx.Document()
    letter.add_paragraph("Dear {{ beneficiary.nams }}")
    letter.save(str(templates / "letters" / "thank_you.docx"))

    (fault,) = template_faults(templates)

    assert fault.startswith("thank_you.docx, paragraph 1")
    assert "names" in fault


def test_faults_of_pages_and_outlines_are_found_in_the_same_pass(templates: Path) -> None:
    (templates / "pages" / "slip.typ").write_text("#let given = (", encoding="utf-8")
    path = templates / "outlines" / "initial_parole.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("letter: cover", "lettre: cover"))

    faults = template_faults(templates)

    assert len(faults) == 2
    assert "slip.typ" in faults[0]
    assert "initial_parole.yaml" in faults[1]
    assert 'did you mean "letter"?' in faults[1]

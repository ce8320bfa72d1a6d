"""What is for the office alone is printed by no letter that leaves it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.assembly.templates import template_faults
from packet_builder.documents.letters.marked import is_marked_internal
from packet_builder.errors import ExitCode
from packet_builder.plan.privilege import PRIVILEGED, PrivilegedWordsError
from packet_builder.rules.internal_mark import INTERNAL_MARK
from packet_builder.workspace import Folders, shipped
from tests.cases import write_case

OUTLINE = """\
title: A Folder
audience: {audience}
documents:
  - {{letter: {letter}}}
groups:
  - {{id: all, heading: All, kinds: [passport, physician_letter, tax_return]}}
"""
FILING = """\
filing: {kind: folder, date: 2026-12-01}
strategy: {summary: We think that it is weak.}
"""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    return tmp_path / "templates"


def write_outline(templates: Path, audience: str, letter: str = "strategy_memo") -> None:
    text = OUTLINE.format(audience=audience, letter=letter)
    (templates / "outlines" / "folder.yaml").write_text(text, encoding="utf-8")


def without_mark(path: Path, header: str) -> None:
    """Take the mark out of one header of a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    mark = INTERNAL_MARK.encode()
    assert mark in parts[header]
    parts[header] = parts[header].replace(mark, b"Memorandum")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("audience", ["agency", "parolee", "client"])
def test_no_filing_for_others_is_built_with_counsels_thoughts(
    tmp_path: Path, templates: Path, audience: str
) -> None:
    case = write_case(tmp_path / "cases")
    (case / "filings").mkdir()
    (case / "filings" / "mine.yaml").write_text(FILING, encoding="utf-8")
    write_outline(templates, audience)
    folders = Folders(tmp_path / "cases", templates, tmp_path / "forms", tmp_path / "output")

    with pytest.raises(PrivilegedWordsError) as caught:
        built(Order("boateng", folders, None, "dxpdf", "mine"), lambda _: None)

    assert caught.value.exit_code is ExitCode.UNUSABLE
    assert str(caught.value).startswith('letters/strategy_memo.docx prints "clocks" and "strategy"')
    assert not (tmp_path / "output" / "boateng" / "mine").exists()


def test_a_filing_for_the_office_is_built_with_them(tmp_path: Path, templates: Path) -> None:
    case = write_case(tmp_path / "cases")
    (case / "filings").mkdir()
    (case / "filings" / "mine.yaml").write_text(FILING, encoding="utf-8")
    write_outline(templates, "office")
    folders = Folders(tmp_path / "cases", templates, tmp_path / "forms", tmp_path / "output")

    result = built(Order("boateng", folders, None, "dxpdf", "mine"), lambda _: None)

    assert result.packet is not None
    assert result.packet.name == "INTERNAL-not-for-filing.pdf"


def test_a_check_of_templates_finds_an_outline_that_would_let_them_out(templates: Path) -> None:
    assert template_faults(templates) == ()
    write_outline(templates, "client")

    (fault,) = template_faults(templates)

    assert 'prints "clocks" and "strategy"' in fault


@pytest.mark.parametrize("header", ["word/header1.xml", "word/header2.xml"])
def test_a_letter_for_the_office_is_marked_on_each_kind_of_page(
    templates: Path, header: str
) -> None:
    memo = templates / "letters" / "strategy_memo.docx"
    assert is_marked_internal(memo)
    without_mark(memo, header)

    (fault,) = template_faults(templates)

    assert not is_marked_internal(memo)
    assert fault.startswith("strategy_memo.docx: a letter of the outline")
    assert INTERNAL_MARK in fault


def test_no_letter_for_others_is_marked_as_internal() -> None:
    letters = sorted((shipped("templates") / "letters").glob("*.docx"))

    marked = [path.stem for path in letters if is_marked_internal(path)]

    assert len(letters) > 8
    assert marked == ["strategy_memo"]


def test_the_privileged_words_are_those_that_rest_on_opinion_or_on_no_source() -> None:
    assert {"strategy", "clocks"} == PRIVILEGED

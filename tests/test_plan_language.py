"""A line of an outline in another language stands where the filing is in that language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from packet_builder.assembly.build import planned
from packet_builder.assembly.order import Order
from packet_builder.outline import Entry
from packet_builder.workspace import Folders, shipped
from tests.cases import write_case

OUTLINE = """\
title: A Folder
audience: parolee
documents:
  - {letter: officer_questions}
  - {letter: officer_questions, language: fa, title: In Persian}
groups:
  - {id: all, heading: All, kinds: [passport, physician_letter, tax_return]}
"""


def letters(folder: Path, language: str) -> list[tuple[str, str]]:
    case = write_case(folder / "cases")
    (case / "filings").mkdir()
    text = f"filing: {{kind: folder, date: 2026-12-01{language}}}\n"
    (case / "filings" / "mine.yaml").write_text(text, encoding="utf-8")
    templates = folder / "templates"
    shutil.copytree(shipped("templates"), templates)
    (templates / "outlines" / "folder.yaml").write_text(OUTLINE, encoding="utf-8")
    folders = Folders(folder / "cases", templates, folder / "forms", folder / "output")
    rows = planned(Order("boateng", folders, None, "dxpdf", "mine"))
    return [(row["id"], row["title"]) for row in rows]


def test_the_letter_in_the_language_of_the_filing_follows_the_english_one(tmp_path: Path) -> None:
    assert letters(tmp_path, ", language: fa") == [
        ("letter-officer_questions", "Officer Questions"),
        ("letter-officer_questions-fa", "In Persian"),
    ]


@pytest.mark.parametrize("language", ["", ", language: es"])
def test_a_filing_in_another_language_or_in_none_has_the_english_one(
    tmp_path: Path, language: str
) -> None:
    assert [name for name, _ in letters(tmp_path, language)] == ["letter-officer_questions"]


def test_a_language_stands_beside_a_letter_only() -> None:
    with pytest.raises(ValidationError, match="a language is named beside a letter only"):
        Entry.model_validate({"form": "g-28", "language": "fa"})

    assert Entry.model_validate({"letter": "x", "language": "fa"}).template == "x.fa"
    assert Entry.model_validate({"letter": "x"}).template == "x"

"""The page that adds a kind of filing is followed to the letter, with what stands on it alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.assembly.templates import template_faults
from packet_builder.workspace import Folders, shipped
from tests.cases import write_case

PAGE = Path(__file__).parents[1] / "docs" / "filings.md"
SECTION = PAGE.read_text(encoding="utf-8").partition("\n## A new kind of filing\n")[2]


def block(language: str) -> str:
    """Give the one block of the section in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)
    return str(found)


def named(pattern: str) -> str:
    """Give a file that the section names."""
    found = set(re.findall(pattern, SECTION))
    assert len(found) == 1, found
    return str(found.pop())


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """An office and a case after steps 1 to 3."""
    templates = tmp_path / "templates"
    shutil.copytree(shipped("templates"), templates)
    outline = templates / named(r"`(outlines/[a-z_]+\.yaml)`")
    outline.write_text(block("yaml outline"), encoding="utf-8")
    letter = docx.Document()
    for line in block("text").splitlines():
        letter.add_paragraph(line)
    letter.save(str(templates / named(r"`(letters/[a-z_]+\.docx)`")))
    case = write_case(tmp_path / "cases")
    (case / "filings").mkdir()
    filing = case / named(r"`(filings/[a-z]+\.yaml)`")
    filing.write_text(block("yaml filing"), encoding="utf-8")
    return Folders(tmp_path / "cases", templates, tmp_path / "forms", tmp_path / "output")


def test_the_templates_of_the_page_can_be_used(folders: Folders) -> None:
    assert template_faults(folders.templates) == ()


def test_the_packet_is_what_the_page_says(folders: Folders) -> None:
    result = built(Order("boateng", folders, None, "dxpdf", "congress"), lambda _: None)

    assert result.packet is not None, result.findings
    assert [one for one in result.findings if one["weight"] == "error"] == []
    assert result.manifest["title"] == "Request for a Congressional Inquiry"
    shown = [(row["kind"], row["exhibit"]) for row in result.manifest["documents"]]
    assert shown == [
        ("letter", None),
        ("index", None),
        ("separator", "A"),
        ("exhibit", "A"),
        ("separator", "B"),
        ("exhibit", "B"),
    ]
    assert [row["id"] for row in result.manifest["exhibits"]] == ["doctor", "passport"]


def test_the_letter_says_what_the_page_wrote_with_the_words_of_the_case(folders: Folders) -> None:
    result = built(Order("boateng", folders, None, "dxpdf", "congress"), lambda _: None)
    assert result.packet is not None
    document = pypdfium2.PdfDocument(result.packet)
    try:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()

    for words in (
        "December 7, 2026",
        "We represent Adwoa Boateng, who has asked USCIS that Kwabena Boateng be paroled into",
        "for six months. He needs an operation.",
        "The date that matters is January 12, 2027: an operation at Kittatinny Hospital.",
        "The proof is enclosed: Exhibit Index and Exhibits A through B.",
        "Jordan Lee, Attorney at Law",
    ):
        assert words in text


def test_the_kind_is_named_as_the_outline_is_called_and_the_program_has_none_such() -> None:
    kind = re.findall(r"kind: (\w+)", block("yaml filing"))

    assert [f"{one}.yaml" for one in kind] == [Path(named(r"`(outlines/[a-z_]+\.yaml)`")).name]
    assert not (shipped("templates") / "outlines" / f"{kind[0]}.yaml").exists()

"""Beside a page of a letter stand the facts that it prints, each with the line that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.assembly.fact_places import FactFiles
from packet_builder.assembly.letter_facts import letter_rows
from packet_builder.assembly.letters import WrittenLetter
from packet_builder.documents.document import PdfFile
from packet_builder.facts import read_file
from packet_builder.plan.planned import DocumentKind, PlannedDocument

CASE = """\
filing: {date: 2026-12-01, kind: initial_parole}
petitioner:
  name: {family: O'Brien, given: Ana}
  annual_income: "61,200"
  a_number: A200-111-222
beneficiaries:
  - id: kofi
    name: {family: Boateng, given: Kofi}
    citizenship: Ghana
    zip: "0601"
  - id: esi
    citizenship: Ghana
request:
  summary: >-
    Kofi needs an operation that cannot be had where he lives, and it is scheduled for the twelfth
    of January, when a room and a surgeon are reserved for him.
  why_no_visa: "No appointment before Ghana closes [@mail p. 1]."
evidence:
  - {id: mail, title: E-mails of the consulate, file: exhibits/Ghana.pdf}
"""
FIRM = "name: Example LLC\nlogo: Example.png\n"


def rows(folder: Path, *pages: str) -> list[dict[str, object]]:
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "firm.yaml").write_text(FIRM, encoding="utf-8")
    files = FactFiles(read_file(folder / "case.yaml"), read_file(folder / "firm.yaml"))
    planned = PlannedDocument("letter-x", DocumentKind.LETTER, "X", "x", {})
    pdf = PdfFile(folder / "x.pdf", len(pages), "0" * 64)
    letter = WrittenLetter(planned, folder / "x.docx", pdf, (), ("", ""), (), pages)
    return letter_rows([letter], files)


def said(folder: Path, page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(folder, page):
        for fact in row["facts"]:  # type: ignore[attr-defined]
            found[fact["said"]] = [f"{one['file']}:{one['line']}" for one in fact["places"]]
    return found


@pytest.mark.parametrize(
    ("page", "fact", "place"),
    [
        ("December 1, 2026", "December 1, 2026", "case.yaml:1"),
        ("Ms. Ana O’Brien", "Ana O'Brien", "case.yaml:3"),
        ("an income of $61,200 a year", "$61,200", "case.yaml:4"),
        ("(A200-111-222)", "A200-111-222", "case.yaml:5"),
        ("by Kofi\nBoateng.", "Kofi Boateng", "case.yaml:8"),
        ("EXAMPLE LLC", "Example LLC", "firm.yaml:1"),
        ("E-mails of the consulate (2)", "E-mails of the consulate", "case.yaml:19"),
    ],
)
def test_a_fact_is_found_as_letters_print_it(
    tmp_path: Path, page: str, fact: str, place: str
) -> None:
    assert said(tmp_path, page) == {fact: [place]}


def test_what_is_said_twice_stands_once_with_both_lines(tmp_path: Path) -> None:
    assert said(tmp_path, "a citizen of Ghana") == {"Ghana": ["case.yaml:9", "case.yaml:12"]}


@pytest.mark.parametrize(
    "page",
    [
        "Ghanaian",  # a part of a word
        "kofi mail initial_parole",  # words of the program
        "0601 exhibits/Ghana_pdf Example_png",
        "an income of $61,2000",
        "Boateng",  # a part of a name
    ],
)
def test_what_only_looks_like_a_fact_is_none(tmp_path: Path, page: str) -> None:
    assert {"0601"} >= set(said(tmp_path, page))


def test_a_long_text_is_found_on_both_of_its_pages(tmp_path: Path) -> None:
    first = "Kofi needs an operation that cannot be had where he lives, and it is scheduled for"
    last = "the twelfth of January, when a room and a surgeon are reserved for him."
    assert [row["page"] for row in rows(tmp_path, first, "nothing", last)] == [1, 3]

"""What the manifest says of a filled form's items: where they stand, and where their facts do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.case_file import read_case_file
from packet_builder.assembly.fact_places import FactFiles
from packet_builder.assembly.order import Built, Order
from packet_builder.outline import Agency
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_places import places_of
from packet_builder.plan.forms import Subject
from packet_builder.review.standing import standings
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_form
from tests.cases import write_case
from tests.form_facts import maximal
from tests.form_pages import squeezed
from tests.review_cases import Office

BLANKS = (("g-28", "2018-09-17"), ("i-131", "2025-01-20"), ("i-912", "2025-07-22"))
ONE_PERSON = "accepted_findings: [{rule: number-shared, reason: invented, by: Jordan Lee}]\n"
INCOME = ("basis: [benefit, income, hardship]", "basis: income")
LONG = "summary: " + "He needs an operation within days and nobody there can make it. " * 12
NAMES = "".join(f"    - {{family: Name{number}, given: Akosua}}\n" for number in range(60))
OTHERS = "  other_names:\n    - {family: Mensah, given: Adwoa, middle: Abena}\n"


FIRM = """\
name: Office of Testing
address:
  street: 1 Row
  city: Hoboken
  state: NJ
  zip: 07030
  country: United States
phone: +1 201 555 0100
email: office@example.com
attorneys:
  - id: lee
    name: Jordan Lee
    title: Attorney at Law
    admission: No. 1
    legal_name: {family: Lee, given: Jordan}
    accredited: no
    licensing_authority: New Jersey
    bar_number: "0000001"
    restricted: no
    phone: +1 201 555 0144
    email: lee@example.com
"""
USCIS = Agency.USCIS


def blanks_in(folder: Path) -> Path:
    folder.mkdir()
    for form, edition in BLANKS:
        shutil.copy(blank_form(form, edition), folder)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("rows")
    facts = maximal(INCOME, ("summary: He needs an operation.", LONG), (OTHERS, OTHERS + NAMES))
    write_case(folder / "cases", f"{facts}\n{ONE_PERSON}")
    (folder / "cases" / "firm.yaml").write_text(FIRM, encoding="utf-8")
    forms = blanks_in(folder / "forms")
    return Folders(folder / "cases", shipped("templates"), forms, folder / "output")


@pytest.fixture(scope="module")
def packet(folders: Folders) -> Built:
    return built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


def form_of(packet: Built, document: str) -> Mapping[str, Any]:
    (row,) = [one for one in packet.manifest["forms"] if one["document"] == document]
    return dict(row)


def items(packet: Built, document: str, part: str, item: str) -> list[Mapping[str, Any]]:
    rows = form_of(packet, document)["items"]
    return [one for one in rows if (one["part"], one["item"]) == (part, item)]


def lines_of(folders: Folders, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the lines of the facts that rows name, without space around them."""
    paths = {"case.yaml": folders.cases / "boateng" / "case.yaml"}
    paths["firm.yaml"] = folders.cases / "firm.yaml"
    texts = {name: path.read_text("utf-8").splitlines() for name, path in paths.items()}
    return [texts[one["file"]][one["line"] - 1].strip() for row in rows for one in row["places"]]


def pages_of(packet: Built, document: str) -> list[str]:
    """Give the words of each page of a document, without any space."""
    (row,) = [one for one in packet.manifest["documents"] if one["id"] == document]
    assert packet.packet is not None
    pdf = pypdfium2.PdfDocument(packet.packet)
    try:
        span = range(row["first_page"] - 1, row["last_page"])
        return [squeezed(pdf[number].get_textpage().get_text_range()) for number in span]
    finally:
        pdf.close()


@pytest.mark.parametrize("form", ["form-g-28-kwabena", "form-i-131-kwabena", "form-i-912"])
def test_every_answer_stands_on_the_page_that_its_row_names(packet: Built, form: str) -> None:
    pages = pages_of(packet, form)
    written = [one for one in form_of(packet, form)["items"] if one["state"] == "written"]

    missing = [
        one["answer"]
        for one in written
        if squeezed(one["answer"]) not in pages[one["pages"][0] - 1]
    ]
    assert len(written) > 25
    assert missing == []
    assert [one["pages"][0] for one in written] == sorted(one["pages"][0] for one in written)


def said_in(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield re.sub(r"\W", "", line).casefold()


@pytest.mark.parametrize("form", ["form-g-28-kwabena", "form-i-131-kwabena"])
def test_a_written_answer_stands_in_the_line_of_the_facts_that_its_row_names(
    packet: Built, folders: Folders, form: str
) -> None:
    """Days and units are printed in another form; all else is printed as it is written."""
    rows = [one for one in form_of(packet, form)["items"] if one["state"] == "written"]
    same = [one for one in rows if len(one["places"]) == 1 and "/" not in one["answer"]]

    strange = [
        (row["answer"], lines_of(folders, [row]))
        for row in same
        if not any(
            re.sub(r"\W", "", row["answer"]).casefold() in line
            for line in said_in(lines_of(folders, [row]))
        )
    ]
    assert len(same) > 20
    assert {answer for answer, _ in strange} <= {"6 months", "I-131 and I-912"}


def test_what_the_office_answers_stands_in_its_own_file(packet: Built, folders: Folders) -> None:
    (family, *_) = items(packet, "form-g-28-kwabena", "1", "2.a")

    assert family["places"][0]["file"] == "firm.yaml"
    assert "family" in lines_of(folders, [family])[0]


def test_a_sum_names_every_line_that_is_added_up(packet: Built, folders: Folders) -> None:
    (total,) = [
        one
        for one in form_of(packet, "form-i-912")["items"]
        if one["asked"].startswith("Total") and one["answer"] == "45560.40"
    ]

    assert lines_of(folders, [total]) == [
        "annual_income: 18400",
        "annual_income: 0",
        "annual_income: 0",
        "annual_income: 21960.40",
        "other_income: [{source: Unemployment benefits, annual: 5200}]",
    ]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [("food", ["food"]), ("loans_or_credit_cards", ["loans_or_credit_cards"] * 2)],
)
def test_of_a_list_the_entries_are_named_for_which_a_box_is_ticked(
    folders: Folders, told: str, kinds: list[str]
) -> None:
    read = read_case_file("boateng", folders)
    places = places_of(
        FormFiling(read.case, read.firm, read.outline),
        Subject("", "", read.case.beneficiaries[0]),
        USCIS,
    )
    files = FactFiles(read.facts, read.firm_facts)
    rows = [{"places": files.lines_of("waiver.expense_kinds", places, told)}]

    assert [line.split("kind: ")[1].split(",")[0] for line in lines_of(folders, rows)] == kinds


def test_a_box_says_what_is_printed_beside_it(packet: Built) -> None:
    (ticked,) = items(packet, "form-g-28-kwabena", "2", "1.a, 2.a")[:1]

    assert (ticked["state"], ticked["answer"]) == ("ticked", "1.a, an attorney")


def test_what_the_program_always_ticks_has_no_place(packet: Built) -> None:
    (ticked,) = items(packet, "form-g-28-kwabena", "3", "1.a")

    assert (ticked["answer"], ticked["places"]) == ("1.a, USCIS", [])


def test_what_goes_on_elsewhere_names_both_pages(packet: Built) -> None:
    (told,) = items(packet, "form-i-131-kwabena", "8", "1")
    first, then = told["pages"]

    assert told["state"] == "additional"
    assert (first, then) == (11, 14)
    assert "nobodytherecanmakeit" in pages_of(packet, "form-i-131-kwabena")[then - 1].casefold()


def test_what_stands_on_the_addendum_says_so(packet: Built, folders: Folders) -> None:
    rows = items(packet, "form-i-131-kwabena", "2", "2")
    beyond = [one for one in rows if one["state"] == "addendum"]
    (last,) = [one for one in beyond if "Name59" in one["answer"]]

    assert len(beyond) > 50
    assert lines_of(folders, [last]) == ["- {family: Name59, given: Akosua}"]


def test_what_stays_blank_is_counted_by_page_and_reason(packet: Built, folders: Folders) -> None:
    blank = form_of(packet, "form-g-28-kwabena")["left_blank"]
    (abroad,) = [one for one in blank if one["page"] == 1 and "is abroad" in one["reason"]]

    assert abroad["items"] == ["Part 1, Item 3.f", "Part 1, Item 3.g"]
    assert abroad["boxes"] == 2
    assert "country:" in lines_of(folders, [abroad])[0]
    assert not any("barcode" in one["reason"] for one in blank)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    one = Office(folder, f"{maximal(INCOME)}\n{ONE_PERSON}", forms=blanks_in(folder / "forms"))
    one.build()
    return one


def filled_in(office: Office) -> set[str]:
    return {path.parent.name for path in (office.output / "cache").glob("*/filled.pdf")}


def test_a_remark_in_the_facts_moves_lines_and_fills_no_form_anew(office: Office) -> None:
    """The lines are no part of what a form is made from, nor of what an approval rests on."""
    forms = [row["id"] for row in office.docket.manifest["documents"] if row["kind"] == "form"]
    office.decide(forms)
    before, made = office.docket.manifest, filled_in(office)
    path = office.case / "case.yaml"
    path.write_text(f"# A remark.\n\n{path.read_text('utf-8')}", encoding="utf-8")
    office.build()
    after = office.docket.manifest

    rows = [(was, now) for was, now in zip(before["forms"], after["forms"], strict=True)]
    moved = [
        (was["line"], now["line"])
        for then, since in rows
        for old, new in zip(then["items"], since["items"], strict=True)
        for was, now in zip(old["places"], new["places"], strict=True)
        if was["file"] == "case.yaml"
    ]
    assert len(moved) > 100
    assert {now - was for was, now in moved} == {2}
    assert filled_in(office) == made
    assert {office.states()[form] for form in forms} == {"approved"}
    assert len(standings(office.docket, ())) > len(forms)

"""Beside a page of an official form stands what fills it, from where, and what stays blank."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from packet_builder.review.beside import facts_of
from packet_builder.review.form_page import FormPage, form_page
from packet_builder.review.shown import Shown
from tests.blank_forms import blank_form
from tests.browser import chromium, opened
from tests.cases import changed
from tests.review_cases import Office
from tests.reviewed import served, table_of

G28 = "form-g-28-kwabena"
NOTICES = "notices: {to_counsel: yes, documents_to_counsel: no}"
WITHOUT = "without:\n    - middle_name\n    - uscis_account\n"
OTHERS = "".join(f"    - {{family: Name{number}, given: Akosua}}\n" for number in range(60))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    (folder / "forms").mkdir()
    for form, edition in (("g-28", "2018-09-17"), ("i-131", "2025-01-20")):
        shutil.copy(blank_form(form, edition), folder / "forms")
    text = changed(
        ("petitioner:\n", f"petitioner:\n  {NOTICES}\n  {WITHOUT}  other_names:\n{OTHERS}")
    )
    one = Office(folder, text, forms=folder / "forms")
    one.build()
    return one


@pytest.fixture(scope="module")
def manifest(office: Office) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((office.filing / "packet.json").read_text("utf-8"))
    return content


def first_page(manifest: dict[str, Any], document: str) -> int:
    (row,) = [one for one in manifest["documents"] if one["id"] == document]
    return int(row["first_page"])


def beside(manifest: dict[str, Any], document: str, page: int) -> FormPage:
    shown = Shown(manifest)
    found = form_page(manifest, shown.pages[first_page(manifest, document) + page - 2])
    assert found is not None
    return found


def line_of(office: Office, text: str, *, first: bool = False) -> str:
    lines = (office.case / "case.yaml").read_text("utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if text in line]
    assert first or len(found) == 1
    return f"case.yaml:{found[0]}"


def test_beside_a_page_of_a_letter_stand_the_facts_that_it_prints(
    office: Office, manifest: dict[str, Any]
) -> None:
    shown = Shown(manifest)
    page = shown.pages[first_page(manifest, "letter-cover_letter") - 1]
    found = {one.said: one.places for one in facts_of(manifest, page)}

    assert found["Adwoa Boateng"].startswith(line_of(office, "given: Adwoa", first=True))
    assert found["December 1, 2026"] == line_of(office, "date: 2026-12-01")
    assert any(places.startswith("firm.yaml:") for places in found.values())


def test_only_what_stands_on_a_page_stands_beside_it(manifest: dict[str, Any]) -> None:
    every = [beside(manifest, G28, page) for page in range(1, 5)]
    rows = next(one for one in manifest["forms"] if one["document"] == G28)["items"]

    assert sum(len(one.items) + len(one.open) for one in every) == len(rows)
    assert {item.place.partition(",")[0] for item in every[1].items} == {"Part 3"}
    assert all(one.items or one.open for one in every[:3])


def test_an_answer_has_its_place_in_the_facts(office: Office, manifest: dict[str, Any]) -> None:
    found = beside(manifest, G28, 2)
    (name,) = [one for one in found.items if one.asked == "Family Name (Last Name)"]
    line = line_of(office, "name: {family: Boateng, given: Adwoa}", first=True)

    assert (name.place, name.answer, name.facts) == ("Part 3, Item 6.a", "Boateng", line)
    assert not name.is_ticked


def test_what_there_is_none_of_has_the_place_that_says_so(
    office: Office, manifest: dict[str, Any]
) -> None:
    found = [one for page in (4, 5) for one in beside(manifest, "form-i-131-kwabena", page).items]
    places = {one.asked: one.facts for one in found if one.answer == "N/A"}

    assert places == {
        "Your Full Name: Middle Name (if applicable)": line_of(office, "- middle_name"),
        "USCIS Online Account Number (if any)": line_of(office, "- uscis_account"),
    }


def test_a_ticked_box_and_what_the_office_says_are_told_apart(manifest: dict[str, Any]) -> None:
    ticked = [one for one in beside(manifest, G28, 2).items if one.is_ticked]
    (firm,) = [one for one in beside(manifest, G28, 1).items if one.answer == "Hoboken"]

    assert [(one.answer, one.facts) for one in ticked] == [
        ("1.a, USCIS", "the same in every filing"),
        ("applicant", "the same in every filing"),
    ]
    assert firm.facts.startswith("firm.yaml:")


def test_what_is_open_is_named_on_its_page_and_other_pages_are_pointed_to(
    manifest: dict[str, Any],
) -> None:
    second, fourth = beside(manifest, G28, 2), beside(manifest, G28, 4)
    first = first_page(manifest, G28)

    assert "Daytime Telephone Number" in {one.asked for one in second.open}
    assert all(one.facts for one in second.open)
    assert fourth.open == ()
    assert fourth.open_on == tuple(first + page - 1 for page in (1, 2))


def test_boxes_left_blank_on_purpose_stand_with_their_reason(
    office: Office, manifest: dict[str, Any]
) -> None:
    by_reason = {one.reason: one for one in beside(manifest, G28, 3).blanks}
    one = by_reason["asked only if documents are to be sent to counsel"]

    assert (one.items, one.boxes) == ("Part 4, Item 1.c", 1)
    assert one.facts == line_of(office, "documents_to_counsel")
    assert by_reason["no law student or law graduate takes part"].items == ""


def test_items_of_one_part_are_named_together(manifest: dict[str, Any]) -> None:
    by_reason = {one.reason: one.items for one in beside(manifest, "form-i-131-kwabena", 7).blanks}

    assert "Part 4, Items 2.b, 2.c, 3.b, 3.c" in by_reason.values()


def test_what_is_signed_in_ink_is_named_with_who_signs(manifest: dict[str, Any]) -> None:
    assert any("by Adwoa Boateng" in line for line in beside(manifest, G28, 3).ink)


def test_the_sheets_that_continue_a_form_show_what_was_carried_there(
    office: Office, manifest: dict[str, Any]
) -> None:
    sheets = beside(manifest, "form-i-131-kwabena-addendum", 1)
    (last,) = [one for one in sheets.items if "Name59" in one.answer]

    assert last.remark == "carried to the addendum"
    assert last.facts == line_of(office, "Name59")
    assert sheets.blanks == ()


def test_a_page_of_no_form_has_nothing_of_it(manifest: dict[str, Any]) -> None:
    shown = Shown(manifest)

    assert form_page(manifest, shown.pages[first_page(manifest, "exhibit-doctor") - 1]) is None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        yield page


def go_to(page: Page, number: int, label: str) -> None:
    page.fill("#go-page", str(number))
    page.press("#go-page", "Enter")
    expect(page.locator("#beside h2")).to_contain_text(label)


def test_the_facts_of_the_page_in_view_stand_beside_it(
    page: Page, office: Office, manifest: dict[str, Any]
) -> None:
    go_to(page, first_page(manifest, G28) + 1, "page 2 of 4")
    facts = page.locator("#beside .facts li")
    line = line_of(office, "name: {family: Boateng, given: Adwoa}", first=True)

    expect(facts.filter(has_text="Item 6.b: Given Name")).to_contain_text(f"Adwoa {line}")
    expect(facts.filter(has_text="Item 1.a:")).to_contain_text("ticked: 1.a, USCIS")
    expect(page.locator("#beside")).to_contain_text("these filings are not before ICE 2 boxes")
    expect(page.locator("#beside")).to_contain_text("Item 10: Daytime Telephone Number")

    go_to(page, first_page(manifest, G28) + 3, "page 4 of 4")
    expect(page.locator("#beside")).to_contain_text("None on this page; some on")
    expect(page.locator("#beside .facts")).not_to_contain_text("Item 6.b: Given Name")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_a_form_is_accessible(page: Page, manifest: dict[str, Any], scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    go_to(page, first_page(manifest, G28), "page 1 of 4")
    result = Axe().run(page)

    assert result.violations_count == 0, result.generate_report()


def test_the_list_shows_the_document_in_view(page: Page, manifest: dict[str, Any]) -> None:
    last = manifest["documents"][-1]
    go_to(page, last["first_page"], f"Exhibit {last['exhibit']}")

    expect(page.locator("nav a[aria-current]")).to_be_in_viewport()


def test_a_number_that_is_being_typed_is_not_overwritten(browser: Browser, office: Office) -> None:
    """In a narrow window the head scrolls with the pages: to type is to look at page 1."""
    with served(table_of(office)) as one, opened(browser, one.link, width=600) as page:
        go_to(page, 20, "page")
        page.fill("#go-page", "25")
        expect(page.locator("#beside")).to_contain_text("Page 1 of the packet")
        page.press("#go-page", "Enter")

        expect(page.locator("#beside")).to_contain_text("Page 25 of the packet")

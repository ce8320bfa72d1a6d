"""The review page for somebody who hears it, and who has a keyboard and no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from packet_builder.review.record import read_record
from tests.browser import chromium, opened
from tests.heard import Heard, heard
from tests.review_cases import Office
from tests.reviewed import served, table_of

LANDMARKS = {"banner", "navigation", "main", "complementary", "search", "contentinfo", "region"}
OTHER_PAGES = ("Evidence matrix", "All cases of the office")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    one = Office(tmp_path_factory.mktemp("office"))
    one.build()
    return one


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        expect(page.locator("#beside h2")).to_be_visible()
        yield page


def leaps(found: list[Heard]) -> list[Heard]:
    """Give the headings that leave out a level below the one before them."""
    headings = [(one, one.level or 0) for one in found if one.role == "heading"]
    before = [0, *(level for _, level in headings)]
    return [one for (one, level), last in zip(headings, before, strict=False) if level > last + 1]


def focused(page: Page) -> str:
    """Name what has the focus, as somebody who hears it would know it."""
    return str(
        page.evaluate(
            "(document.activeElement.id || document.activeElement.textContent.trim())"
            " || document.activeElement.tagName"
        )
    )


def test_the_parts_of_the_page_are_named(page: Page) -> None:
    parts = [(one.role, one.name) for one in heard(page) if one.role in LANDMARKS]

    assert parts == [
        ("banner", ""),
        ("search", ""),
        ("navigation", "Packet"),
        ("main", "Pages of the packet"),
        ("complementary", "About the page in view"),
    ]


def test_whatever_takes_the_focus_has_a_name(page: Page) -> None:
    found = [one for one in heard(page) if one.is_focusable]

    assert len(found) > 15
    assert [one for one in found if not one.name] == []


def test_headings_leave_out_no_level(page: Page) -> None:
    found = heard(page)
    first = [one.name for one in found if one.role == "heading" and one.level == 1]

    assert first == ["Request for Humanitarian Parole boateng, 2026-12-01"]
    assert leaps(found) == []


@pytest.mark.parametrize("named", OTHER_PAGES)
def test_the_other_pages_have_parts_names_and_headings(page: Page, named: str) -> None:
    page.get_by_role("link", name=named).click()
    page.locator("h1").wait_for()
    found = heard(page)

    assert [one.role for one in found if one.role in LANDMARKS] == ["main"]
    assert [one for one in found if one.is_focusable and not one.name] == []
    assert leaps(found) == []


def test_a_dialog_is_named_by_what_it_asks(page: Page) -> None:
    page.get_by_role("button", name="Approve", exact=True).click()
    (dialog,) = [one for one in heard(page) if one.role == "dialog"]
    fields = {one.name for one in heard(page) if one.role in {"textbox", "combobox"}}

    assert dialog.name.startswith("Approve ")
    assert fields == {"Your name", "In which role", "Note"}


def test_the_page_that_comes_into_view_is_said(page: Page) -> None:
    page.locator("main").focus()
    page.keyboard.press("j")
    expect(page.locator("#heard")).to_contain_text("Page 2 · ")
    live = [one for one in heard(page) if one.role == "status"]

    assert [one.live for one in live] == ["polite", "polite"]


def test_the_cited_page_beside_is_said_and_closing_it_leads_back(page: Page) -> None:
    page.locator("nav a", has_text="Humanitarian Justification").click()
    cited = page.locator("#beside [data-split]").first
    cited.focus()
    before = focused(page)
    page.keyboard.press("Enter")
    expect(page.locator("#heard")).to_contain_text("Shown beside: Page ")
    page.get_by_role("button", name="Close", exact=True).press("Enter")

    assert focused(page) == before
    expect(page.locator("#split")).to_be_hidden()


def test_the_packet_as_a_whole_takes_the_focus_with_it(page: Page) -> None:
    page.get_by_role("link", name="The packet as a whole").press("Enter")
    expect(page.locator("#beside h2")).to_have_text("The packet as a whole")

    assert focused(page) == "beside"


def test_a_page_number_can_be_stepped_without_leaving_it(page: Page) -> None:
    page.locator("#go-page").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#heard")).to_contain_text("Page 3 · ")

    assert focused(page) == "go-page"
    page.keyboard.press("Enter")
    assert focused(page) == "packet"


def test_single_keys_can_be_put_off(page: Page) -> None:
    """WCAG 2.1.4: who dictates, or reads with keys of their own, must not set them off."""
    page.get_by_role("button", name="Keys").press("Enter")
    page.get_by_label("Single keys do this").press("Space")
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.reload()
    page.locator("main").focus()
    page.keyboard.press("j")

    expect(page.locator("#go-page")).to_have_value("1")
    expect(page.get_by_role("dialog")).to_be_hidden()


def tab_to(page: Page, name: str) -> None:
    """Go on with the Tab key until something of that name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(name)


def test_a_packet_is_approved_with_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build()
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        expect(page.locator("#beside h2")).to_be_visible()
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to the pages"
        page.keyboard.press("Enter")
        assert focused(page) == "packet"

        tab_to(page, "Approve")
        page.keyboard.press("Enter")
        assert focused(page) == "by"
        page.keyboard.type("Jordan Lee")
        page.keyboard.press("Tab")
        page.keyboard.type("attorney")
        page.keyboard.press("Tab")
        page.keyboard.type("Read twice.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Recorded: approved Cover Letter")
        expect(page.locator("#standing .state")).to_have_text("approved")

        assert focused(page) == "Approve"
        page.keyboard.press("Tab")
        assert focused(page) == "Request changes"
    (decision,) = read_record(office.case / "review").decisions
    assert (decision.by, decision.role, decision.note) == ("Jordan Lee", "attorney", "Read twice.")

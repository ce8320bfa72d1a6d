"""The review page in a real browser: it shows the packet, and can be worked with keys alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.workspace import Folders, shipped
from tests.browser import chromium, opened
from tests.cases import changed, write_case
from tests.reviewed import served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("office")
    write_case(folder / "cases")
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


@pytest.fixture(scope="module")
def packet_folder(folders: Folders) -> Path:
    return build(folders)


def build(folders: Folders) -> Path:
    packet = built(Order("boateng", folders, None, "dxpdf"), lambda _: None).packet
    assert packet is not None
    return packet.parent


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "packet.json").read_text("utf-8"))
    return content


@pytest.fixture
def page(browser: Browser, packet_folder: Path) -> Iterator[Page]:
    with served(packet_folder) as one, opened(browser, one.link) as page:
        yield page


def page_in_view(page: Page) -> str:
    return page.locator("#go-page").input_value()


def test_every_page_of_the_packet_is_there_under_its_name(page: Page, packet_folder: Path) -> None:
    rows = manifest(packet_folder)["pages"]
    figures = page.locator("main figure")

    expect(figures).to_have_count(len(rows))
    expect(figures.last.locator("figcaption")).to_contain_text(f"Page {len(rows)} · Exhibit")
    for picture in (figures.first.locator("img"), figures.last.locator("img")):
        picture.scroll_into_view_if_needed()
        picture.evaluate("picture => picture.decode()")


def test_the_address_holds_no_secret_once_the_page_is_open(page: Page) -> None:
    assert page.url.endswith("/")


def test_the_words_of_a_page_can_be_selected(page: Page) -> None:
    page.locator("nav a", has_text="Cover Letter").click()

    expect(
        page.locator("figure", has_text="Cover Letter, page 1").locator(".words")
    ).to_contain_text("Request for Humanitarian Parole")


def test_keys_turn_pages_and_documents(page: Page) -> None:
    page.locator("main").focus()
    page.keyboard.press("j")
    expect(page.locator("#go-page")).to_have_value("2")
    page.keyboard.press("k")
    expect(page.locator("#go-page")).to_have_value("1")
    page.keyboard.press("n")
    second = page_in_view(page)
    page.keyboard.press("p")

    assert second == "2"
    expect(page.locator("#go-page")).to_have_value("1")


def test_a_question_mark_shows_the_keys_and_escape_puts_them_away(page: Page) -> None:
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_slash_finds_words_on_the_pages(page: Page) -> None:
    page.locator("main").focus()
    page.keyboard.press("/")
    page.keyboard.type("paroled into the")
    page.keyboard.press("Enter")

    expect(page.locator("#said")).to_contain_text("Found on")
    expect(page.locator("#found a").first).to_contain_text("Cover Letter, page 1")
    expect(page.locator("#beside h2")).to_contain_text("Cover Letter, page 1")


def test_words_that_stand_nowhere_are_found_nowhere(page: Page) -> None:
    page.fill("#find-words", "zanzibar")
    page.press("#find-words", "Enter")

    expect(page.locator("#said")).to_have_text("Found nowhere.")


def test_a_citation_opens_the_cited_page_beside(page: Page) -> None:
    page.locator("nav a", has_text="Humanitarian Justification").click()
    cited = page.locator("#beside [data-split]", has_text="Ex. ").first
    cited.wait_for()
    wanted = cited.get_attribute("data-split")
    before = page_in_view(page)
    cited.click()

    expect(page.locator("#split-heading")).to_contain_text(f"Page {wanted} · Exhibit")
    assert page_in_view(page) == before


def test_a_cited_page_says_where_it_is_cited(page: Page) -> None:
    page.locator("nav a", has_text="Ex. A").click()

    expect(page.locator("#beside")).to_contain_text("Cited in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 640])
def test_the_page_is_accessible(
    browser: Browser, packet_folder: Path, scheme: str, width: int
) -> None:
    with served(packet_folder) as one, opened(browser, one.link, width=width) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.locator("#beside h2").wait_for()
        result = Axe().run(page)

    assert result.violations_count == 0, result.generate_report()


def test_a_packet_built_again_is_offered_and_the_place_is_kept(
    browser: Browser, folders: Folders, packet_folder: Path
) -> None:
    with served(packet_folder) as one, opened(browser, one.link) as page:
        page.locator("nav a", has_text="Humanitarian Justification").click()
        expect(page.locator("#beside h2")).to_contain_text("Humanitarian Justification, page 1")
        text = changed(("needs an operation", "needs one operation"))
        (folders.cases / "boateng" / "case.yaml").write_text(text, encoding="utf-8")
        build(folders)
        page.get_by_role("button", name="Show the new packet").click()
        page.wait_for_load_state()

        expect(page.locator("#beside h2")).to_contain_text("Humanitarian Justification, page 1")
        expect(page.locator("body")).to_have_attribute(
            "data-build", manifest(packet_folder)["packet"]["sha256"]
        )


def test_printed_it_shows_the_pages_alone(page: Page) -> None:
    page.emulate_media(media="print")

    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator("main figure").first).to_be_visible()

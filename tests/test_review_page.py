"""The review page in a real browser: it shows the packet, and can be worked with keys alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from packet_builder.review.record import read_record
from tests.browser import chromium, opened
from tests.review_cases import ON, Office
from tests.reviewed import served, table_of


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    one = Office(tmp_path_factory.mktemp("office"))
    one.build()
    return one


def manifest(office: Office) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((office.filing / "packet.json").read_text("utf-8"))
    return content


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        yield page


def page_in_view(page: Page) -> str:
    return page.locator("#go-page").input_value()


def test_every_page_of_the_packet_is_there_under_its_name(page: Page, office: Office) -> None:
    rows = manifest(office)["pages"]
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


def test_keys_turn_pages_and_documents(page: Page, office: Office) -> None:
    page.locator("main").focus()
    page.keyboard.press("j")
    expect(page.locator("#go-page")).to_have_value("2")
    page.keyboard.press("k")
    expect(page.locator("#go-page")).to_have_value("1")
    page.keyboard.press("n")
    second = page_in_view(page)
    page.keyboard.press("p")

    assert second == str(manifest(office)["documents"][1]["first_page"])
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
def test_the_page_is_accessible(browser: Browser, office: Office, scheme: str, width: int) -> None:
    with served(table_of(office)) as one, opened(browser, one.link, width=width) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.locator("#beside h2").wait_for()
        result = Axe().run(page)
        page.get_by_role("button", name="Approve", exact=True).first.click()
        asked = Axe().run(page)

    assert result.violations_count == 0, result.generate_report()
    assert asked.violations_count == 0, asked.generate_report()


def test_a_packet_built_again_is_offered_and_the_place_is_kept(
    browser: Browser, office: Office
) -> None:
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        page.locator("nav a", has_text="Humanitarian Justification").click()
        expect(page.locator("#beside h2")).to_contain_text("Humanitarian Justification, page 1")
        office.write(("needs an operation", "needs one operation"))
        office.build()
        page.get_by_role("button", name="Show the new packet").click()
        page.wait_for_load_state()

        expect(page.locator("#beside h2")).to_contain_text("Humanitarian Justification, page 1")
        expect(page.locator("body")).to_have_attribute(
            "data-build", manifest(office)["packet"]["sha256"]
        )


def test_printed_it_shows_the_pages_alone(page: Page) -> None:
    page.emulate_media(media="print")

    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator("main figure").first).to_be_visible()


def decide(page: Page, kind: str, by: str, note: str = "") -> None:
    page.get_by_role("button", name=kind, exact=True).first.click()
    page.get_by_label("Your name").fill(by)
    page.get_by_label("In which role").select_option("attorney")
    page.get_by_label("Note").fill(note)
    page.get_by_role("dialog").get_by_role("button", name=kind, exact=True).click()


def go_to(page: Page, document: str) -> None:
    page.locator("nav a[data-document]", has_text=document).click()
    expect(page.locator("#beside h2")).to_contain_text(document)


def finalized(office: Office) -> Path:
    """Make the packet final by the command; gives its folder."""
    folders = office.folders
    command = [sys.executable, "-m", "packet_builder", "--cases", str(folders.cases)]
    command += ["--templates", str(folders.templates), "--output", str(folders.output)]
    command += ["finalize", "boateng", "--date", f"{ON:%Y-%m-%d}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Path(said.strip())


def badge(page: Page, document: str) -> Locator:
    return page.locator("nav li", has_text=document).locator(".state")


@pytest.fixture
def own_office(tmp_path: Path) -> Office:
    one = Office(tmp_path)
    one.build()
    return one


def test_a_document_is_approved_goes_stale_with_its_reason_and_is_approved_again(
    browser: Browser, own_office: Office
) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        go_to(page, "Humanitarian Justification")
        expect(badge(page, "Humanitarian Justification")).to_have_text("not approved")
        decide(page, "Approve", "Jordan Lee")
        expect(page.locator("#said")).to_contain_text("Recorded: approved")
        expect(badge(page, "Humanitarian Justification")).to_have_text("approved")
        expect(page.locator("#beside")).to_contain_text("approve Jordan Lee")

        own_office.write(("He bled twice", "He bled three times"))
        own_office.build()
        page.get_by_role("button", name="Show the new packet").click()
        expect(badge(page, "Humanitarian Justification")).to_have_text("stale")
        expect(page.locator("nav")).to_contain_text("Changed since it was approved")
        expect(page.locator("nav .reasons").first).to_contain_text("He bled three times")

        page.get_by_role("link", name="Compare Humanitarian Justification").click()
        expect(page.locator(".line.changed del")).to_have_text("twice")
        expect(page.locator(".line.changed ins")).to_have_text("three times")
        for picture in page.locator(".pair").first.locator("img").all():
            picture.evaluate("one => one.decode()")
        assert Axe().run(page).violations_count == 0
        page.get_by_role("link", name="Back to the pages").click()

        go_to(page, "Humanitarian Justification")
        decide(page, "Approve", "Jordan Lee", "Read again.")
        expect(badge(page, "Humanitarian Justification")).to_have_text("approved")


def test_an_approval_is_offered_in_the_roles_that_count(page: Page) -> None:
    go_to(page, "Cover Letter")
    page.get_by_role("button", name="Approve", exact=True).first.click()
    role = page.get_by_label("In which role")
    expect(role.locator("option:enabled")).to_have_text(
        ["choose", "attorney", "accredited representative"]
    )
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Remark", exact=True).first.click()
    expect(role.locator("option:disabled")).to_have_count(0)
    role.select_option("client")
    page.get_by_role("button", name="Cancel").click()


def test_the_role_is_kept_for_the_next_decision_where_it_counts(
    browser: Browser, own_office: Office
) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        go_to(page, "Cover Letter")
        page.get_by_role("button", name="Remark", exact=True).first.click()
        page.get_by_label("Your name").fill("Ann Osei")
        page.get_by_label("In which role").select_option("paralegal")
        page.get_by_label("Note").fill("Seen.")
        page.get_by_role("dialog").get_by_role("button", name="Remark").click()
        expect(page.locator("#beside")).to_contain_text("comment Ann Osei, paralegal")
        page.get_by_role("button", name="Remark", exact=True).first.click()
        expect(page.get_by_label("In which role")).to_have_value("paralegal")
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Approve", exact=True).first.click()
        expect(page.get_by_label("In which role")).to_have_value("")


def test_a_remark_is_made_on_the_words_that_are_selected(
    browser: Browser, own_office: Office
) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        go_to(page, "Humanitarian Justification")
        words = page.locator("#page-" + page_in_view(page)).locator(".words span").first
        words.wait_for()
        words.evaluate("span => getSelection().selectAllChildren(span)")
        page.locator("main").press("c")
        place = page.locator("#deciding-place").inner_text()
        page.get_by_label("Your name").fill("Ann Osei")
        page.get_by_label("In which role").select_option("paralegal")
        page.get_by_label("Note").fill("Is this the right date?")
        page.get_by_role("dialog").get_by_role("button", name="Remark").click()
        expect(page.locator("#beside")).to_contain_text("Is this the right date?")

    remark = read_record(own_office.case / "review").decisions[-1]
    assert remark.place
    assert remark.place in place
    assert remark.page == 1
    assert remark.by == "Ann Osei"


def test_changes_need_a_note_that_says_which(browser: Browser, own_office: Office) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        go_to(page, "Cover Letter")
        decide(page, "Request changes", "Jordan Lee")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_label("Note").fill("Name the hospital.")
        page.get_by_role("dialog").get_by_role("button", name="Request changes").click()

        expect(badge(page, "Cover Letter")).to_have_text("changes requested")
        expect(page.locator("#standing")).to_contain_text("Name the hospital.")


def test_a_decision_on_a_packet_that_was_replaced_is_refused(
    browser: Browser, own_office: Office
) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        go_to(page, "Cover Letter")
        page.get_by_role("button", name="Approve", exact=True).first.click()
        own_office.write(("needs an operation", "needs one operation"))
        own_office.build()
        page.get_by_label("Your name").fill("Jordan Lee")
        page.get_by_label("In which role").select_option("attorney")
        with page.expect_response("**/decide") as answered:
            page.get_by_role("dialog").get_by_role("button", name="Approve").click()
        expect(page.locator("#deciding-said")).to_contain_text("was built again since")

    assert answered.value.status == 409
    assert not (own_office.case / "review").exists()


def test_the_packet_as_a_whole_is_decided_on_by_itself(browser: Browser, office: Office) -> None:
    with served(table_of(office)) as one, opened(browser, one.link) as page:
        page.locator("[data-whole]").click()

        expect(page.locator("#standing")).to_contain_text("The packet as a whole")


def test_what_was_asked_for_last_is_shown_however_late_an_earlier_answer_comes(
    page: Page,
) -> None:
    held: list[Route] = []
    page.route("**/beside/2", lambda route: held.append(route))  # noqa: PLW0108 (not a builtin)
    with page.expect_request("**/beside/2"):
        page.keyboard.press("j")
    page.locator("[data-whole]").click()
    expect(page.locator("#standing")).to_contain_text("The packet as a whole")
    with page.expect_response("**/beside/2"):
        held[0].continue_()

    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 200))")
    expect(page.locator("#standing")).to_contain_text("The packet as a whole")


def test_claims_stand_beside_the_page_that_makes_them_and_the_page_that_proves_them(
    page: Page,
) -> None:
    go_to(page, "Humanitarian Justification")
    page.keyboard.press("j")
    expect(page.locator("#beside .claims")).to_contain_text("He bled twice")
    expect(page.locator("#beside .claims")).to_contain_text("case.yaml:")
    page.locator("#beside .claims [data-split]").first.click()
    proof = page.locator("#split").get_attribute("data-page")
    page.fill("#go-page", str(proof))
    page.press("#go-page", "Enter")

    expect(page.locator("#beside")).to_contain_text("What this page proves")


def test_the_evidence_matrix_leads_back_to_pages(page: Page) -> None:
    page.get_by_role("link", name="Evidence matrix").click()
    assert Axe().run(page).violations_count == 0
    boxes, lines = page.locator(".glance .box"), page.locator("table:not(.glance) tbody tr")
    assert boxes.count() == lines.count() > 20
    page.locator(".glance a").first.click()
    expect(page.locator("h2:target")).to_contain_text("Passport")
    page.locator("table:not(.glance) td a").first.click()

    expect(page.locator("#beside h2")).to_contain_text("Exhibit")


def test_small_pictures_lead_to_their_pages(page: Page) -> None:
    page.get_by_text("All pages as small pictures").click()
    fifth = page.get_by_role("link", name="Page 5", exact=True)
    fifth.locator("img").evaluate("picture => picture.decode()")
    fifth.click()

    expect(page.locator("#go-page")).to_have_value("5")


def test_what_was_approved_on_the_page_is_made_final(browser: Browser, own_office: Office) -> None:
    with served(table_of(own_office)) as one, opened(browser, one.link) as page:
        for link in page.locator("nav li:has(.state) a").all():
            link.click()
            title = link.evaluate(
                "one => one.parentElement.querySelector('.state').dataset.standing"
            )
            page.locator(f"#standing[data-subject={title}]").wait_for()
            decide(page, "Approve", "Jordan Lee")
            expect(page.locator(f"nav [data-standing={title}]")).to_have_text("approved")
        total = page.locator("nav .state").count()
        expect(page.locator("#progress")).to_have_text(f"{total} of {total} approved")
        made = finalized(own_office)
        page.get_by_role("link", name="All cases").click()
        expect(page.get_by_role("row", name="boateng")).to_contain_text("final")

    assert (made / "packet.pdf").is_file()


def test_the_board_shows_every_case_of_the_office(page: Page, office: Office) -> None:
    (office.case.parent / "mensah").mkdir(exist_ok=True)
    (office.case.parent / "mensah" / "case.yaml").write_text("filing: {}", "utf-8")
    page.get_by_role("link", name="All cases").click()

    expect(page.get_by_role("row", name="boateng")).to_contain_text("in review")
    expect(page.get_by_role("row", name="mensah")).to_contain_text("no packet")
    assert Axe().run(page).violations_count == 0


def test_nobody_can_decide_on_a_page_that_is_read_only(browser: Browser, office: Office) -> None:
    with (
        served(table_of(office), read_only=True) as one,
        opened(browser, one.link) as page,
    ):
        page.locator("#standing").wait_for()

        expect(page.locator("[data-decide]")).to_have_count(0)

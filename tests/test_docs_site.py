"""The documentation as a site: every page is reached, every link leads somewhere, no network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from playwright.sync_api import expect

from tests.browser import chromium, opened

DOCS = Path(__file__).parents[1] / "docs"
ROOT = DOCS.parent
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


def made(pages: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Make a site in a process of its own, as `make docs` does: Sphinx keeps much for itself."""
    command = [sys.executable, "-m", "docs.make_site", str(pages), str(site)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = made(DOCS, folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, lxml.html.HtmlElement]:
    return {path: lxml.html.fromstring(path.read_bytes()) for path in sorted(site.glob("*.html"))}


def test_each_page_of_the_docs_is_a_page_of_the_site(site: Path) -> None:
    pages = {path.stem for path in site.glob("*.html")} - {"search"}

    assert pages == {path.stem for path in DOCS.glob("*.md")}


def dead(pages: dict[Path, lxml.html.HtmlElement]) -> Iterator[str]:
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.xpath("//a/@href | //img/@src"):
            parts = urlsplit(str(link))
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if parts.scheme in {"http", "https"}:
                continue
            if not target.is_file() or (anchor and anchor not in ids.get(target, {anchor})):
                yield f"{path.name}: {link}"


def test_every_link_of_the_site_leads_somewhere(pages: dict[Path, lxml.html.HtmlElement]) -> None:
    assert len(pages) > 20
    assert list(dead(pages)) == []


def test_the_site_loads_nothing_from_elsewhere(
    site: Path, pages: dict[Path, lxml.html.HtmlElement]
) -> None:
    loaded = [
        str(link)
        for page in pages.values()
        for tag, attribute in LOADED.items()
        for link in page.xpath(f"//{tag}/@{attribute}")
    ]
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))

    assert "_static/styles/furo.css" in {link.partition("?")[0] for link in loaded}
    assert [link for link in loaded if urlsplit(link).netloc] == []
    assert re.findall(r"@import|url\([\"']?(?:https?:)?//", styles) == []


def test_a_page_opened_as_a_file_finds_words(site: Path) -> None:
    with (
        chromium() as browser,
        opened(browser, (site / "search.html").as_uri() + "?q=passphrase") as page,
    ):
        expect(page.locator("ul.search a").first).to_be_visible()

        assert "Handing a case over to another machine" in page.locator("ul.search").inner_text()


def test_a_link_that_leads_nowhere_and_a_page_that_nothing_leads_to_stop_it(tmp_path: Path) -> None:
    pages = tmp_path / "docs"
    pages.mkdir()
    (pages / "index.md").write_text("# Start\n\n[a](gone.md) [b](#there)\n", encoding="utf-8")
    (pages / "lonely.md").write_text("# Lonely\n", encoding="utf-8")

    done = made(pages, tmp_path / "site")

    assert done.returncode == 1
    assert "target not found: 'gone.md'" in done.stderr
    assert "target not found: 'there'" in done.stderr
    assert "lonely.md: WARNING: document isn't included in any toctree" in done.stderr

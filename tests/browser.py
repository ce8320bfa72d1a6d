"""Headless Chromium, as Debian ships it, for tests of the review page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.needed import needs

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; skips where it is absent."""
    needs("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        try:
            yield browser
        finally:
            browser.close()


def _is_fault(said: ConsoleMessage) -> bool:
    """Tell whether a page is at fault; that a decision was refused is no fault of it."""
    return said.type == "error" and "status of 409" not in said.text


@contextmanager
def opened(browser: Browser, link: str, *, width: int = 1400, height: int = 900) -> Iterator[Page]:
    """Open a link in a window of its own; what the page logs as an error fails the test."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    page.goto(link)
    try:
        yield page
        assert faults == []
    finally:
        context.close()

"""Measures the review page: python -m tests.bench.page [PAGES …].

Keeps for packets of about so many pages: seconds until the first page is drawn in headless
Chromium, those of jumps to a page far away, and the peak memory of the server.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from tests.bench.results import Row, begun, keep, rounded
from tests.browser import chromium
from tests.cases import changed
from tests.review_cases import Office

_JUMPS = 12
_FEW = 1000  # pages, up to which there is an aim


@dataclass(frozen=True, slots=True)
class Figures:
    """What one packet's page took."""

    pages: int
    first: float  # seconds
    jumps: tuple[float, ...]


def main(sizes: list[int]) -> None:
    """Measure one packet after the other."""
    began = begun()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        for size in sizes:
            rows += _rows(_measured(browser, _office(Path(name) / str(size), size)))
    keep("page", "Review page, in headless Chromium", began, rows)


def _rows(figures: Figures) -> Iterator[Row]:
    pages = f"{figures.pages:,} pages"
    peak = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    aims = ("0.6 s", "0.4 s") if figures.pages < _FEW else ("", "")
    yield Row(f"{pages}: first page drawn", "s", rounded([figures.first]), mib=peak, aim=aims[0])
    yield Row(f"{pages}: jump far away", "s", rounded(figures.jumps), aim=aims[1])


def _office(folder: Path, pages: int) -> Office:
    """Give an office whose case has one long exhibit."""
    folder.mkdir()
    record = (
        "  - {id: record, title: Patient file, kind: medical_record, file: exhibits/record.pdf}\n"
    )
    cited = ('"He bled twice [@doctor p. 1]."', '"He bled twice [@doctor p. 1; @record p. 2]."')
    text = changed((cited[0], cited[1]), ("evidence:\n", f"evidence:\n{record}"))
    office = Office(folder, text)
    _write_record(office.case / "exhibits" / "record.pdf", pages)
    office.build()
    return office


def _write_record(path: Path, pages: int) -> None:
    paper = canvas.Canvas(str(path), pagesize=letter, pageCompression=1, invariant=1)
    for page in range(1, pages + 1):
        for line in range(44):
            entry = f"Day {page}, entry {line}: seen by the ward's physician, stable, no complaint."
            paper.drawString(72, 720 - 15 * line, entry)
        paper.showPage()
    paper.save()


def _measured(browser: Browser, office: Office) -> Figures:
    folders = office.folders
    command = [sys.executable, "-m", "packet_builder"]
    command += ["--cases", str(folders.cases), "--templates", str(folders.templates)]
    command += ["--output", str(folders.output), "review", office.case.name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        link = server.stdout.readline().strip()
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        first = _first(page, link)
        pages = page.locator("main figure").count()
        jumps = tuple(_jump(page, 1 + number * 7919 % pages) for number in range(1, _JUMPS + 1))
        page.close()
        server.terminate()
    return Figures(pages, first, jumps)


def _first(page: Page, link: str) -> float:
    started = time.perf_counter()
    page.goto(link, wait_until="commit")
    page.locator("#page-1 img").evaluate("picture => picture.decode()")
    return time.perf_counter() - started


def _jump(page: Page, number: int) -> float:
    started = time.perf_counter()
    page.fill("#go-page", str(number))
    page.press("#go-page", "Enter")
    page.locator(f"#page-{number} img").evaluate("picture => picture.decode()")
    return time.perf_counter() - started


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or [150, 5000])

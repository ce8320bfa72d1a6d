"""The full sample becomes the pictures of the documentation: python -m docs.make_pictures."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.review.table import Table
from packet_builder.workspace import Folders
from tests.browser import chromium, opened
from tests.reviewed import served

_ROOT = Path(__file__).resolve().parents[1]
_PICTURES = _ROOT / "docs" / "pictures"
#: Document and page within it, as packet.json has them.
_SHEET = (
    ("letter-cover_letter", 1),
    ("form-i-131-nika", 6),
    ("letter-humanitarian_justification", 2),
    ("letter-parole_fee_exception-nika", 1),
    ("separator-birth-roya", 1),
    ("exhibit-birth-roya", 3),
    ("exhibit-sarkissova-letter", 1),
    ("exhibit-nika-record", 1),
)
_CLOSE = (("separator-birth-roya", 1), ("exhibit-birth-roya", 3))
_PAGE_WIDTH, _CLOSE_WIDTH = 300, 620
_GAP = 14
_AROUND, _EDGE = (226, 229, 233), (150, 155, 160)
_COLOURS = 160


def main() -> None:
    """Build the sample in a folder that is thrown away, and draw."""
    with tempfile.TemporaryDirectory() as name:
        folders = Folders(_ROOT / "case_data", _ROOT / "templates", _forms(), Path(name) / "output")
        result = built(Order("full", folders, None, "dxpdf"), lambda _: None)
        if result.packet is None:
            message = "the full sample has findings; run packet-builder check full"
            raise SystemExit(message)
        _draw(result.packet, result.manifest)
        _photograph(Table(folders.cases / "full", folders.output / "full", "initial_parole"))


def _forms() -> Path:
    """Give the folder of blanks; without them the pictures show slips."""
    return Path(os.environ.get("PACKET_BUILDER_FORMS", _ROOT / "forms"))


def _photograph(table: Table) -> None:
    """Take a picture of the review page at work."""
    with chromium() as browser, served(table) as page, opened(browser, page.link) as shown:
        shown.locator("nav a", has_text="Humanitarian Justification").click()
        shown.locator("main").press("j")
        shown.locator("#beside .claims [data-split]").nth(2).click()
        in_view = shown.locator("#go-page").input_value()
        for picture in (f"#page-{in_view} img", "#split img"):
            shown.locator(picture).evaluate("one => one.decode()")
        _save_view(shown, "review.png")
        _photograph_form(shown)


def _photograph_form(shown: Page) -> None:
    """Take a picture of a page of a form beside the facts that fill it."""
    shown.get_by_role("button", name="Close", exact=True).click()
    shown.locator("nav a", has_text="for Nika Sohrabi").filter(has_text="Form I-131").click()
    for _ in range(_SHEET[1][1] - 1):
        shown.locator("main").press("j")
    in_view = shown.locator("#go-page").input_value()
    shown.locator("#beside", has_text=f"Page {in_view} of the packet").wait_for()
    shown.locator(f"#page-{in_view} img").evaluate("one => one.decode()")
    _save_view(shown, "review-form.png")


def _save_view(shown: Page, name: str) -> None:
    save_picture(Image.open(io.BytesIO(shown.screenshot())).convert("RGB"), name)


def _draw(packet: Path, manifest: Mapping[str, Any]) -> None:
    first = {row["id"]: row["first_page"] for row in manifest["documents"]}
    pdf = pypdfium2.PdfDocument(packet)
    try:
        pages = [_page(pdf, first[name] + page - 1, _PAGE_WIDTH) for name, page in _SHEET]
        close = [_page(pdf, first[name] + page - 1, _CLOSE_WIDTH) for name, page in _CLOSE]
    finally:
        pdf.close()
    save_picture(_laid_out(pages, columns=4), "packet.png")
    save_picture(_laid_out([_lower_part(page) for page in close], columns=2), "closer.png")


def _page(pdf: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image:
    page = pdf[number - 1]
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return picture


def _lower_part(page: Image.Image) -> Image.Image:
    width, height = page.size
    return page.crop((0, height * 11 // 20, width, height))


def _laid_out(pages: Sequence[Image.Image], *, columns: int) -> Image.Image:
    width, height = pages[0].size
    rows = -(-len(pages) // columns)
    size = (columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _AROUND)
    pen = ImageDraw.Draw(sheet)
    for position, page in enumerate(pages):
        left = _GAP + position % columns * (width + _GAP)
        top = _GAP + position // columns * (height + _GAP)
        sheet.paste(page, (left, top))
        pen.rectangle((left - 1, top - 1, left + width, top + height), outline=_EDGE)
    return sheet


def save_picture(sheet: Image.Image, name: str) -> None:
    """Save a picture of the documentation in few colours."""
    few = sheet.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(_PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()

"""The events of deadlines.md become the picture there: python -m docs.make_timeline_picture."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from docs.make_pictures import save_picture
from packet_builder.agenda.agenda import read_agenda
from packet_builder.agenda.timeline import timeline_of
from packet_builder.documents.sheets.timeline import render_timeline
from packet_builder.workspace import shipped
from tests.cases import WHOLE, write_case

_PAGE = Path(__file__).parent / "deadlines.md"
_ON = dt.date(2027, 10, 1)
_WIDTH = 1100


def main() -> None:
    """Draw the timeline of the first events on the page."""
    found = re.search(r"```yaml\n(events:\n.*?)```", _PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None, _PAGE  # noqa: S101 - the page has them
    with tempfile.TemporaryDirectory() as name:
        folder = write_case(Path(name), WHOLE + found[1], "boateng-2026")
        agenda = read_agenda(folder, Path(name) / "output")
        pdf = Path(name) / "timeline.pdf"
        render_timeline(timeline_of(agenda, _ON), pdf, shipped("templates") / "pages")
        save_picture(_drawn(pdf), "timeline.png")


def _drawn(pdf: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture: Image.Image = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    return picture


if __name__ == "__main__":
    main()

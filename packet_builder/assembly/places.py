"""Places on a document's own pages become places on the pages of the packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

Corners = Sequence[float]  # left, bottom, right, top, in points
Place = tuple[int, Corners]  # a page, from 1, and corners on it

#: What the sheets that continue a form print below their lines.
_BELOW_LINES: Mapping[str, str] = MappingProxyType(
    {"signature": "Signature in ink", "date": "Date of signature"}
)
_INK = 30.0  # points above those words in which somebody writes


def lines_to_sign(sheets: Path) -> Iterator[tuple[int, Corners, str]]:
    """Give page, corners and kind of each line on the sheets that continue a form."""
    import pypdfium2  # noqa: PLC0415 - only where there are such sheets

    document = pypdfium2.PdfDocument(sheets)
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for what, words in _BELOW_LINES.items():
                if (found := text.search(words).get_next()) is not None:
                    left, _, right, top = text.get_charbox(found[0])
                    right = text.get_charbox(found[0] + found[1] - 1)[2]
                    corners = [round(side, 1) for side in (left, top, right, top + _INK)]
                    yield number, corners, what
    finally:
        document.close()


def on_packet_pages(pdf: Path, places: Sequence[Place]) -> list[Place]:
    """Give each place where the binder puts it; pages still count within the document."""
    from pypdf import PdfReader  # noqa: PLC0415 - only when not kept

    from packet_builder.packet.geometry import LETTER, Box  # noqa: PLC0415 - only when not kept
    from packet_builder.packet.placement import placement_of  # noqa: PLC0415 - only when not kept

    pages = PdfReader(pdf).pages
    moved: list[Place] = []
    for page, corners in places:
        box = placement_of(pages[page - 1], LETTER).matrix.box(Box(*corners))
        moved.append((page, [round(side, 1) for side in box]))
    return moved

"""Places on a document's own pages become places on the pages of the packet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Corners = Sequence[float]  # left, bottom, right, top, in points
Place = tuple[int, Corners]  # a page, from 1, and corners on it


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

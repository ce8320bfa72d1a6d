"""Pages of a packet that was filed become the words that stand on them, stamps apart."""

from __future__ import annotations

import contextlib
from pathlib import Path

from packet_builder.packet.geometry import STRIP
from packet_builder.packet.viewed import viewed, viewed_page


def texts_of(packet: Path, first: int, count: int) -> tuple[str, ...]:
    """Give the text layer of an exhibit's pages; "" for a page that is only a picture."""
    with viewed(packet, packet.name) as document:
        texts = []
        for index in range(first - 1, first - 1 + count):
            with (
                viewed_page(document, index, packet.name) as page,
                contextlib.closing(page.get_textpage()) as words,
            ):
                text: str = words.get_text_bounded(bottom=STRIP)
            texts.append(text if text.strip() else "")
    return tuple(texts)

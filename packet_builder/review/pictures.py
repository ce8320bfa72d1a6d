"""Pages of a packet become pictures to look at, and the words that lie on them."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import pypdfium2

_Found = TypeVar("_Found")
_KEPT_BYTES = 64_000_000
_QUALITY = 85
_EFFORT = 0  # of 6: a page in 20 ms, 10 % larger than at 4


class Size(StrEnum):
    """How large a picture is."""

    PAGE = "page"
    THUMB = "thumb"


_WIDTHS = {Size.PAGE: 1224, Size.THUMB: 132}  # dots; a Letter page has 612 points

#: left, bottom, right, top in points from the page's lower left corner, and the words.
Word = tuple[float, float, float, float, str]


class Pictures:
    """One packet, open to be looked at. PDFium serves one caller at a time: hence the lock."""

    def __init__(self, packet: Path) -> None:
        self._document = pypdfium2.PdfDocument(packet)
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Size], bytes] = OrderedDict()
        self._kept_bytes = 0
        self._texts: dict[int, str] = {}

    def close(self) -> None:
        """Let go of the packet."""
        with self._lock:
            self._document.close()

    def picture(self, page: int, size: Size) -> bytes:
        """Give a page, counted from 1, as WebP."""
        with self._lock:
            key = (page, size)
            if key not in self._kept:
                self._keep(key, self._drawn(page, size))
            self._kept.move_to_end(key)
            return self._kept[key]

    def words(self, page: int) -> Sequence[Word]:
        """Give the words of a page, counted from 1, and where they lie."""
        return self._on_page(page, _words_of)

    def plain_text(self, page: int) -> str:
        """Give the text of a page, counted from 1, in small letters and on one line."""
        if page not in self._texts:
            text = self._on_page(page, lambda text: str(text.get_text_bounded()))
            self._texts[page] = " ".join(text.split()).casefold()
        return self._texts[page]

    def _on_page(self, page: int, look: Callable[[pypdfium2.PdfTextPage], _Found]) -> _Found:
        with self._lock:
            opened = self._document[page - 1]
            try:
                return look(opened.get_textpage())
            finally:
                opened.close()

    def _drawn(self, page: int, size: Size) -> bytes:
        opened = self._document[page - 1]
        try:
            bitmap = opened.render(scale=_WIDTHS[size] / opened.get_width())
            target = io.BytesIO()
            picture = bitmap.to_pil().convert("RGB")
            picture.save(target, "WEBP", quality=_QUALITY, method=_EFFORT)
            return target.getvalue()
        finally:
            opened.close()

    def _keep(self, key: tuple[int, Size], picture: bytes) -> None:
        self._kept[key] = picture
        self._kept_bytes += len(picture)
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped)


def _words_of(text: pypdfium2.PdfTextPage) -> Sequence[Word]:
    found = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top)
        sides = (round(side, 1) for side in (left, bottom, right, top))
        found.append((*sides, words))
    return found

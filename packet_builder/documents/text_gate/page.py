"""A PDF becomes the text of its pages, and what on them no one could read or see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_OVERLAP = 0.4  # of the smaller box; tight lines and superscripts stay below 0.25
_LEAST_POINTS = 4.0  # smaller boxes are dots and commas
_SLACK_POINTS = 2.0  # overhang of a glyph


@dataclass(frozen=True, slots=True)
class Box:
    """Where a piece of a line stands, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Give the area in square points."""
        return (self.right - self.left) * (self.top - self.bottom)

    def shared_with(self, other: Box) -> float:
        """Give the part of the smaller box that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        if wide <= 0 or high <= 0:
            return 0.0
        return wide * high / min(self.area, other.area)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What a page shows."""

    text: str
    overprinted: tuple[tuple[str, str], ...]  # two pieces of text, one over the other
    cut_off: tuple[str, ...]  # pieces that lie beyond the edge of the paper
    pictures: int


def printed_pages(content: bytes) -> tuple[PrintedPage, ...]:
    """Read the pages of a PDF."""
    with pdfium.PdfDocument(content) as document:
        return tuple(_printed(page) for page in document)


def _printed(page: pdfium.PdfPage) -> PrintedPage:
    textpage = page.get_textpage()
    boxes = list(_boxes(textpage))
    pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])
    beyond = (box for box in boxes if _is_beyond(box, *page.get_size()))
    return PrintedPage(
        textpage.get_text_range(),
        tuple(_overprinted(boxes, textpage)),
        tuple(text for box in beyond if (text := _text(box, textpage))),
        sum(1 for _ in pictures),
    )


def _boxes(textpage: pdfium.PdfTextPage) -> Iterator[Box]:
    for number in range(textpage.count_rects()):
        box = Box(*textpage.get_rect(number))
        if min(box.right - box.left, box.top - box.bottom) >= _LEAST_POINTS:
            yield box


def _overprinted(boxes: Sequence[Box], textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, str]]:
    ordered = sorted(boxes, key=lambda box: box.bottom)
    for number, box in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.bottom >= box.top:
                break
            if box.shared_with(other) > _OVERLAP:
                texts = _text(box, textpage), _text(other, textpage)
                if not any(map(_is_mark, "".join(texts))):
                    yield texts


def _text(box: Box, textpage: pdfium.PdfTextPage) -> str:
    text = textpage.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return " ".join(text.split())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")  # drawn over its letter by design


def _is_beyond(box: Box, width: float, height: float) -> bool:
    return (
        box.left < -_SLACK_POINTS
        or box.bottom < -_SLACK_POINTS
        or box.right > width + _SLACK_POINTS
        or box.top > height + _SLACK_POINTS
    )

"""Pages of a form become pictures for review: each box outlined, numbered, coloured by state."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from packet_builder.documents.fonts import FONTS

_SCALE = 2.5  # 180 dots an inch: print stays legible below the numbers
_FACE = FONTS / "LiberationSans-Bold.ttf"
_NUMBER, _LEGEND = 15, 22  # heights of type, in dots
_STRIP = 74  # dots below the page for the legend
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Colour = tuple[int, int, int]


class BoxState(StrEnum):
    """What became of a box, as the legend names it."""

    FILLED = "filled from the facts"
    OPEN = "open: the facts do not answer"
    BLANK = "blank: does not apply here, or may stay blank"
    INK = "for ink"
    NEVER = "never filled"
    UNMAPPED = "not in the map"


COLOURS: Mapping[BoxState, Colour] = MappingProxyType(
    {
        BoxState.FILLED: (0, 122, 61),
        BoxState.OPEN: (200, 30, 30),
        BoxState.BLANK: (176, 128, 0),
        BoxState.INK: (20, 80, 200),
        BoxState.NEVER: (120, 120, 120),
        BoxState.UNMAPPED: (190, 0, 190),
    }
)


@dataclass(frozen=True, slots=True)
class MarkedBox:
    """A box on a page, with its number in the table of fields."""

    number: int
    page: int
    rect: tuple[float, float, float, float]
    state: BoxState


def marked_pages(pdf: Path, title: str, boxes: Sequence[MarkedBox]) -> Iterator[bytes]:
    """Give a PNG for each page of a flattened form."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = len(document)
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=_SCALE).to_pil().convert("RGB")
            here = [box for box in boxes if box.page == number]
            _draw_boxes(picture, here)
            yield _png(_with_legend(picture, f"{title}, page {number} of {pages}", here))


def _draw_boxes(picture: Image.Image, boxes: Sequence[MarkedBox]) -> None:
    face = ImageFont.truetype(str(_FACE), _NUMBER)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        colour = COLOURS[box.state]
        left, bottom, right, top = box.rect
        area = (
            left * _SCALE,
            picture.height - top * _SCALE,
            right * _SCALE,
            picture.height - bottom * _SCALE,
        )
        draw.rectangle(area, outline=colour, width=2)
        words = str(box.number)
        wide, high = draw.textlength(words, font=face) + 4, _NUMBER
        corner = (area[0] - wide + 4, area[1] - high / 2)
        draw.rectangle((*corner, corner[0] + wide, corner[1] + high), fill=colour)
        draw.text((corner[0] + 2, corner[1] - 1), words, fill=_WHITE, font=face)


def _with_legend(picture: Image.Image, title: str, boxes: Sequence[MarkedBox]) -> Image.Image:
    """Put a strip below a page that says what the colours of its boxes mean."""
    whole = Image.new("RGB", (picture.width, picture.height + _STRIP), _WHITE)
    whole.paste(picture)
    draw = ImageDraw.Draw(whole)
    face = ImageFont.truetype(str(_FACE), _LEGEND)
    draw.line((0, picture.height, picture.width, picture.height), fill=_BLACK, width=2)
    draw.text((20, picture.height + 8), title, fill=_BLACK, font=face)
    across = 20.0
    states = [state for state in BoxState if any(box.state is state for box in boxes)]
    for state in states:
        count = sum(box.state is state for box in boxes)
        words = f"{count} {state.value}"
        row = picture.height + 40
        draw.rectangle((across, row + 2, across + 20, row + 22), outline=COLOURS[state], width=4)
        draw.text((across + 28, row), words, fill=COLOURS[state], font=face)
        across += 28 + draw.textlength(words, font=face) + 30
    return whole


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()

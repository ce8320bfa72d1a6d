"""A PDF's pages are looked at for their sizes, and for content that does not unpack."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    NameObject,
    RectangleObject,
    StreamObject,
)

from packet_builder.documents.intake.errors import (
    ExhibitTooLargeError,
    ExhibitUnreadableError,
    NoPagesError,
    PageSizeError,
)
from packet_builder.documents.intake.pdf_marks import plain
from packet_builder.documents.intake.pdf_parts import check_parts

_PAGES_LIMIT = 5_000
_LONGEST_SIDE = 14_400.0  # points: the largest page that PDF 1.7 (annex C) knows, 200 inches
_SHORTEST_SIDE = 9.0  # an eighth of an inch
_LETTER = (0.0, 0.0, 612.0, 792.0)
_BOX_NUMBERS = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageMending:
    """What one page dictionary needs before it can be bound."""

    page: int
    media_box: Box | None = None
    drops: tuple[str, ...] = ()  # keys without sense: the viewer ignores them

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what was mended where it decides what shows."""
        if self.media_box is None:
            return ()
        return (f"page {self.page}: had no usable size, shown on US Letter",)


@dataclass(frozen=True, slots=True)
class PagesLook:
    """What was found on the pages of a PDF."""

    mendings: tuple[PageMending, ...]
    notes: tuple[str, ...]


def look_at_pages(name: str, reader: PdfReader) -> PagesLook:
    """Check every page; raises for a page that cannot go into a packet."""
    count = len(reader.pages)
    if not count:
        raise NoPagesError(name)
    if count > _PAGES_LIMIT:
        raise ExhibitTooLargeError(name, f"has {count:,} pages (at most {_PAGES_LIMIT:,})")
    mendings: list[PageMending | None] = []
    notes: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        drawing = _drawing(name, number, page)
        notes += check_parts(name, number, page, drawing)
        mendings.append(_size_mending(name, number, page))
        reader.resolved_objects.clear()  # else all content streams of the file stay in memory
    return PagesLook(tuple(one for one in mendings if one is not None), tuple(notes))


def mend_page(page: PageObject, mending: PageMending) -> None:
    """Write into our copy what look_at_pages found wanting."""
    if mending.media_box is not None:
        page[NameObject("/MediaBox")] = RectangleObject(mending.media_box)
    for key in mending.drops:
        page.pop(NameObject(key), None)
    page[NameObject("/Type")] = NameObject("/Page")


def _drawing(name: str, number: int, page: PageObject) -> bytes:
    try:
        return b"\n".join(map(_unpacked, _content_streams(page)))
    except LimitReachedError as error:
        raise ExhibitTooLargeError(
            name, f"has a page {number} that unpacks to more than 75 MB of drawing"
        ) from error
    except MemoryError:
        raise
    except Exception as error:
        raise ExhibitUnreadableError(
            name, f"is damaged: page {number} cannot be unpacked"
        ) from error


def _unpacked(stream: StreamObject) -> bytes:
    """Keep nothing of it, as get_data() would of what is packed."""
    return decode_stream_data(stream) if "/Filter" in stream else stream.get_data()


def _content_streams(page: PageObject) -> tuple[StreamObject, ...]:
    whole = plain(page.get("/Contents"))
    parts = whole if isinstance(whole, ArrayObject) else [whole]
    return tuple(part for part in map(plain, parts) if isinstance(part, StreamObject))


def _size_mending(name: str, number: int, page: PageObject) -> PageMending | None:
    media, crop = _box(page, "/MediaBox"), _box(page, "/CropBox")
    shown = _common(media or _LETTER, crop) if crop else media or _LETTER
    drops = ["/CropBox"] if "/CropBox" in page and (crop is None or shown is None) else []
    unit = _number(page.get("/UserUnit", 1.0))
    if unit is None or unit <= 0:
        drops.append("/UserUnit")
        unit = 1.0
    left, bottom, right, top = shown or media or _LETTER
    width, height = (right - left) * unit, (top - bottom) * unit
    if max(width, height) > _LONGEST_SIDE or min(width, height) < _SHORTEST_SIDE:
        raise PageSizeError(name, number, width, height)
    if media is not None and not drops and page.get("/Type") == "/Page":
        return None
    return PageMending(number, None if media else _LETTER, tuple(drops))


def _box(page: PageObject, key: str) -> Box | None:
    """Give a box with its corners in order; None where it is missing or encloses nothing."""
    numbers = plain(page.get(key))
    if not isinstance(numbers, ArrayObject) or len(numbers) != _BOX_NUMBERS:
        return None
    values = [_number(value) for value in numbers]
    if None in values:
        return None
    x0, y0, x1, y1 = cast("list[float]", values)
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _common(media: Box, crop: Box) -> Box | None:
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _number(value: object) -> float | None:
    number = plain(value)
    return float(number) if isinstance(number, int | float) and math.isfinite(number) else None

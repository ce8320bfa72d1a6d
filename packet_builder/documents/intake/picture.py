"""A picture, ready to stand on a page, and where on US Letter it stands: arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass

from packet_builder.documents.intake.errors import ImageTooLargeError

PAGE_WIDTH = 612.0
PAGE_HEIGHT = 792.0
PIXELS_LIMIT = 250_000_000  # an A3 page at 1,200 dpi has 279 million, at 600 dpi 70 million

_MARGIN = 36.0
_USUAL_DPI = 150.0  # where the picture does not say its own
_SCREEN_DPI = 72.0
_TINY_SIDE = 288.0  # 4 in: a tiny picture is enlarged up to this, and to no less than 72 dpi
_SANE_DPI = (36.0, 4800.0)
_ROUNDING = 1.0  # 1,700 px at 200.01 dpi is still a Letter page

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """Encoded pixels, with what a PDF viewer needs to decode them."""

    width: int  # in pixels as stored, before orientation
    height: int
    components: int  # of the pixels, or of the palette's colours
    bits: int
    encoding: str  # /Filter and /DecodeParms
    content: bytes
    palette: bytes | None = None
    inverted: bool = False  # full ink is stored as 0, as Adobe writes CMYK
    icc: bytes | None = None
    orientation: int = 1  # as EXIF counts: 1 is upright
    dpi: tuple[float, float] | None = None  # along width and height as stored
    removals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check_pixels(name: str, width: int, height: int) -> None:
    """Refuse a picture that would take gigabytes to unpack."""
    if width * height > PIXELS_LIMIT:
        raise ImageTooLargeError(name, width, height, PIXELS_LIMIT)


def placement(picture: Picture) -> Matrix:
    """Give the matrix that shows a picture upright, centred, and whole on US Letter."""
    width, height = _shown_size(picture)
    x, y = (PAGE_WIDTH - width) / 2, (PAGE_HEIGHT - height) / 2
    right, top = x + width, y + height
    return {
        1: (width, 0.0, 0.0, height, x, y),
        2: (-width, 0.0, 0.0, height, right, y),
        3: (-width, 0.0, 0.0, -height, right, top),
        4: (width, 0.0, 0.0, -height, x, top),
        5: (0.0, -height, -width, 0.0, right, top),
        6: (0.0, -height, width, 0.0, x, top),
        7: (0.0, height, width, 0.0, x, y),
        8: (0.0, height, -width, 0.0, right, y),
    }[picture.orientation]


def _shown_size(picture: Picture) -> tuple[float, float]:
    """Give width and height in points, as the upright picture stands on the page."""
    width, height = _natural_size(picture)
    if picture.orientation >= 5:  # noqa: PLR2004 - EXIF 5 to 8 lie on their side
        width, height = height, width
    fits = width <= PAGE_WIDTH + _ROUNDING and height <= PAGE_HEIGHT + _ROUNDING
    if picture.dpi and _is_sane(picture.dpi) and fits:
        return width, height
    room = min((PAGE_WIDTH - 2 * _MARGIN) / width, (PAGE_HEIGHT - 2 * _MARGIN) / height)
    scale = min(room, 1.0)
    return width * scale, height * scale


def _natural_size(picture: Picture) -> tuple[float, float]:
    if picture.dpi and _is_sane(picture.dpi):
        return picture.width * 72 / picture.dpi[0], picture.height * 72 / picture.dpi[1]
    usual = 72 / _USUAL_DPI
    longest = max(picture.width, picture.height)
    screen = min(_TINY_SIDE / longest, 72 / _SCREEN_DPI)
    return picture.width * max(usual, screen), picture.height * max(usual, screen)


def _is_sane(dpi: tuple[float, float]) -> bool:
    return all(_SANE_DPI[0] <= value <= _SANE_DPI[1] for value in dpi)

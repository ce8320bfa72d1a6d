"""A page becomes the answer to whether words lie under its dark boxes, where anybody can copy them.

A black box over living text is no redaction: the words are still in the file. What decides is what
a reader sees: letters are covered where their place is one dark colour through and through.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

_COARSE = 0.5  # pixels a point: enough to tell that there is no box
_FINE = 2.0
_LONGEST = 3_000  # pixels
_DARK = 110  # levels of 255
_ONE_COLOUR = 24  # levels that the place of a covered letter may differ by
_LETTERS = 3  # one after the other: fewer may be a stain, or the edge of a stamp
_BESIDE = 0.12  # of a letter's height: else the bar of an l, or an I, is a dark box of its own
_WITHIN = 0.15  # of its height: a box may leave out the ends of strokes


Area = tuple[float, float, float, float]  # left, bottom, right, top, in points


def has_covered_words(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> bool:
    """Tell whether words of a page lie under a dark box. The page is drawn for that in any case."""
    if not _has_box(_drawn(page, _COARSE)) or text_page.count_chars() < _LETTERS:
        return False
    bitmap = page.render(scale=_fitting(page, _FINE), grayscale=True, may_draw_forms=False)
    picture, place = bitmap.to_pil(), bitmap.get_posconv(page)
    run = 0
    for areas in _letter_areas(text_page):
        corners = ((place.to_bitmap(*area[:2]), place.to_bitmap(*area[2:])) for area in areas)
        run = run + 1 if any(_is_one_dark_colour(picture, each) for each in corners) else 0
        if run >= _LETTERS:
            return True
    return False


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(
        scale=_fitting(page, scale), grayscale=True, may_draw_forms=False
    ).to_pil()
    return picture


def _fitting(page: pypdfium2.PdfPage, scale: float) -> float:
    return min(scale, _LONGEST / max(map(float, page.get_size())))


def _has_box(picture: Image.Image) -> bool:
    """Tell whether a dark place is larger than any stroke of a letter."""
    darkest, _ = _levels(_lightest_around(picture))
    return darkest <= _DARK


def _lightest_around(picture: Image.Image) -> Image.Image:
    """Give each pixel the lightest of three by three: 6 points, less than a line of small print."""
    for across, down in ((1, 0), (0, 1)):
        one, two = (ImageChops.offset(picture, step * across, step * down) for step in (1, 2))
        picture = ImageChops.lighter(ImageChops.lighter(picture, one), two)
    return picture


def _levels(picture: Image.Image) -> tuple[float, float]:
    """Give the darkest and the lightest grey."""
    darkest, lightest = picture.convert("L").getextrema()
    assert isinstance(darkest, int | float)  # noqa: S101 - there is one band
    assert isinstance(lightest, int | float)  # noqa: S101 - there is one band
    return darkest, lightest


def _letter_areas(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[Area, Area]]:
    """Yield where letters and digits stand, in the order of the text.

    Each with a little of what is beside it, to the left or to the right: a box may end with it.
    """
    for index in range(text_page.count_chars()):
        if chr(raw.FPDFText_GetUnicode(text_page, index)).isalnum():
            left, bottom, right, top = text_page.get_charbox(index)
            height = top - bottom
            beside, within = _BESIDE * height, _WITHIN * height
            low, high = bottom + within, top - within
            yield (left - beside, low, right, high), (left, low, right + beside, high)


def _is_one_dark_colour(
    picture: Image.Image, corners: tuple[tuple[int, int], tuple[int, int]]
) -> bool:
    (x0, y0), (x1, y1) = corners
    left, right = sorted(min(max(x, 0), picture.width) for x in (x0, x1))
    upper, lower = sorted(min(max(y, 0), picture.height) for y in (y0, y1))
    if right - left < 1 or lower - upper < 1:
        return False
    darkest, lightest = _levels(picture.crop((left, upper, right, lower)))
    return lightest <= _DARK and lightest - darkest <= _ONE_COLOUR

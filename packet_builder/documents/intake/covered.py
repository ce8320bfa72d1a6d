"""A page becomes the answer to whether words lie out of sight on it, where anybody can copy them.

A box over living text is no redaction: the words are still in the file. What decides is what a
reader sees. Letters are covered where their place is one dark colour through and through; and,
whatever the colour, where they come to light when that is left out which was painted over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from packet_builder.documents.intake.painted_over import Area, painted_over_words, without

_COARSE = 0.5  # pixels a point: enough to tell that there is no box
_FINE = 2.0
_LONGEST = 3_000  # pixels
_DARK = 110  # levels of 255
_ONE_COLOUR = 24  # levels that the place of a covered letter may differ by
_LEGIBLE = 60  # levels that the place of a letter differs by at least, where one can read it
_LETTERS = 3  # one after the other: fewer may be a stain, or the edge of a stamp
_BESIDE = 0.12  # of a letter's height: else the bar of an l, or an I, is a dark box of its own
_WITHIN = 0.15  # of its height: a box may leave out the ends of strokes


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter or digit of a page, and where it stands."""

    sign: str
    areas: tuple[Area, Area]  # with a little of what is to its left, or right: a box may end there


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page as a reader sees it, in grey."""

    pixels: Image.Image
    place: pypdfium2.PdfPosConv

    def levels(self, area: Area) -> tuple[float, float]:
        """Give the darkest and the lightest grey of an area; for none, what no ink looks like."""
        corners = self.place.to_bitmap(*area[:2]), self.place.to_bitmap(*area[2:])
        left, right = sorted(min(max(x, 0), self.pixels.width) for x, _ in corners)
        upper, lower = sorted(min(max(y, 0), self.pixels.height) for _, y in corners)
        if right - left < 1 or lower - upper < 1:
            return 0, 255
        return _levels(self.pixels.crop((left, upper, right, lower)))


def has_covered_words(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> bool:
    """Tell whether words of a page are covered. The page is drawn for that in any case."""
    if text_page.count_chars() < _LETTERS:
        return False
    seen = _drawn(page, _COARSE).pixels
    return (_has_box(seen) and _are_under_dark(page, text_page)) or _are_painted_over(
        page, text_page, seen
    )


def _are_under_dark(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> bool:
    picture = _drawn(page, _FINE)

    def is_dark(area: Area) -> bool:
        darkest, lightest = picture.levels(area)
        return lightest <= _DARK and lightest - darkest <= _ONE_COLOUR

    return any(len(run) >= _LETTERS for run in _runs(text_page, is_dark))


def _are_painted_over(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, seen: Image.Image
) -> bool:
    """Tell whether words come to light without what was painted over them.

    A filler of one letter, as forms print it below a field, hides nothing.
    """
    covers = painted_over_words(page)
    if not covers:
        return False
    with without(covers):
        _, most = _levels(ImageChops.difference(seen, _drawn(page, _COARSE).pixels))
        if most <= _ONE_COLOUR:
            return False
        below = _drawn(page, _FINE)
    above = _drawn(page, _FINE)

    def is_hidden(area: Area) -> bool:
        darkest, lightest = above.levels(area)
        if lightest - darkest > _ONE_COLOUR:
            return False
        darkest, lightest = below.levels(area)
        return lightest - darkest >= _LEGIBLE

    return any(len(run) >= _LETTERS and len(set(run)) > 1 for run in _runs(text_page, is_hidden))


def _runs(text_page: pypdfium2.PdfTextPage, holds: Callable[[Area], bool]) -> Iterable[str]:
    """Yield the letters that follow one another, and hold each by one of its areas."""
    run = ""
    for letter in _letters(text_page):
        if any(map(holds, letter.areas)):
            run += letter.sign
        elif run:
            yield run
            run = ""
    yield run


def _drawn(page: pypdfium2.PdfPage, scale: float) -> _Picture:
    fitting = min(scale, _LONGEST / max(map(float, page.get_size())))
    bitmap = page.render(scale=fitting, grayscale=True, may_draw_forms=False)
    return _Picture(bitmap.to_pil().convert("L"), bitmap.get_posconv(page))


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
    darkest, lightest = picture.getextrema()
    assert isinstance(darkest, int | float)  # noqa: S101 - there is one band
    assert isinstance(lightest, int | float)  # noqa: S101 - there is one band
    return darkest, lightest


def _letters(text_page: pypdfium2.PdfTextPage) -> Iterator[_Letter]:
    """Yield letters and digits in the order of the text."""
    for index in range(text_page.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text_page, index))
        if sign.isalnum():
            left, bottom, right, top = text_page.get_charbox(index)
            height = top - bottom
            beside, within = _BESIDE * height, _WITHIN * height
            low, high = bottom + within, top - within
            areas = (left - beside, low, right, high), (left, low, right + beside, high)
            yield _Letter(sign, areas)

"""Looks at the pages of a filled form: every value legible in its box, nothing else changed."""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from packet_builder.documents.forms.box import Box, BoxKind
from packet_builder.documents.forms.errors import FormProofError
from packet_builder.documents.forms.placing import Written

_SCALE = 1.5  # 108 dots an inch: a letter's stem is two dots
_NOISE = 40  # of 255: anti-aliasing of what did not move stays below
_BORDER = 1.0  # points around a box where its own letters may still leave a shade
_PRINTABLE_DOTS = 4
_HYPHENS = {"\ufffe": "-", "\u0002": "-"}  # how pdfium tells a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter on a page, in points from the lower left corner."""

    sign: str
    place: int  # in reading order
    left: float
    bottom: float
    right: float
    top: float


def prove(blank: Path, filled: Path, form: str, written: Sequence[Written]) -> None:
    """Compare a filled form with its blank, both flattened.

    Raises FormProofError with the first field that is not as it should be.
    """
    before, after = pypdfium2.PdfDocument(blank), pypdfium2.PdfDocument(filled)
    try:
        for number in range(1, len(before) + 1):
            here = [one for one in written if one.box.page == number]
            _prove_page(before[number - 1], after[number - 1], form, here)
    finally:
        before.close()
        after.close()


def _prove_page(
    before: pypdfium2.PdfPage, after: pypdfium2.PdfPage, form: str, written: Sequence[Written]
) -> None:
    height = before.get_height()
    changed = _changed(before, after)
    outside = changed.copy()
    for one in written:
        area = _area(one.box, height)
        if changed.crop(area).histogram()[255] < _PRINTABLE_DOTS:
            raise FormProofError(form, one.box.name, "shows nothing on the page")
        ImageDraw.Draw(outside).rectangle(area, fill=0)
    if outside.getbbox():
        named = written[0].box.name if written else "page"
        raise FormProofError(form, named, "or one near it changed the page outside of its box")
    texts = [one for one in written if one.box.kind is not BoxKind.TICK]
    letters = _letters_on(after) if texts else []
    for one in texts:
        if not _is_legible(letters, one):
            raise FormProofError(form, one.box.name, "does not show its whole value in its box")


def _changed(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage) -> Image.Image:
    """Give a picture that is white where two pages differ."""
    pictures = (page.render(scale=_SCALE, grayscale=True).to_pil() for page in (before, after))
    return ImageChops.difference(*pictures).point(lambda dot: 255 if dot > _NOISE else 0)


def _area(box: Box, height: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = box.rect
    return (
        int((left - _BORDER) * _SCALE),
        int((height - top - _BORDER) * _SCALE),
        int((right + _BORDER) * _SCALE) + 1,
        int((height - bottom + _BORDER) * _SCALE) + 1,
    )


def _is_legible(letters: Sequence[_Letter], one: Written) -> bool:
    """Tell whether a value's letters stand in its box, in their order."""
    left, bottom, right, top = one.box.rect
    first = bisect_left(letters, bottom - _BORDER, key=lambda letter: letter.bottom)
    inside = [
        letter
        for letter in itertools.takewhile(lambda letter: letter.bottom < top, letters[first:])
        if letter.left >= left - _BORDER
        and letter.right <= right + _BORDER
        and letter.top <= top + _BORDER
    ]
    seen = "".join(letter.sign for letter in sorted(inside, key=lambda letter: letter.place))
    meant = "".join(itertools.chain(*(run.text.split() for run in one.runs)))
    return meant in seen


def _letters_on(page: pypdfium2.PdfPage) -> list[_Letter]:
    """Read the letters of a page once for all of its fields, the lowest first."""
    text = page.get_textpage()
    sides = [ctypes.c_double() for _ in range(4)]
    references = [ctypes.byref(side) for side in sides]
    letters: list[_Letter] = []
    for place in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, place))
        if sign.strip():
            pdfium.FPDFText_GetCharBox(text, place, *references)
            left, right, bottom, top = (side.value for side in sides)
            letters.append(_Letter(_HYPHENS.get(sign, sign), place, left, bottom, right, top))
    return sorted(letters, key=lambda letter: letter.bottom)

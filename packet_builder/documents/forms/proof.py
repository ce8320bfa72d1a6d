"""Looks at the pages of a filled form: every value legible in its box, nothing else changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from packet_builder.documents.forms.box import Box, BoxKind
from packet_builder.documents.forms.errors import FormProofError
from packet_builder.documents.forms.placing import Written

_SCALE = 1.5  # 108 dots an inch: a letter's stem is two dots
_NOISE = 40  # of 255: anti-aliasing of what did not move stays below
_BORDER = 1.0  # points around a box where its own letters may still leave a shade
_PRINTABLE_DOTS = 4


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter on a page, in points from the lower left corner."""

    sign: str
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
    letters = tuple(_letters_on(after)) if texts else ()
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
    seen = "".join(
        letter.sign
        for letter in letters
        if letter.left >= left - _BORDER
        and letter.right <= right + _BORDER
        and letter.bottom >= bottom - _BORDER
        and letter.top <= top + _BORDER
    )
    meant = "".join(itertools.chain(*(run.text.split() for run in one.runs)))
    return meant in seen


def _letters_on(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    """Read the letters of a page with their places, once for all of its fields."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        sign = text.get_text_range(index, 1)
        if sign.strip():
            yield _Letter(sign, *text.get_charbox(index))

"""A page becomes what on it was painted over words: areas and pictures that may hide them.

What is painted before the words is their ground: the white of a form's field, the tint of a table's
row, a letterhead. Only what comes after them, and lies where they lie, can hide them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from packet_builder.documents.intake.page_objects import painted, parts_of

Area = tuple[float, float, float, float]  # left, bottom, right, top, in points

_SMALLEST = 3.0  # points: no smaller thing hides a letter


def painted_over_words(page: pypdfium2.PdfPage) -> tuple[object, ...]:
    """Give the areas and pictures of a page that were painted later than words in their place."""
    return tuple(_over_words(page.raw))


@contextmanager
def without(things: Sequence[object]) -> Iterator[None]:
    """Draw the page without some of its things meanwhile."""
    for thing in things:
        raw.FPDFPageObj_SetIsActive(thing, False)  # noqa: FBT003 - as the library has it
    try:
        yield
    finally:
        for thing in things:
            raw.FPDFPageObj_SetIsActive(thing, True)  # noqa: FBT003 - as the library has it


def _over_words(page: object) -> Iterator[object]:
    words: list[Area] = []
    for thing in painted(page):
        area = _area_of(thing)
        parts = tuple(parts_of(thing))
        if any(raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_TEXT for part in parts):
            words.append(area)
        if _may_hide(area) and any(_overlap(area, each) for each in words):
            yield from filter(_is_area_or_picture, parts)


def _area_of(thing: object) -> Area:
    """Give where a thing lies; nowhere, where that is not known, which is only for empty things."""
    sides = tuple(ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _may_hide(area: Area) -> bool:
    left, bottom, right, top = area
    return right - left >= _SMALLEST and top - bottom >= _SMALLEST


def _overlap(one: Area, two: Area) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _is_area_or_picture(part: object) -> bool:
    kind = raw.FPDFPageObj_GetType(part)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return bool(kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING})
    filling, has_outline = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(part, filling, has_outline)
    return bool(filling.value != raw.FPDF_FILLMODE_NONE)

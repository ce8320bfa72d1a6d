"""A page becomes the things that it draws, in the order in which they are painted."""

from __future__ import annotations

from collections.abc import Iterator

from pypdfium2 import raw

_DEEPEST_FORM = 4


def painted(page: object) -> Iterator[object]:
    """Yield what a page paints, one thing after the other; a drawing of several is one."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, index)


def parts_of(thing: object, depth: int = 0) -> Iterator[object]:
    """Yield the texts, areas and pictures that a thing is made of; itself where it is one."""
    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
        yield thing
    elif depth < _DEEPEST_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from parts_of(raw.FPDFFormObj_GetObject(thing, index), depth + 1)

"""Small pictures of a source page and of its packet page, made so that they can be compared."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from packet_builder.packet.geometry import Box
from packet_builder.packet.stamps import CONTENT_MARK, FIELD_MARK, LAYER_MARK, STAMP_MARK

# Two widths, in pixels. pdfium moves a picture's edges to whole pixels, and an edge that lies close
# to the middle may fall to either side; a page is altered when it looks so at both.
WIDTHS = (76, 91)
# Levels of 255. On 2,000 pages of text, scans, forms, plans and photographs, unaltered pages differ
# by at most 19; a single line of 8 point text that is gone differs by more than 60.
_ALIKE = 36
_LONGEST = 1_000  # pixels: a page a hundred times as high as wide is no page
_INSET = 0.02  # pixels, so that a page's edge never rounds to a pixel beyond the picture
_PAPER = 0xFFFFFFFF
_BLANK_FROM = 250  # levels: paper that shows nothing
_MARK_NAME_BYTES = 128
_NO_LOOK_BYTES = 2  # the length of an empty text, as pdfium counts it

# What the packet leaves out by design: no page shows it on paper.
_LEFT_OUT = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_POPUP,
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
        pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE,
        pdfium.FPDF_ANNOT_SCREEN,
        pdfium.FPDF_ANNOT_RICHMEDIA,
        pdfium.FPDF_ANNOT_THREED,
        pdfium.FPDF_ANNOT_PRINTERMARK,
        pdfium.FPDF_ANNOT_TRAPNET,
        pdfium.FPDF_ANNOT_REDACT,
    }
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A page of the packet, and the part of it that its source takes."""

    page: pypdfium2.PdfPage
    area: Box


def leave_out_notes(page: pypdfium2.PdfPage) -> None:
    """Take what the packet leaves out from a source page, in memory only."""
    for index in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        # pdfium invents a look where the file has none: a frame around each empty checkbox
        look = pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        layered = pdfium.FPDFAnnot_HasKey(annotation, b"OC")
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _LEFT_OUT or look <= _NO_LOOK_BYTES or layered:
            pdfium.FPDFPage_RemoveAnnot(page, index)


def leave_out_additions(page: pypdfium2.PdfPage, *, fields: bool) -> None:
    """Take our own stamps and the DRAFT mark from a packet page, in memory only.

    The looks of fields too, if so told: pdfium draws none in a file that has fields, but no form.
    And those that a layer may hide: pdfium shows them in the source whatever the layer says.
    """
    names = {STAMP_MARK, LAYER_MARK, FIELD_MARK} if fields else {STAMP_MARK, LAYER_MARK}
    for item in _objects(page):
        if names & _marks(item):
            pdfium.FPDFPage_RemoveObject(page, item)
            pdfium.FPDFPageObj_Destroy(item)


def leave_out_mark(page: pypdfium2.PdfPage) -> None:
    """Take the DRAFT mark from a packet page, in memory only: the one form that we add to it."""
    for item in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and STAMP_MARK in _marks(item):
            pdfium.FPDFPage_RemoveObject(page, item)
            pdfium.FPDFPageObj_Destroy(item)


def page_bytes(page: pypdfium2.PdfPage) -> tuple[bytes, ...]:
    """Give what a viewer shows of a page, as pixels that can be compared with another's."""
    return tuple(source_picture(page, width).tobytes() for width in WIDTHS)


def placed(page: pypdfium2.PdfPage, source: pypdfium2.PdfPage, area: Box) -> Placed | None:
    """Give where a source lies on its page; None when it lies smaller, or larger, than it may.

    The size is read from the packet, since pdfium knows nothing of a source's UserUnit.
    """
    width, height = source.get_size()
    fit = min(area.width / width, area.height / height)
    scale = next((_scale_of(item) for item in _objects(page) if CONTENT_MARK in _marks(item)), None)
    if scale is None:
        scale = min(1.0, fit)
    if not min(1.0, fit) * 0.99 <= scale <= max(fit, 1.0) * 1.01:
        return None
    left = area.left + (area.width - width * scale) / 2
    bottom = area.bottom + (area.height - height * scale) / 2
    return Placed(page, Box(left, bottom, left + width * scale, bottom + height * scale))


def source_picture(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Give what a viewer shows of a source page: its content, its annotations, its form."""
    whole = Box(0, 0, *page.get_size())
    size = _size(whole, width)
    bitmap = _bitmap(size)
    _draw(bitmap, size, page, whole)
    if page.formenv is not None:
        pdfium.FPDF_SetFormFieldHighlightAlpha(page.formenv, 0)
        pdfium.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
    return _picture(bitmap)


def packet_picture(where: Placed, width: int) -> Image.Image:
    """Give what the packet shows in a source's place."""
    size = _size(where.area, width)
    bitmap = _bitmap(size)
    _draw(bitmap, size, where.page, where.area)
    return _picture(bitmap)


def alike(source: Image.Image, packet: Image.Image) -> bool:
    """Tell whether two pictures show the same."""
    if source.size != packet.size:
        return False
    return all(most <= _ALIKE for _, most in _levels(ImageChops.difference(source, packet)))


def blank(picture: Image.Image) -> bool:
    """Tell whether a picture shows nothing but paper."""
    return all(least >= _BLANK_FROM for least, _ in _levels(picture))


def _levels(picture: Image.Image) -> Iterator[tuple[int, int]]:
    """Give the least and the most of each colour."""
    for band in picture.split():
        counts = band.histogram()
        levels = [level for level, pixels in enumerate(counts) if pixels]
        yield levels[0], levels[-1]


def _size(area: Box, width: int) -> tuple[int, int]:
    return width, max(1, min(_LONGEST, round(width * area.height / area.width)))


def _bitmap(size: tuple[int, int]) -> pypdfium2.PdfBitmap:
    bitmap = pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGRx)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, _PAPER)
    return bitmap


def _picture(bitmap: pypdfium2.PdfBitmap) -> Image.Image:
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB")


def _draw(
    bitmap: pypdfium2.PdfBitmap, size: tuple[int, int], page: pypdfium2.PdfPage, area: Box
) -> None:
    """Draw a part of a page so that it fills the picture."""
    across = (size[0] - 2 * _INSET) / area.width
    up = (size[1] - 2 * _INSET) / area.height
    above = page.get_height() - area.top
    left, top = _INSET - area.left * across, _INSET - above * up
    matrix = pdfium.FS_MATRIX(across, 0, 0, up, left, top)
    clip = pdfium.FS_RECTF(0, 0, *size)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, pdfium.FPDF_ANNOT)


def _objects(page: pypdfium2.PdfPage) -> list[object]:
    count = pdfium.FPDFPage_CountObjects(page)
    return [pdfium.FPDFPage_GetObject(page, index) for index in range(count)]


def _marks(item: object) -> set[str]:
    found = set()
    for index in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        name = ctypes.create_string_buffer(_MARK_NAME_BYTES)
        length = ctypes.c_ulong()
        fits = ctypes.byref(length)
        if pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), _MARK_NAME_BYTES, fits
        ):
            found.add(name.raw[: length.value].decode("utf-16-le").rstrip("\0"))
    return found


def _scale_of(item: object) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return math.hypot(matrix.a, matrix.b)

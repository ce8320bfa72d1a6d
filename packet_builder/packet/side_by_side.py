"""Pages of two packets become pictures: whether they look alike, and both side by side."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

_LOOK = 0.75  # pictures of 54 dots an inch tell a changed word
_SHOWN = 1.25
_FOOT = 24.0  # points, in which the stamps of the packet stand
_LEAST = 24  # of 255: what print and smoothing do to a dot


def same_looks(old: Path, new: Path, pages: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell of pairs of packet pages whether they look alike, stamps apart; 0 is no page."""
    with _opened(old) as first, _opened(new) as second:
        return [
            bool(one and other)
            and _alike(_picture(first, one, _LOOK), _picture(second, other, _LOOK))
            for one, other in pages
        ]


def side_by_side(old: Path, new: Path, pages: tuple[int | None, int | None]) -> Image.Image:
    """Give two packet pages beside each other; what is missing stays white."""
    with _opened(old) as first, _opened(new) as second:
        pictures = [
            None if page is None else _picture(packet, page, _SHOWN)
            for packet, page in zip((first, second), pages, strict=True)
        ]
    size = next(picture.size for picture in pictures if picture is not None)
    sheet = Image.new("RGB", (2 * size[0] + 12, size[1]), "#d8dce2")
    for position, picture in enumerate(pictures):
        place = (position * (size[0] + 12), 0)
        sheet.paste(Image.new("RGB", size, "white") if picture is None else picture, place)
    return sheet


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def _picture(packet: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    picture: Image.Image = packet[number - 1].render(scale=scale).to_pil().convert("RGB")
    return picture


def _alike(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    width, height = one.size
    body = (0, 0, width, int(height - _FOOT * _LOOK))
    difference = ImageChops.difference(one.crop(body), other.crop(body)).convert("L")
    return difference.point(lambda value: 255 if value > _LEAST else 0).getbbox() is None

"""A picture file becomes a PDF of US Letter pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import PngImagePlugin

from packet_builder.documents.intake.heic import heic_pictures
from packet_builder.documents.intake.jpeg import jpeg_picture
from packet_builder.documents.intake.kinds import FileKind
from packet_builder.documents.intake.picture import Picture
from packet_builder.documents.intake.picture_pages import write_pictures
from packet_builder.documents.intake.png import embedded_png, png_metadata, read_png
from packet_builder.documents.intake.raster import EIGHT_BIT, raster_picture
from packet_builder.documents.intake.tiff import tiff_pictures

_SIXTEEN = 16


@dataclass(frozen=True, slots=True)
class WrittenPictures:
    """What was found out while the pages were written."""

    removals: tuple[str, ...]
    notes: tuple[str, ...]


def write_picture_pages(
    name: str, kind: FileKind, source: Path, stream: BinaryIO
) -> WrittenPictures:
    """Write a picture file's pages, one picture in memory at a time."""
    removals: dict[str, None] = {}
    notes: dict[str, None] = {}

    def noted() -> Iterator[Picture]:
        for picture in _pictures(name, kind, source):
            removals.update(dict.fromkeys(picture.removals))
            notes.update(dict.fromkeys(picture.notes))
            yield picture

    write_pictures(stream, noted())
    return WrittenPictures(tuple(removals), tuple(notes))


def _pictures(name: str, kind: FileKind, source: Path) -> Iterator[Picture]:
    if kind is FileKind.TIFF:
        yield from tiff_pictures(name, source)
    elif kind is FileKind.HEIC:
        yield from heic_pictures(name, source)
    elif kind is FileKind.PNG:
        yield _png_picture(name, source.read_bytes())
    else:
        yield jpeg_picture(name, source.read_bytes())


def _png_picture(name: str, content: bytes) -> Picture:
    png = read_png(name, content)
    about = png_metadata(png)
    if png.is_embeddable:
        picture = embedded_png(name, content)
    else:
        picture = raster_picture(name, PngImagePlugin.PngImageFile(BytesIO(content)))
        depth = (EIGHT_BIT,) if png.bits == _SIXTEEN else ()
        picture = replace(picture, notes=(*picture.notes, *depth))
    return replace(picture, orientation=about.orientation, dpi=about.dpi, removals=about.removals)

"""Every frame of a TIFF becomes a picture; a faxed page keeps its very coding."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import ExifTags, TiffImagePlugin

from packet_builder.documents.intake.errors import (
    ExhibitUnreadableError,
    UnsupportedKindError,
)
from packet_builder.documents.intake.metadata import CAMERA, LOCATION, read_tags
from packet_builder.documents.intake.picture import Picture, check_pixels
from packet_builder.documents.intake.raster import EIGHT_BIT, raster_picture

_GROUP_4 = 4
_DNG_VERSION = 50706
_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377
_TOO_WIDE = frozenset({"I", "F"})
_SIXTEEN = 16
_REVERSED_BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_TELLING = (
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.Artist,
    ExifTags.Base.ImageDescription,
    ExifTags.Base.DateTime,
    ExifTags.Base.Software,
    ExifTags.Base.HostComputer,
    ExifTags.IFD.Exif,
    _XMP,
    _IPTC,
    _PHOTOSHOP,
)


def tiff_pictures(name: str, path: Path) -> Iterator[Picture]:
    """Yield a picture for every frame, one at a time."""
    with path.open("rb") as stream:
        try:
            image = TiffImagePlugin.TiffImageFile(stream)
        except (SyntaxError, OSError) as error:
            raise ExhibitUnreadableError(name) from error
        for frame in range(image.n_frames):
            image.seek(frame)
            yield _frame_picture(name, path, image)


def _frame_picture(name: str, path: Path, image: TiffImagePlugin.TiffImageFile) -> Picture:
    tags = dict(image.tag_v2)
    check_pixels(name, *image.size)
    if _DNG_VERSION in tags or image.mode in _TOO_WIDE:
        raise UnsupportedKindError(
            name, "a raw or scientific picture", "Save it as a PDF, JPEG or PNG."
        )
    about = read_tags(tags, has_location=ExifTags.IFD.GPSInfo in tags)
    faxed = _faxed_picture(path, tags)
    try:
        with _quiet_libtiff():
            picture = raster_picture(name, image)  # decodes, so a broken fax is found too
    except (OSError, SyntaxError, ValueError) as error:
        raise ExhibitUnreadableError(name) from error
    if faxed is not None:
        return replace(
            faxed, orientation=about.orientation, dpi=about.dpi, removals=_removals(tags)
        )
    # Pillow has turned the decoded frame upright (load_end), so only its resolution may turn.
    dpi = about.dpi[::-1] if about.dpi and about.orientation >= 5 else about.dpi  # noqa: PLR2004
    return replace(
        picture, dpi=dpi, removals=_removals(tags), notes=(*picture.notes, *_lost_depth(tags))
    )


@contextlib.contextmanager
def _quiet_libtiff() -> Iterator[None]:
    """Keep libtiff from writing to the terminal: it prints a line for every bad row of a fax."""
    terminal = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def _faxed_picture(path: Path, tags: dict[int, object]) -> Picture | None:
    """Give the CCITT group 4 bytes of a frame that lies in one strip, else None."""
    offsets, counts = tags.get(273), tags.get(279)
    strips = [part for part in (offsets, counts) if isinstance(part, tuple) and len(part) == 1]
    if tags.get(259) != _GROUP_4 or len(strips) != 2:  # noqa: PLR2004 - where, and how long
        return None
    (start,), (length,) = strips
    width, height = int(str(tags[256])), int(str(tags[257]))
    with path.open("rb") as stream:
        stream.seek(start)
        content = stream.read(length)
    if tags.get(266, 1) == 2:  # noqa: PLR2004 - FillOrder 2: lowest bit first
        content = content.translate(_REVERSED_BITS)
    black_is_1 = "true" if tags.get(262) == 1 else "false"
    return Picture(
        width=width,
        height=height,
        components=1,
        bits=1,
        encoding=(
            f"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {width} /Rows {height} "
            f"/BlackIs1 {black_is_1} >>"
        ),
        content=content,
    )


def _removals(tags: dict[int, object]) -> tuple[str, ...]:
    if ExifTags.IFD.GPSInfo in tags:
        return (LOCATION,)
    return (CAMERA,) if any(tag in tags for tag in _TELLING) else ()


def _lost_depth(tags: dict[int, object]) -> tuple[str, ...]:
    """Pillow 13 keeps 16 bits for grey alone."""
    depths = tags.get(258)
    if isinstance(depths, tuple) and len(depths) > 1 and max(depths) >= _SIXTEEN:
        return (EIGHT_BIT,)
    return ()

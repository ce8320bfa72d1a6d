"""The pictures of a HEIC file become JPEG pictures of the best quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pi_heif
from PIL import Image

from packet_builder.documents.intake.errors import ExhibitUnreadableError
from packet_builder.documents.intake.jpeg import jpeg_picture
from packet_builder.documents.intake.metadata import CAMERA, read_exif
from packet_builder.documents.intake.picture import Picture, check_pixels
from packet_builder.documents.intake.raster import without_alpha

_QUALITY = 95  # no PDF viewer reads HEIC, and without loss a 12-megapixel photo takes 20 MB
_NOTE = f"HEIC photo: converted to JPEG (quality {_QUALITY}, full colour resolution)"


def heic_pictures(name: str, path: Path) -> Iterator[Picture]:
    """Yield a picture for every image of the file; thumbnails and depth maps are none."""
    try:
        with path.open("rb") as stream:
            container = pi_heif.open_heif(stream)
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
        raise ExhibitUnreadableError(name) from error
    for index in range(len(container)):
        image = container[index]
        check_pixels(name, *image.size)
        yield _picture(name, image)


def _picture(name: str, image: pi_heif.HeifImage) -> Picture:
    try:
        decoded: Image.Image = image.to_pillow()  # libheif has applied rotation and mirroring
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
        raise ExhibitUnreadableError(name) from error
    opaque, notes = without_alpha(decoded)
    stream = BytesIO()
    profile = decoded.info.get("icc_profile")
    opaque.save(stream, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=profile)
    picture = jpeg_picture(name, stream.getvalue())
    return replace(picture, dpi=None, removals=_removals(decoded), notes=(_NOTE, *notes))


def _removals(image: Image.Image) -> tuple[str, ...]:
    exif, xmp = image.info.get("exif"), image.info.get("xmp")
    return read_exif(exif).removals if exif else (CAMERA,) * bool(xmp)

"""Decoded pixels become a picture compressed without loss."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO

from PIL import Image

from packet_builder.documents.intake.metadata import fitting_profile
from packet_builder.documents.intake.picture import Picture
from packet_builder.documents.intake.png import embedded_png

ON_WHITE = "transparent parts are shown on white"
EIGHT_BIT = "16-bit colours are shown in 8 bits"

_AS_PNG = frozenset({"1", "L", "P", "RGB", "I;16"})
_COMPRESSION = 6


def raster_picture(name: str, image: Image.Image) -> Picture:
    """Give the picture of an opened image; raises what Pillow raises for broken pixels."""
    image.load()
    icc = image.info.get("icc_profile")
    opaque, notes = without_alpha(image)
    picture = _cmyk_picture(opaque) if opaque.mode == "CMYK" else _png_picture(name, opaque)
    return replace(picture, icc=fitting_profile(icc, picture.components), notes=notes)


def without_alpha(image: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """Lay what is transparent on white, as every viewer shows it on paper."""
    if not image.has_transparency_data:
        return image, ()
    layered = image.convert("RGBA")
    grey = image.mode in {"LA", "La", "L", "1"}
    white = Image.new("RGBA", layered.size, "white")
    white.alpha_composite(layered)
    lowest = layered.getchannel("A").getextrema()[0]
    return white.convert("L" if grey else "RGB"), (ON_WHITE,) if lowest != 255 else ()  # noqa: PLR2004


def _png_picture(name: str, image: Image.Image) -> Picture:
    mode = "I;16" if image.mode.startswith("I;16") else image.mode
    kept = image if mode in _AS_PNG else image.convert("RGB")
    stream = BytesIO()
    kept.save(stream, "PNG", compress_level=_COMPRESSION)
    return embedded_png(name, stream.getvalue())


def _cmyk_picture(image: Image.Image) -> Picture:
    return Picture(
        width=image.width,
        height=image.height,
        components=4,
        bits=8,
        encoding="/Filter /FlateDecode",
        content=zlib.compress(image.tobytes(), _COMPRESSION),
    )

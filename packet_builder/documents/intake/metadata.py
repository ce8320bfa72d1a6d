"""What a picture says of itself beside its pixels: which way is up, where and how taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import ExifTags
from PIL.Image import Exif

LOCATION = "location and camera data"
CAMERA = "camera and editing data"
COMMENT = "a text comment inside the picture file"
APPENDED = "what is appended to the photo (a second picture, a recording, any other file)"

_PER_INCH = {2: 1.0, 3: 2.54}
_ICC_SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The parts of EXIF that matter to a packet."""

    orientation: int = 1
    dpi: tuple[float, float] | None = None
    removals: tuple[str, ...] = ()


def read_exif(block: bytes) -> Metadata:
    """Read an EXIF block, as JPEG, PNG and HEIC carry it; a broken one only counts as removed."""
    exif = Exif()
    try:
        exif.load(block)
        return read_tags(exif, has_location=bool(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    except Exception:  # noqa: BLE001 - Pillow 13 raises a dozen types here; pixels are not concerned
        return Metadata(removals=(LOCATION,))


def read_tags(tags: Mapping[int, object], *, has_location: bool) -> Metadata:
    """Read orientation and resolution from EXIF or TIFF tags."""
    orientation = tags.get(ExifTags.Base.Orientation)
    return Metadata(
        orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,  # noqa: PLR2004
        _resolution(tags),
        (LOCATION if has_location else CAMERA,),
    )


def fitting_profile(icc: bytes | None, components: int) -> bytes | None:
    """Give the colour profile where it is one for that many components, else None."""
    if icc is None or icc[16:20] != _ICC_SPACES[components] or icc[36:40] != b"acsp":
        return None
    return icc


def _resolution(tags: Mapping[int, object]) -> tuple[float, float] | None:
    unit = _PER_INCH.get(int(_number(tags.get(ExifTags.Base.ResolutionUnit)) or 2))
    across = _number(tags.get(ExifTags.Base.XResolution))
    along = _number(tags.get(ExifTags.Base.YResolution))
    return (across * unit, along * unit) if unit and across and along else None


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type] # Pillow's rationals know __float__
    except (TypeError, ValueError, ZeroDivisionError):
        return None

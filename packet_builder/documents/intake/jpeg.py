"""A JPEG becomes a picture with its very pixels and none of its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from PIL.JpegImagePlugin import JpegImageFile

from packet_builder.documents.intake.errors import ExhibitCutOffError, ExhibitUnreadableError
from packet_builder.documents.intake.metadata import (
    APPENDED,
    CAMERA,
    COMMENT,
    Metadata,
    fitting_profile,
    read_exif,
)
from packet_builder.documents.intake.picture import Picture, check_pixels
from packet_builder.documents.intake.raster import raster_picture

_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_EMBEDDABLE = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive: what a PDF may hold
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ICC_MARK = b"ICC_PROFILE\0"
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JFIF_UNITS = {1: 1.0, 2: 2.54}
_CMYK = 4


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    raw: bytes  # marker, length, payload; for a scan the entropy-coded bytes too

    @property
    def payload(self) -> bytes:
        return self.raw[4:]

    @property
    def stripped(self) -> bytes:
        """Give the bytes to embed; a JFIF header may hold a thumbnail from before a crop."""
        if self.marker == _APP0:
            return b"\xff\xe0\x00\x10" + self.payload[:12] + b"\0\0"
        return self.raw

    @property
    def is_kept(self) -> bool:
        if self.marker == _APP0:
            return self.payload.startswith(b"JFIF\0")
        if self.marker == _APP2:
            return self.payload.startswith(_ICC_MARK)
        if self.marker == _APP14:
            return self.payload.startswith(b"Adobe")
        return not _APP0 <= self.marker <= _APP15 and self.marker != _COM


@dataclass(frozen=True, slots=True)
class _Frame:
    marker: int
    bits: int
    height: int
    width: int
    component_ids: bytes


def jpeg_picture(name: str, content: bytes) -> Picture:
    """Give the picture of a JPEG: its own bytes where a PDF may hold them, else its pixels."""
    segments = tuple(_segments(name, content))
    frame = _frame(name, segments)
    check_pixels(name, frame.width, frame.height)
    about = _metadata(segments)
    icc = fitting_profile(_icc(segments), len(frame.component_ids))
    _check_decodable(name, content)
    trailing = content[2 + sum(len(segment.raw) for segment in segments) :].strip(b"\0\r\n ")
    removals = (*about.removals, *((APPENDED,) if trailing else ()))
    if frame.marker in _EMBEDDABLE and frame.bits == 8 and frame.height:  # noqa: PLR2004 - 8 bit
        picture = _embedded(frame, segments)
    else:
        picture = _decoded(name, content)
    return replace(
        picture, icc=icc, orientation=about.orientation, dpi=about.dpi, removals=removals
    )


def _segments(name: str, content: bytes) -> Iterator[_Segment]:
    """Yield all segments to the end of the first image; what follows it is not the picture."""
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if len(content) < at + 2 or content[at] != 0xFF:  # noqa: PLR2004 - every marker's first byte
            raise ExhibitCutOffError(name)
        marker = content[at + 1]
        if marker == _EOI:
            yield _Segment(marker, content[at : at + 2])
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SOS:
            following = _NEXT_MARKER.search(content, end)
            end = following.start() if following else len(content)
        yield _Segment(marker, content[at:end])
        at = end


def _frame(name: str, segments: tuple[_Segment, ...]) -> _Frame:
    for segment in segments:
        if segment.marker in _FRAMES:
            body = segment.payload
            ids = bytes(body[6 + 3 * index] for index in range(body[5]))
            if len(ids) not in {1, 3, _CMYK}:
                break
            height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
            return _Frame(segment.marker, body[0], height, width, ids)
    raise ExhibitUnreadableError(name)


def _embedded(frame: _Frame, segments: tuple[_Segment, ...]) -> Picture:
    adobe = any(segment.marker == _APP14 and segment.is_kept for segment in segments)
    jfif = any(segment.marker == _APP0 and segment.is_kept for segment in segments)
    # Without a marker that says otherwise, components called R, G, B are just that.
    plain_rgb = frame.component_ids == b"RGB" and not adobe and not jfif
    kept = b"".join(segment.stripped for segment in segments if segment.is_kept)
    return Picture(
        width=frame.width,
        height=frame.height,
        components=len(frame.component_ids),
        bits=8,
        encoding="/Filter /DCTDecode"
        + (" /DecodeParms << /ColorTransform 0 >>" if plain_rgb else ""),
        content=b"\xff\xd8" + kept,
        inverted=adobe and len(frame.component_ids) == _CMYK,
    )


def _decoded(name: str, content: bytes) -> Picture:
    with JpegImageFile(BytesIO(content)) as image:
        picture = raster_picture(name, image)
    note = "JPEG of a kind that a PDF cannot hold: its pixels are kept, its compression is not"
    return replace(picture, notes=(*picture.notes, note))


def _check_decodable(name: str, content: bytes) -> None:
    """Decode at an eighth of the size: all coded bytes are read, few pixels are made.

    Not through Image.open, which warns on the terminal of photos of 90 megapixels and more.
    """
    try:
        with JpegImageFile(BytesIO(content)) as image:
            image.draft(image.mode, (1, 1))
            image.load()
    except (OSError, SyntaxError) as error:
        raise ExhibitUnreadableError(name) from error


def _metadata(segments: tuple[_Segment, ...]) -> Metadata:
    about = Metadata()
    for segment in segments:
        if segment.marker == _APP1 and segment.payload.startswith(b"Exif\0"):
            about = read_exif(segment.payload)
            break
    removed = [segment for segment in segments if not segment.is_kept]
    if not about.removals and any(_is_editing_data(segment) for segment in removed):
        about = replace(about, removals=(CAMERA,))
    if any(segment.marker == _COM for segment in removed):
        about = replace(about, removals=(*about.removals, COMMENT))
    return replace(about, dpi=_density(segments) or about.dpi)


def _is_editing_data(segment: _Segment) -> bool:
    return segment.marker not in {_APP0, _APP2, _APP14, _COM}


def _density(segments: tuple[_Segment, ...]) -> tuple[float, float] | None:
    for segment in segments:
        if segment.marker == _APP0 and segment.is_kept:
            body = segment.payload
            unit = _JFIF_UNITS.get(body[7])
            across, along = int.from_bytes(body[8:10]), int.from_bytes(body[10:12])
            return (across * unit, along * unit) if unit and across and along else None
    return None


def _icc(segments: tuple[_Segment, ...]) -> bytes | None:
    """Join the pieces of the colour profile, which number themselves."""
    pieces = sorted(
        (segment.payload[len(_ICC_MARK)], segment.payload[len(_ICC_MARK) + 2 :])
        for segment in segments
        if segment.marker == _APP2 and segment.is_kept
    )
    return b"".join(piece for _, piece in pieces) or None

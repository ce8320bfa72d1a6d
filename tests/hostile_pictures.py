"""Pictures that are broken, or made to break whoever opens them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from packet_builder.documents.intake.errors import (
    ExhibitCutOffError,
    ExhibitUnreadableError,
    ImageTooLargeError,
    UnsupportedKindError,
)
from tests import makers
from tests.hostile_case import Hostile, Make, Refused, Taken, hostile
from tests.hostile_kinds import drawn

_NAME = "exhibits/photo.png"
_CUT = Refused(ExhibitCutOffError)
_BROKEN = Refused(ExhibitUnreadableError)
_TOO_MANY = Refused(ImageTooLargeError)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, pixels: bytes, *more: bytes, colour: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    body = (_chunk(b"IHDR", header), *more, _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def _tiff(*frames: Image.Image) -> bytes:
    stream = io.BytesIO()
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def _tiff_in_a_circle() -> bytes:
    """Give a TIFF whose second frame is followed by its first."""
    content = bytearray(_tiff(drawn(), drawn()))
    first = struct.unpack_from("<I", content, 4)[0]
    at = first
    for _ in range(2):
        next_at = at + 2 + 12 * struct.unpack_from("<H", content, at)[0]
        at = struct.unpack_from("<I", content, next_at)[0]
    struct.pack_into("<I", content, next_at, first)
    return bytes(content)


def _tiff_tag(tag: int, value: int) -> bytes:
    """Give a TIFF in which a number says something else."""
    content = bytearray(_tiff(drawn()))
    at = struct.unpack_from("<I", content, 4)[0]
    for entry in range(struct.unpack_from("<H", content, at)[0]):
        place = at + 2 + 12 * entry
        if struct.unpack_from("<H", content, place)[0] == tag:
            struct.pack_into("<HHII", content, place, tag, 4, 1, value)
    return bytes(content)


def _jpeg_of(width: int, height: int) -> bytes:
    content = bytearray(makers.saved(drawn(), "JPEG"))
    frame = content.index(b"\xff\xc0")
    struct.pack_into(">HH", content, frame + 5, height, width)
    return bytes(content)


def _nothing(size: int) -> bytes:
    packer = zlib.compressobj(9)
    pieces = [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join((*pieces, packer.flush()))


def _half(make: Make) -> Make:
    return lambda: (content := make())[: len(content) // 2]


def _heic() -> bytes:
    return (makers.FILES / "photo.heic").read_bytes()


CASES: tuple[Hostile, ...] = (
    *hostile(
        "Pictures of absurd size",
        _NAME,
        (
            (
                "a PNG of 1,600 million pixels",
                lambda: makers.saved(Image.new("1", (40_000, 40_000)), "PNG"),
                _TOO_MANY,
            ),
            ("a JPEG that says it has 4,000 million", lambda: _jpeg_of(65_000, 65_000), _TOO_MANY),
            (
                "a TIFF that says it has 4,000 million",
                lambda: _tiff_tag(256, 70_000_000),
                _TOO_MANY,
            ),
            ("a PNG of no pixels", lambda: _png(0, 0, zlib.compress(b"")), _BROKEN),
            ("a JPEG that says it is larger than it is", lambda: _jpeg_of(2_000, 2_000), Taken()),
            (
                "a PNG that packs 4 GB into its colour profile",
                lambda: _png(
                    9, 9, zlib.compress(bytes(90)), _chunk(b"iCCP", b"x\0\0" + _nothing(1 << 28))
                ),
                Taken(),
            ),
            (
                "a PNG whose pixels unpack to 268 MB more than it has",
                lambda: _png(9, 9, _nothing(1 << 28)),
                Taken(),
            ),
        ),
    ),
    *hostile(
        "Broken pictures",
        _NAME,
        (
            ("half of a PNG", _half(lambda: makers.saved(drawn(), "PNG")), _CUT),
            ("half of a JPEG", _half(lambda: makers.saved(drawn(), "JPEG")), _CUT),
            ("half of a HEIC photo", _half(_heic), _BROKEN),
            ("half of a TIFF", _half(lambda: _tiff(drawn())), _BROKEN),
            ("a JPEG of nothing but its beginning", lambda: b"\xff\xd8\xff\xe0", _CUT),
            (
                "an animated PNG",
                lambda: _png(9, 9, zlib.compress(bytes(90)), _chunk(b"acTL", bytes(8))),
                Refused(UnsupportedKindError),
            ),
        ),
    ),
    *hostile(
        "Scans of several pages",
        "exhibits/scan.tif",
        (
            ("a TIFF of three", lambda: _tiff(drawn(), drawn("L"), drawn("1")), Taken(3)),
            ("a TIFF whose pages follow in a circle", _tiff_in_a_circle, Taken(2)),
            ("a TIFF in printing colours", lambda: _tiff(drawn("CMYK")), Taken()),
            ("a TIFF of 4,000 million strips", lambda: _tiff_tag(278, 0), _BROKEN),
        ),
    ),
    *hostile(
        "Photos of telephones",
        "exhibits/photo.heic",
        (("HEIC", _heic, Taken(1, "HEIC photo: converted to JPEG")),),
    ),
)

"""A PNG becomes a picture; its compressed bytes are kept where a PDF viewer can read them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from packet_builder.documents.intake.errors import (
    ExhibitCutOffError,
    ExhibitUnreadableError,
    UnsupportedKindError,
)
from packet_builder.documents.intake.metadata import (
    APPENDED,
    CAMERA,
    Metadata,
    fitting_profile,
    read_exif,
)
from packet_builder.documents.intake.picture import Picture, check_pixels

_SIGNATURE_BYTES = 8
_AROUND_BYTES = 12  # of each chunk: its length, its kind, its check sum
_GREY, _RGB, _PALETTE = 0, 2, 3
_COMPONENTS = {_GREY: 1, _RGB: 3, _PALETTE: 1, 4: 2, 6: 4}  # a pixel's, by colour type
_METRE_INCHES = 0.0254
_STILL = "Save the pictures that matter as JPEG or PNG."
_PIECE_BYTES = 1 << 20
_TEXT_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


@dataclass(frozen=True, slots=True)
class PngFile:
    """The chunks of a PNG that matter."""

    width: int
    height: int
    bits: int
    color_type: int
    is_interlaced: bool
    chunks: dict[bytes, bytes]  # IDAT joined; of others the first
    has_more: bool  # something follows the picture

    @property
    def is_embeddable(self) -> bool:
        """Say whether a PDF viewer can read the compressed bytes as they are."""
        opaque = self.color_type in {_GREY, _RGB, _PALETTE} and b"tRNS" not in self.chunks
        return opaque and not self.is_interlaced


def read_png(name: str, content: bytes) -> PngFile:
    """Read a PNG's chunks, checking each, and that all pixels are there."""
    chunks: dict[bytes, bytes] = {}
    pixels: list[bytes] = []
    end = _SIGNATURE_BYTES
    for kind, body in _chunks(name, content):
        end += _AROUND_BYTES + len(body)
        if kind == b"IDAT":
            pixels.append(body)
        else:
            chunks.setdefault(kind, body)
    header = chunks.get(b"IHDR", b"")
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    check_pixels(name, width, height)
    chunks[b"IDAT"] = b"".join(pixels)
    has_more = bool(content[end:].strip(b"\0\r\n "))
    png = PngFile(width, height, header[8], header[9], header[12] != 0, chunks, has_more)
    if not width or not height or png.color_type not in _COMPONENTS:
        raise ExhibitUnreadableError(name)
    if b"acTL" in chunks:
        raise UnsupportedKindError(name, "an animated picture", _STILL)
    if not png.is_interlaced:
        _check_pixels_complete(name, png)
    return png


def embedded_png(name: str, content: bytes) -> Picture:
    """Give the picture of a PNG that can be embedded, its compressed bytes unchanged."""
    png = read_png(name, content)
    components = 3 if png.color_type != _GREY else 1
    return Picture(
        width=png.width,
        height=png.height,
        components=components,
        bits=png.bits,
        encoding=(
            "/Filter /FlateDecode /DecodeParms << /Predictor 15 "
            f"/Colors {_COMPONENTS[png.color_type]} /BitsPerComponent {png.bits} "
            f"/Columns {png.width} >>"
        ),
        content=png.chunks[b"IDAT"],
        palette=png.chunks[b"PLTE"] if png.color_type == _PALETTE else None,
        icc=fitting_profile(_icc(png), components),
    )


def png_metadata(png: PngFile) -> Metadata:
    """Tell which way is up, the resolution, and what the packet copy will not carry."""
    about = Metadata()
    if b"eXIf" in png.chunks:
        about = read_exif(b"Exif\0\0" + png.chunks[b"eXIf"])
    removals = about.removals or (CAMERA,) * bool(_TEXT_CHUNKS & png.chunks.keys())
    appended = (APPENDED,) * png.has_more
    return Metadata(about.orientation, _density(png) or about.dpi, (*removals, *appended))


def _chunks(name: str, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE_BYTES
    kind = b""
    while kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4:  # noqa: PLR2004 - the check sum's size
            raise ExhibitCutOffError(name)
        if zlib.crc32(kind + body) != int.from_bytes(check):
            raise ExhibitUnreadableError(name)
        yield kind, body
        at += 12 + length


def _check_pixels_complete(name: str, png: PngFile) -> None:
    """Unpack in pieces and count; a few megabytes are held, however large the picture."""
    row = (png.width * _COMPONENTS[png.color_type] * png.bits + 7) // 8
    missing = png.height * (row + 1)
    unpacker = zlib.decompressobj()
    waiting = png.chunks[b"IDAT"]
    try:
        while missing > 0 and (piece := unpacker.decompress(waiting, _PIECE_BYTES)):
            missing -= len(piece)
            waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        raise ExhibitUnreadableError(name) from error
    if missing > 0:
        raise ExhibitCutOffError(name)


def _density(png: PngFile) -> tuple[float, float] | None:
    body = png.chunks.get(b"pHYs", b"")
    if len(body) != 9 or body[8] != 1:  # noqa: PLR2004 - two numbers and a unit, 1 for metres
        return None
    across, along = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
    return (across * _METRE_INCHES, along * _METRE_INCHES) if across and along else None


def _icc(png: PngFile) -> bytes | None:
    _, found, packed = png.chunks.get(b"iCCP", b"").partition(b"\0")
    if not found:
        return None
    try:
        return zlib.decompressobj().decompress(packed[1:], _PIECE_BYTES * 16)
    except zlib.error:
        return None

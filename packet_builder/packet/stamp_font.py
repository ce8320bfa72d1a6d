"""The two faces that stamps are printed in, embedded into the packet with only their own letters.

fontTools would do the same in twice the lines' time: its import alone takes half a second, as long
as binding 800 pages.
"""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.workspace import shipped

_LETTERS = "".join(map(chr, range(0x20, 0x7F)))
# The tables that a simple TrueType font of a PDF needs; all others are about layout elsewhere.
_TABLES = (
    b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep",
)  # fmt: skip
_BMP_OF_WINDOWS = (3, 1)
_CHECKSUM_OF_ALL = 0xB1B0AFBA


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the widths of its letters, and its font program with only these."""

    name: str
    widths: Mapping[str, float]  # of a letter, for a size of 1
    program: bytes
    box: tuple[int, int, int, int]  # around all letters, in thousandths
    ascent: int
    descent: int

    def width(self, text: str) -> float:
        """Give the width of a text at a size of 1."""
        return sum(self.widths[letter] for letter in text)


def regular() -> Face:
    """Give the face of stamps."""
    return _face("LiberationSans-Regular.ttf", "LiberationSans")


def bold() -> Face:
    """Give the face of the DRAFT mark."""
    return _face("LiberationSans-Bold.ttf", "LiberationSans-Bold")


def embed(body: Body, face: Face) -> int:
    """Write a face into the packet, and give the number of its font object."""
    name = b"/PACKET+" + face.name.encode()
    packed = zlib.compress(face.program, 9)
    entries = b"/Filter/FlateDecode/Length1 %d" % len(face.program)
    descriptor = {
        "Type": b"/FontDescriptor",
        "FontName": name,
        "Flags": b"32",  # a Latin alphabet
        "FontBBox": syntax.array(b"%d" % side for side in face.box),
        "ItalicAngle": b"0",
        "Ascent": b"%d" % face.ascent,
        "Descent": b"%d" % face.descent,
        "CapHeight": b"688",
        "StemV": b"80",
        "FontFile2": syntax.reference(body.add_stream(entries, packed)),
    }
    font = {
        "Type": b"/Font",
        "Subtype": b"/TrueType",
        "BaseFont": name,
        "Encoding": b"/WinAnsiEncoding",
        "FirstChar": b"%d" % ord(_LETTERS[0]),
        "LastChar": b"%d" % ord(_LETTERS[-1]),
        "Widths": syntax.array(b"%d" % round(face.widths[each] * 1000) for each in _LETTERS),
        "FontDescriptor": syntax.reference(body.add(syntax.dictionary(descriptor))),
    }
    return body.add(syntax.dictionary(font))


@functools.cache
def _face(file: str, name: str) -> Face:
    tables = _tables(Path(shipped("fonts") / file).read_bytes())
    per_em = struct.unpack(">H", tables[b"head"][18:20])[0]
    glyphs = {letter: _glyph_of(tables[b"cmap"], ord(letter)) for letter in _LETTERS}
    ascent, descent = struct.unpack(">hh", tables[b"hhea"][4:8])
    left, low, right, high = struct.unpack(">4h", tables[b"head"][36:44])
    return Face(
        name=name,
        widths={each: _advance(tables, glyph) / per_em for each, glyph in glyphs.items()},
        program=_program(_only(tables, frozenset(glyphs.values()) | {0})),
        box=(
            round(left * 1000 / per_em),
            round(low * 1000 / per_em),
            round(right * 1000 / per_em),
            round(high * 1000 / per_em),
        ),
        ascent=round(ascent * 1000 / per_em),
        descent=round(descent * 1000 / per_em),
    )


def _tables(font: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", font[4:6])[0]
    records = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    return {tag: font[at : at + size] for tag, _, at, size in records if tag in _TABLES}


def _glyph_of(cmap: bytes, code: int) -> int:
    """Look a character up in the table of segments (format 4)."""
    count = struct.unpack(">H", cmap[2:4])[0]
    records = struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
    table = cmap[next(at for *kind, at in records if tuple(kind) == _BMP_OF_WINDOWS) :]
    segments = struct.unpack(">H", table[6:8])[0] // 2
    words = struct.unpack(f">{segments * 4 + 1}H", table[14 : 16 + segments * 8])
    ends, starts = words[:segments], words[segments + 1 : 2 * segments + 1]
    segment = next(index for index, end in enumerate(ends) if code <= end)
    delta = words[2 * segments + 1 + segment]
    skip = words[3 * segments + 1 + segment]
    if not skip:
        return int(code + delta) & 0xFFFF
    at = 16 + segments * 6 + 2 * segment + skip + 2 * (code - starts[segment])
    return int(struct.unpack(">H", table[at : at + 2])[0])


def _advance(tables: Mapping[bytes, bytes], glyph: int) -> int:
    known = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    at = 4 * min(glyph, known - 1)
    return int(struct.unpack(">H", tables[b"hmtx"][at : at + 2])[0])


def _only(tables: Mapping[bytes, bytes], kept: frozenset[int]) -> dict[bytes, bytes]:
    """Empty every other glyph. Their numbers stay, so all other tables stay true."""
    wide = struct.unpack(">h", tables[b"head"][50:52])[0]
    loca = tables[b"loca"]
    unit, code = (1, "I") if wide else (2, "H")
    places = [at * unit for at in struct.unpack(f">{len(loca) // (4 // unit)}{code}", loca)]
    glyf, starts = bytearray(), [0]
    for glyph in range(len(places) - 1):
        if glyph in kept:
            glyf += tables[b"glyf"][places[glyph] : places[glyph + 1]]
        starts.append(len(glyf))
    written = struct.pack(f">{len(starts)}{code}", *(start // unit for start in starts))
    return {**tables, b"glyf": bytes(glyf), b"loca": written}


def _program(tables: Mapping[bytes, bytes]) -> bytes:
    """Put the tables together again, with their checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    at, records, contents = 12 + 16 * count, b"", b""
    for tag in sorted(tables):
        content = _without_sum(tables[tag]) if tag == b"head" else tables[tag]
        records += struct.pack(">4sIII", tag, _sum(content), at + len(contents), len(content))
        contents += content + bytes(-len(content) % 4)
    font = head + records + contents
    total = struct.pack(">I", (_CHECKSUM_OF_ALL - _sum(font)) & 0xFFFFFFFF)
    place = struct.unpack(">I", records[records.index(b"head") + 8 :][:4])[0] + 8
    return font[:place] + total + font[place + 4 :]


def _without_sum(head: bytes) -> bytes:
    return head[:8] + bytes(4) + head[12:]


def _sum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF

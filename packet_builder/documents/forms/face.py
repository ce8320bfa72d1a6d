"""The face that forms are filled in: as wide as the forms' Courier, and embedded."""

from __future__ import annotations

import io
from functools import cache

from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from packet_builder.documents.forms.update import Update
from packet_builder.plan.form_face import ENCODING
from packet_builder.workspace import shipped

_CODES = range(0x20, 0x100)
_WIDTH = 600
_NAME = "/FORMS+LiberationMono-Bold"


def embed_face(update: Update) -> IndirectObject:
    """Write the face into a form, and give its font object."""
    program = StreamObject()
    program.set_data(_program())
    program[NameObject("/Length1")] = NumberObject(len(_program()))
    box = ArrayObject(map(NumberObject, (-43, -300, 627, 833)))
    numbers = {"Flags": 33, "ItalicAngle": 0, "Ascent": 833, "Descent": -300, "StemV": 120}
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): NameObject(_NAME),
            NameObject("/FontBBox"): box,
            NameObject("/CapHeight"): NumberObject(659),
            NameObject("/FontFile2"): update.add(program.flate_encode()),
            **{NameObject(f"/{name}"): NumberObject(value) for name, value in numbers.items()},
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/TrueType"),
            NameObject("/BaseFont"): NameObject(_NAME),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/FirstChar"): NumberObject(_CODES[0]),
            NameObject("/LastChar"): NumberObject(_CODES[-1]),
            NameObject("/Widths"): ArrayObject(NumberObject(_WIDTH) for _ in _CODES),
            NameObject("/FontDescriptor"): update.add(descriptor),
        }
    )
    return update.add(font)


@cache
def _program() -> bytes:
    """Give the font program with the letters of cp1252 only, the same bytes each time."""
    font = TTFont(shipped("fonts") / "LiberationMono-Bold.ttf", recalcTimestamp=False)
    options = subset.Options(drop_tables=["FFTM", "GDEF", "GPOS", "GSUB"], hinting=True)
    shrinking = subset.Subsetter(options)
    letters = bytes(_CODES).decode(ENCODING, errors="ignore")
    shrinking.populate(unicodes=map(ord, letters))
    shrinking.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()

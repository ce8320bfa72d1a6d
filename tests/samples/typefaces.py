"""The shipped fonts, as papers are drawn with them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

from packet_builder.workspace import shipped

_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


@cache
def register_fonts() -> None:
    """Make the shipped Liberation fonts known to reportlab."""
    for family, styles in (("Serif", _STYLES), ("Sans", _STYLES), ("Mono", _STYLES[:2])):
        names = [f"{family}-{style}" for style in styles]
        for name in names:
            pdfmetrics.registerFont(EmbeddedFont(name, _slim_font(f"Liberation{name}.ttf")))
        regular, bold, italic, both = (*names, *names)[:4]
        pdfmetrics.registerFontFamily(regular, regular, bold, italic, both)


def _slim_font(name: str) -> BytesIO:
    """Give a font without its hints, which are two thirds of it and move no letter on paper."""
    font = TTFont(shipped("fonts") / name, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[6])
    options.drop_tables = [*options.drop_tables, "FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=range(0x20, 0x2200))
    subsetter.subset(font)
    stream = BytesIO()
    font.save(stream, reorderTables=False)
    stream.seek(0)
    return stream

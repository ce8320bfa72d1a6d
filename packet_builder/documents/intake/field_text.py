"""The text of a form field becomes a drawing of the field's size, in any script, with its font."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

import typst
from pypdf import PageObject, PdfReader

from packet_builder.documents.fonts import FONTS

_NO_GLYPH = "\0"  # how a character without a glyph reads back
_DRAWING = b"""
#let fields = json(bytes(sys.inputs.fields))
#set text(font: "Liberation Sans", fill: black, hyphenate: false)
#set text(top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 0.05em, spacing: 0.05em)
#let drawn(field, size) = {
  set text(size: size * 1pt)
  if field.cells > 0 {
    let cells = field.text.clusters().map(letter => align(center, letter))
    grid(columns: (field.width / field.cells * 1pt,) * field.cells, ..cells)
  } else {
    field.text.split("\\n").join(linebreak())
  }
}
#let fits(field, size) = {
  let above = if field.is_multiline { 4 } else { 1 }
  let room = (width: (field.width - 4) * 1pt, height: (field.height - above) * 1pt)
  let body = drawn(field, size)
  if field.cells > 0 {
    return measure(body).height <= room.height and field.text.clusters().len() <= field.cells
  }
  let body = if field.is_multiline { block(width: room.width, body) } else { body }
  let needed = measure(body)
  needed.width <= room.width and needed.height <= room.height
}
#let wanted(field) = {
  if field.size > 0 { field.size } else { calc.max(4, calc.min(12, field.height * 0.7)) }
}
#let sizes(field) = {
  let least = calc.min(4, wanted(field))
  range(0, 200).map(step => wanted(field) - step * 0.25).filter(size => size >= least)
}
#for field in fields {
  page(width: field.width * 1pt, height: field.height * 1pt, margin: 0pt, fill: none, context {
    let size = sizes(field).find(size => fits(field, size))
    if size != none {
      let room = (
        x: if field.cells > 0 { 0pt } else { 2pt },
        y: if field.is_multiline { 2pt } else { 0pt },
      )
      let start = if field.is_multiline { top } else { horizon }
      let side = (left: left, center: center, right: right).at(field.align)
      place(start + left, block(width: 100%, inset: room, align(side, drawn(field, size))))
    }
  })
}
"""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field's text and the room for it, in points."""

    text: str
    width: float
    height: float
    size: float  # as the form asks for; 0 for as large as looks well
    align: str
    is_multiline: bool
    cells: int  # of a comb, one letter each; 0 for running text


def draw_texts(texts: Sequence[FieldText]) -> tuple[PageObject | None, ...]:
    """Draw each text on a page of its size; None for one that cannot be shown whole."""
    if not texts:
        return ()
    drawn = typst.compile(
        _DRAWING,
        font_paths=typst.Fonts(font_paths=[FONTS]),
        format="pdf",
        sys_inputs={"fields": json.dumps([asdict(_tidy(text)) for text in texts])},
    )
    pages = PdfReader(BytesIO(drawn)).pages
    return tuple(page if _is_whole(page) else None for page in pages)


def _tidy(text: FieldText) -> FieldText:
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    shown = lines if text.is_multiline else lines.replace("\n", " ")
    return FieldText(**{**asdict(text), "text": shown})


def _is_whole(page: PageObject) -> bool:
    """Tell whether anything was drawn, and every character of it with a glyph."""
    read_back = page.extract_text()
    return bool(read_back.strip()) and _NO_GLYPH not in read_back

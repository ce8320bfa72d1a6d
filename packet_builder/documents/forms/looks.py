"""The appearance of a filled field: its letters at their places, or a cross."""

from __future__ import annotations

from collections.abc import Sequence

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from packet_builder.documents.forms.box import Box
from packet_builder.documents.forms.layout import SIZE, Run
from packet_builder.documents.forms.update import Update
from packet_builder.plan.form_face import ENCODING

_CROSS = 2.0  # points between a cross and the border of its box


def text_look(
    update: Update, box: Box, runs: Sequence[Run], font: IndirectObject
) -> IndirectObject:
    """Write the appearance of a text field."""
    shown = b"\n".join(map(_shown, runs))
    content = b"/Tx BMC q 0 0 %.2f %.2f re W n BT /Mono %.2f Tf 0 g\n%b\nET Q EMC" % (
        box.width,
        box.height,
        SIZE,
        shown,
    )
    fonts = DictionaryObject({NameObject("/Mono"): font})
    return _look(update, box, content, DictionaryObject({NameObject("/Font"): fonts}))


def cross_look(update: Update, box: Box) -> IndirectObject:
    """Write the appearance of a ticked box, in lines that need no font."""
    left, right = _CROSS, box.width - _CROSS
    low, high = _CROSS, box.height - _CROSS
    content = b"q 1.4 w 0 G %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S Q" % (
        *(left, low, right, high),
        *(left, high, right, low),
    )
    return _look(update, box, content, DictionaryObject())


def _shown(run: Run) -> bytes:
    text = run.text.encode(ENCODING)
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    return b"%.2f Tz 1 0 0 1 %.2f %.2f Tm (%b) Tj" % (run.stretch, run.x, run.y, text)


def _look(update: Update, box: Box, content: bytes, resources: DictionaryObject) -> IndirectObject:
    stream = StreamObject()
    stream.set_data(content)
    sides = (0.0, 0.0, round(box.width, 2), round(box.height, 2))
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject(map(FloatObject, sides))
    stream[NameObject("/Resources")] = resources
    return update.add(stream)

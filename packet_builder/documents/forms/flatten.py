"""A filled form becomes pages that nobody can change: each field's appearance is drawn in place.

pypdf's own flattening draws fields anew and so loses every barcode (measured with 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
)

from packet_builder.documents.forms.box import plain, widgets_of

_HIDDEN, _NO_VIEW = 2, 32


def flatten(source: PdfReader, target: Path) -> int:
    """Write the pages of a form with its fields drawn in; gives the count of pages.

    Only what the pages draw is copied: a form's fields and structure are many times as much.
    """
    writer = PdfWriter()
    for page in source.pages:
        content = _with_fields(page)
        for name in ("/Annots", "/Contents"):
            page.pop(name, None)
        flat = writer.add_page(page)
        flat[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - pypdf has no public name for it
    with target.open("wb") as stream:  # pypdf alone would write each token by itself
        writer.write(stream)
    return len(writer.pages)


def _with_fields(page: PageObject) -> StreamObject:
    """Give the content of a page that draws its fields, too; they become its resources."""
    drawn = _drawn_of(page)
    drawing = [
        operator
        for number, (widget, look) in enumerate(_seen(page))
        if (operator := _operator(widget, look, f"/Field{number}", drawn))
    ]
    content = page.get_contents()
    before = content.get_data() if content is not None else b""
    stream = StreamObject()
    stream.set_data(b"q\n" + before + b"\nQ\n" + b"\n".join(drawing))
    return stream.flate_encode()


def _drawn_of(page: PageObject) -> DictionaryObject:
    """Give the dictionary of what this page draws, its own so that no other page sees more."""
    resources = DictionaryObject(plain(page["/Resources"]))
    drawn = DictionaryObject(plain(resources.get("/XObject")) or {})
    resources[NameObject("/XObject")] = drawn
    page[NameObject("/Resources")] = resources
    return drawn


def _seen(page: PageObject) -> Iterator[tuple[DictionaryObject, Any]]:
    for widget, _ in widgets_of(page):
        looks = plain(widget.get("/AP"))
        if int(widget.get("/F", 0)) & (_HIDDEN | _NO_VIEW) or looks is None:
            continue
        look = looks.raw_get("/N")
        if not isinstance(plain(look), StreamObject):
            state = widget.get("/AS", "/Off")
            look = plain(look).raw_get(state) if state in plain(look) else None
        if look is not None:
            yield widget, look


def _operator(
    widget: DictionaryObject,
    look: Any,  # noqa: ANN401 - a reference to a stream
    name: str,
    drawn: DictionaryObject,
) -> bytes | None:
    stream = plain(look)
    left, bottom, right, top = (float(side) for side in plain(widget["/Rect"]))
    box = [float(side) for side in plain(stream["/BBox"])]
    width, height = box[2] - box[0], box[3] - box[1]
    if not width or not height:
        return None
    across, up = (right - left) / width, (top - bottom) / height
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    drawn[NameObject(name)] = look
    place = (across, up, left - box[0] * across, bottom - box[1] * up)
    return b"q %.6f 0 0 %.6f %.4f %.4f cm %b Do Q" % (*place, name.encode())

"""Filled form fields that have no appearance get one, so that their values show on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)

from packet_builder.documents.intake.errors import FieldNotDrawableError
from packet_builder.documents.intake.field_text import FieldText, draw_texts
from packet_builder.documents.intake.pdf_marks import annotations_of, is_hidden, plain

_MULTILINE, _PASSWORD, _PUSHBUTTON, _COMB = 1 << 12, 1 << 13, 1 << 16, 1 << 24
_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")
_OFF = "/Off"


class FieldKind(StrEnum):
    """How a field shows its value."""

    TEXT = "text"
    CROSS = "cross"
    STATE = "state"  # one of the appearances that it already has


@dataclass(frozen=True, slots=True)
class UndrawnField:
    """A widget whose value does not show, counted as pypdf counts pages and annotations."""

    page: int
    annotation: int
    kind: FieldKind
    value: str


def undrawn_fields(reader: PdfReader) -> tuple[UndrawnField, ...]:
    """Find every visible field with a value that no appearance shows."""
    form = plain(reader.root_object.get("/AcroForm"))
    if not isinstance(form, DictionaryObject):
        return ()
    stale = bool(plain(form.get("/NeedAppearances")))
    return tuple(
        field
        for page, dictionary in enumerate(reader.pages)
        for field in _undrawn_on(page, dictionary, is_stale=stale)
    )


def draw_fields(name: str, writer: PdfWriter, fields: tuple[UndrawnField, ...]) -> None:
    """Give each field of our copy an appearance that shows its value whole."""
    widgets = [
        tuple(annotations_of(writer.pages[field.page]))[field.annotation] for field in fields
    ]
    texts = [
        _field_text(widget, field.value)
        for field, widget in zip(fields, widgets, strict=True)
        if field.kind is FieldKind.TEXT
    ]
    drawn = iter(draw_texts(texts))
    for field, widget in zip(fields, widgets, strict=True):
        if field.kind is FieldKind.STATE:
            widget[NameObject("/AS")] = NameObject(field.value)
        elif field.kind is FieldKind.CROSS:
            _set_crossed(writer, widget, field.value)
        elif (page := next(drawn)) is None:
            raise FieldNotDrawableError(name, field.page + 1)
        else:
            _set_appearance(writer, widget, _form_of(writer, page, widget))
    plain(writer.root_object["/AcroForm"]).pop(NameObject("/NeedAppearances"), None)


def _undrawn_on(page: int, dictionary: PageObject, *, is_stale: bool) -> Iterator[UndrawnField]:
    for index, widget in enumerate(annotations_of(dictionary)):
        if widget.get("/Subtype") != "/Widget" or is_hidden(widget):
            continue
        flags = int(plain(widget.get_inherited("/Ff")) or 0)
        kind = plain(widget.get_inherited("/FT"))
        if kind in {"/Tx", "/Ch"} and not flags & _PASSWORD:
            value = _shown_value(widget)
            if value.strip() and (is_stale or not _has_appearance(widget)):
                yield UndrawnField(page, index, FieldKind.TEXT, value)
        elif kind == "/Btn" and not flags & _PUSHBUTTON:
            yield from _undrawn_button(page, index, widget)


def _undrawn_button(page: int, index: int, widget: DictionaryObject) -> Iterator[UndrawnField]:
    value = str(plain(widget.get_inherited("/V")) or _OFF)
    state = str(plain(widget.get("/AS")) or "")
    appearances = _normal_appearance(widget)
    if isinstance(appearances, DictionaryObject) and not isinstance(appearances, StreamObject):
        if not state and value in appearances:
            yield UndrawnField(page, index, FieldKind.STATE, value)
    elif appearances is None and (state or value) != _OFF:
        yield UndrawnField(page, index, FieldKind.CROSS, state or value)


def _shown_value(widget: DictionaryObject) -> str:
    """Give the text that a viewer would show: of a choice, its words rather than its code."""
    value = plain(widget.get_inherited("/V"))
    if isinstance(value, StreamObject):
        return value.get_data().decode("utf-8", "replace")
    chosen = [plain(item) for item in value] if isinstance(value, ArrayObject) else [value]
    options = plain(widget.get_inherited("/Opt"))
    pairs = [plain(option) for option in options] if isinstance(options, ArrayObject) else []
    words = {
        plain(pair[0]): plain(pair[1])
        for pair in pairs
        if isinstance(pair, ArrayObject) and len(pair) == 2  # noqa: PLR2004 - code and words
    }
    return "\n".join(str(words.get(item, item)) for item in chosen if item is not None)


def _has_appearance(widget: DictionaryObject) -> bool:
    appearance = _normal_appearance(widget)
    return isinstance(appearance, StreamObject) and bool(appearance.get_data().strip())


def _normal_appearance(widget: DictionaryObject) -> object:
    appearances = plain(widget.get("/AP"))
    return plain(appearances.get("/N")) if isinstance(appearances, DictionaryObject) else None


def _field_text(widget: DictionaryObject, value: str) -> FieldText:
    width, height = _size(widget)
    flags = int(plain(widget.get_inherited("/Ff")) or 0)
    size = _FONT_SIZE.search(str(plain(widget.get_inherited("/DA")) or ""))
    cells = plain(widget.get_inherited("/MaxLen")) if flags & _COMB else None
    listed = plain(widget.get_inherited("/FT")) == "/Ch"
    return FieldText(
        text=value,
        width=width,
        height=height,
        size=float(size[1]) if size else 0.0,
        align=("left", "center", "right")[int(plain(widget.get_inherited("/Q")) or 0) % 3],
        is_multiline=bool(flags & _MULTILINE) or (listed and "\n" in value),
        cells=int(cells) if cells else 0,
    )


def _form_of(writer: PdfWriter, page: PageObject, widget: DictionaryObject) -> StreamObject:
    form = _form(page.get_contents().get_data(), *_size(widget))  # type: ignore[union-attr] # typst draws one stream a page
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return form


def _set_crossed(writer: PdfWriter, widget: DictionaryObject, state: str) -> None:
    """Cross a box out; viewers draw a button only where its appearance is named as its state."""
    width, height = _size(widget)
    right, top = f"{width - 2:.2f}", f"{height - 2:.2f}"
    drawing = f"q 1 w 2 2 m {right} {top} l 2 {top} m {right} 2 l S Q"
    _set_appearance(writer, widget, _form(drawing.encode(), width, height))
    crossed = widget["/AP"]["/N"].indirect_reference  # type: ignore[index]
    states = DictionaryObject({NameObject(state): crossed})
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
    widget[NameObject("/AS")] = NameObject(state)


def _form(content: bytes, width: float, height: float) -> StreamObject:
    form = DecodedStreamObject()
    form.set_data(content)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = RectangleObject((0, 0, width, height))
    return form


def _set_appearance(writer: PdfWriter, widget: DictionaryObject, form: StreamObject) -> None:
    turned = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}.get(_rotation(widget))
    if turned:  # the viewer moves the turned form into the widget's rectangle itself
        form[NameObject("/Matrix")] = ArrayObject(NumberObject(n) for n in (*turned, 0, 0))
    reference = writer._add_object(form)  # noqa: SLF001 - pypdf 7.1 has no public way to add a stream
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): reference})
    widget.pop(NameObject("/AS"), None)


def _size(widget: DictionaryObject) -> tuple[float, float]:
    """Give width and height of the field as its text runs."""
    x0, y0, x1, y1 = (float(plain(side)) for side in plain(widget["/Rect"]))
    width, height = abs(x1 - x0), abs(y1 - y0)
    return (height, width) if _rotation(widget) in {90, 270} else (width, height)


def _rotation(widget: DictionaryObject) -> int:
    look = plain(widget.get("/MK"))
    turn = plain(look.get("/R")) if isinstance(look, DictionaryObject) else 0
    return int(turn or 0) % 360

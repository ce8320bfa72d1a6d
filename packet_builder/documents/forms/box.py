"""The fields of a blank form: where each lies, and what it can take."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject

_READ_ONLY = 1
_MULTILINE = 1 << 12
_COMB = 1 << 24
_MIDDLE = 1


class BoxKind(StrEnum):
    """What a field takes."""

    TEXT = "/Tx"
    TICK = "/Btn"
    CHOICE = "/Ch"


@dataclass(frozen=True, slots=True)
class Box:
    """One field of a form."""

    name: str  # the full name
    page: int
    kind: BoxKind
    rect: tuple[float, float, float, float]
    states: tuple[str, ...] = ()  # of a tick box, without its slash
    options: tuple[str, ...] = ()  # of a list of choices
    max_length: int | None = None
    align: int = 0  # 0 left, 1 middle, 2 right
    is_comb: bool = False
    is_multiline: bool = False
    is_locked: bool = False
    value: str | None = None
    number: int = 0  # of its object in the file

    @property
    def width(self) -> float:
        """Give the width in points."""
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> float:
        """Give the height in points."""
        return self.rect[3] - self.rect[1]

    @property
    def is_barcode(self) -> bool:
        """Tell whether this is the barcode in a page's foot, which says form, edition, page."""
        return ".PDF417BarCode1[" in self.name


def boxes_of(source: PdfReader | PdfWriter) -> Mapping[str, Box]:
    """Give every field of a form by its full name, in the order of its pages."""
    boxes = (
        _box(widget, name, number)
        for number, page in enumerate(source.pages, start=1)
        for widget, name in widgets_of(page)
    )
    return MappingProxyType({box.name: box for box in boxes})


def boxes_as_text(boxes: Mapping[str, Box]) -> str:
    """Give fields as a text from which they can be had again, without reading the form."""
    return json.dumps([asdict(box) for box in boxes.values()])


def boxes_from_text(text: str) -> Mapping[str, Box]:
    """Give the fields of such a text."""
    boxes = (
        Box(
            **{
                **row,
                "kind": BoxKind(row["kind"]),
                "rect": tuple(row["rect"]),
                "states": tuple(row["states"]),
                "options": tuple(row["options"]),
            }
        )
        for row in json.loads(text)
    )
    return MappingProxyType({box.name: box for box in boxes})


def widgets_of(page: DictionaryObject) -> Iterator[tuple[DictionaryObject, str]]:
    """Give the widgets of a page with their full names."""
    for reference in plain(page.get("/Annots")) or ():
        widget = plain(reference)
        if widget.get("/Subtype") == "/Widget":
            yield widget, _name(widget)


def plain(value: Any) -> Any:  # noqa: ANN401 - pypdf's objects have no narrower type
    """Give what a reference stands for."""
    while isinstance(value, IndirectObject):
        value = value.get_object()
    return value


def _name(widget: DictionaryObject) -> str:
    parts: list[str] = []
    field: Any = widget
    while field is not None:
        if "/T" in field:
            parts.append(str(field["/T"]))
        field = plain(field.get("/Parent"))
    return ".".join(reversed(parts))


def _box(widget: DictionaryObject, name: str, page: int) -> Box:
    flags = int(widget.get("/Ff", 0))
    kind = BoxKind(str(widget["/FT"]))
    left, bottom, right, top = (float(side) for side in plain(widget["/Rect"]))
    length = widget.get("/MaxLen")
    options = tuple(map(_option, plain(widget.get("/Opt")) or ()))
    return Box(
        name=name,
        page=page,
        kind=kind,
        rect=(left, bottom, right, top),
        states=tuple(_states(widget)) if kind is BoxKind.TICK else (),
        options=options,
        max_length=None if length is None else int(length),
        align=int(widget.get("/Q", _MIDDLE if _is_short(options) else 0)),
        is_comb=bool(flags & _COMB),
        is_multiline=bool(flags & _MULTILINE),
        is_locked=bool(flags & _READ_ONLY),
        value=str(widget["/V"]) if "/V" in widget else None,
        number=0 if widget.indirect_reference is None else widget.indirect_reference.idnum,
    )


def _is_short(options: tuple[str, ...]) -> bool:
    """Tell whether choices are states or figures, which the forms show in the middle."""
    return bool(options) and max(map(len, options)) <= len("N/A")


def _states(widget: DictionaryObject) -> Iterator[str]:
    looks = plain(plain(widget.get("/AP", DictionaryObject())).get("/N")) or {}
    yield from (str(state)[1:] for state in looks if state != "/Off")


def _option(option: Any) -> str:  # noqa: ANN401 - a text, or a pair of export value and text
    option = plain(option)
    return str(option[0]) if isinstance(option, list) else str(option)

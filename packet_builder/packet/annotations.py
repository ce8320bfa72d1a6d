"""What becomes of a source page's annotations: drawn onto the page, kept as links, or removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf.generic import (
    ByteStringObject,
    DictionaryObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from packet_builder.packet.destinations import Destinations, Target
from packet_builder.packet.geometry import Box, Matrix
from packet_builder.packet.placement import box_in
from packet_builder.packet.written import entry, items, lengths, resolved

_HIDDEN = 1 << 1
_NO_VIEW = 1 << 5
_NOT_SHOWN = _HIDDEN | _NO_VIEW

# Kinds that hold words, files or programs beside the page; none of them shows on paper.
_REMOVED = {
    "/Text": "sticky note",
    "/Popup": None,  # the open window of another annotation, which is listed itself
    "/FileAttachment": "attached file",
    "/Sound": "sound",
    "/Movie": "film",
    "/Screen": "embedded media",
    "/RichMedia": "embedded media",
    "/3D": "3D model",
    "/PrinterMark": "printer's mark",
    "/TrapNet": "trap network",
    "/Redact": "redaction that was never applied",
}
_ACTIONS = {
    "/Launch": "link that starts a program",
    "/GoToR": "link to another file",
    "/GoToE": "link to an attached file",
    "/JavaScript": "link that runs JavaScript",
    "/SubmitForm": "link that sends a form",
    "/ImportData": "link that imports a file",
}
_WEB = re.compile(rb"(?i)(?:https?|mailto|tel):")
_FONT_USED = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+[-+.\d]+\s+Tf")
_VALUE_FIELDS = frozenset({"/Tx", "/Ch"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annotation's look, drawn as it stood; `matrix` puts it onto the page."""

    look: StreamObject
    matrix: Matrix
    layer: PdfObject | None = None  # the optional content group that shows or hides it
    fonts: DictionaryObject | None = None  # those that it uses and only the form has
    field: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web, or to a place in the same file."""

    box: Box
    target: bytes | Target
    annotation: DictionaryObject


@dataclass(frozen=True, slots=True)
class Removed:
    """An annotation that is not in the packet, in words without anything private."""

    what: str


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A filled field of which the file holds the value, but not how it looks."""

    field: str


def sort_annotations(
    page: DictionaryObject, destinations: Destinations, form: DictionaryObject | None
) -> Iterator[Drawn | Link | Removed | Undrawn]:
    """Tell what becomes of each annotation of a page, in their order."""
    for annotation in map(resolved, items(page.get("/Annots"))):
        if isinstance(annotation, DictionaryObject):
            yield from _sorted(annotation, destinations, form)


def _sorted(
    annotation: DictionaryObject, destinations: Destinations, form: DictionaryObject | None
) -> Iterator[Drawn | Link | Removed | Undrawn]:
    kind = resolved(annotation.get("/Subtype"))
    if kind in _REMOVED:
        what = _REMOVED[kind]
        if what:
            yield Removed(what)
        return
    if _flags(annotation) & _NOT_SHOWN:
        yield Removed("hidden annotation" if kind != "/Widget" else "hidden form field")
        return
    if kind == "/Link":
        yield _link(annotation, destinations)
    drawn = _drawn(annotation, form, field=kind == "/Widget")
    if drawn is not None:
        yield drawn
    elif kind == "/Widget":
        yield from _undrawn(annotation)
    elif kind != "/Link" and not _has_empty_look(annotation):
        yield Removed("annotation without a look of its own")


def _link(annotation: DictionaryObject, destinations: Destinations) -> Link | Removed:
    box = box_in(annotation.get("/Rect"))
    action = resolved(annotation.get("/A"))
    place = annotation.get("/Dest")
    if isinstance(action, DictionaryObject):
        kind = resolved(action.get("/S"))
        if kind == "/URI":
            return _web_link(annotation, box, resolved(action.get("/URI")))
        if kind != "/GoTo":
            return Removed(_ACTIONS.get(str(kind), "link with an unusual action"))
        place = action.get("/D")
    target = destinations.find(place)
    if target is None or box is None:
        return Removed("link without a target")
    return Link(box, target, annotation)


def _web_link(annotation: DictionaryObject, box: Box | None, address: object) -> Link | Removed:
    if not isinstance(address, (TextStringObject, ByteStringObject)) or box is None:
        return Removed("link without a target")
    written = address.original_bytes
    if not _WEB.match(written):
        return Removed("link to another file")
    return Link(box, written, annotation)


def _drawn(
    annotation: DictionaryObject, form: DictionaryObject | None, *, field: bool
) -> Drawn | None:
    look = _look(annotation)
    box = box_in(annotation.get("/Rect"))
    if look is None or box is None:
        return None
    matrix = _fitted(look, box)
    if matrix is None:
        return None
    fonts = _missing_fonts(look, form) if field and form is not None else None
    return Drawn(look, matrix, annotation.get("/OC"), fonts, field)


def _look(annotation: DictionaryObject) -> StreamObject | None:
    """Give the normal appearance, in the state that the annotation is in."""
    look = entry(annotation.get("/AP"), "/N")
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = resolved(annotation.get("/AS")) or "/Off"
        look = resolved(look.get(state))
    return look if isinstance(look, StreamObject) else None


def _has_empty_look(annotation: DictionaryObject) -> bool:
    """Tell whether the file says that nothing is to be seen."""
    looks = resolved(annotation.get("/AP"))
    shown = box_in(annotation.get("/Rect")) is not None
    return not shown or (isinstance(looks, DictionaryObject) and "/N" in looks)


def _undrawn(annotation: DictionaryObject) -> Iterator[Undrawn]:
    if _has_empty_look(annotation):
        return
    if _inherited(annotation, "/FT") in _VALUE_FIELDS and _inherited(annotation, "/V"):
        yield Undrawn(str(_inherited(annotation, "/T") or "without a name"))


def _inherited(field: DictionaryObject, key: str) -> object:
    holder: object = field
    for _ in range(32):  # deeper is a circle
        if not isinstance(holder, DictionaryObject):
            return None
        if key in holder:
            return resolved(holder.get(key))
        holder = resolved(holder.get("/Parent"))
    return None


def _fitted(look: StreamObject, box: Box) -> Matrix | None:
    """Give the matrix that brings an appearance into its rectangle (ISO 32000-1, 12.5.5)."""
    own = lengths(look.get("/BBox"), 4) or [0.0, 0.0, box.width, box.height]
    turned = Matrix(*(lengths(look.get("/Matrix"), 6) or (1, 0, 0, 1, 0, 0)))
    around = turned.box(Box(own[0], own[1], own[2], own[3]))
    if around.width <= 0 or around.height <= 0:
        return None
    across, up = box.width / around.width, box.height / around.height
    return Matrix(
        across, 0, 0, up, box.left - around.left * across, box.bottom - around.bottom * up
    )


def _missing_fonts(look: StreamObject, form: DictionaryObject) -> DictionaryObject | None:
    """Give the fonts that a field's look asks for and only the form's own resources have."""
    own = entry(look.get("/Resources"), "/Font")
    fonts = entry(form.get("/DR"), "/Font")
    if not isinstance(fonts, DictionaryObject):
        return None
    known = own if isinstance(own, DictionaryObject) else DictionaryObject()
    used = {"/" + name.decode("latin-1") for name in _FONT_USED.findall(look.get_data())}
    missing = sorted(name for name in used if name not in known and name in fonts)
    if not missing:
        return None
    raw = {key: value for key, value in fonts.items() if key in missing}
    return DictionaryObject({**dict(known.items()), **raw})


def _flags(annotation: DictionaryObject) -> int:
    flags = resolved(annotation.get("/F"))
    return int(flags) if isinstance(flags, int) else 0

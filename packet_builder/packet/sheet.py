"""One source page becomes one Letter page: its content a form, its annotations drawn."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from packet_builder.packet import syntax
from packet_builder.packet.annotations import Drawn
from packet_builder.packet.copier import Copier
from packet_builder.packet.geometry import HEIGHT, WIDTH, Box
from packet_builder.packet.placement import Placement
from packet_builder.packet.segment import Shared
from packet_builder.packet.stamps import CONTENT_MARK, FIELD_MARK, LAYER_MARK, stamp_resources
from packet_builder.packet.written import items, mapping, reference_to, resolved

_ENCODING = ("/Filter", "/DecodeParms")
_CONTENT = b"/%s BMC /PkP Do EMC " % CONTENT_MARK.encode()
_FAST = 1  # content that had to be joined is packed quickly: it is small beside pictures


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the packet, ready to be written. What has a number here is an object."""

    number: int
    placement: Placement
    drawn: tuple[Drawn, ...]
    stamp: int
    annotations: bytes  # an array of its links, or a reference to one; nothing where it has none


class Sheets:
    """Writes the pages that come from one file."""

    def __init__(self, shared: Shared, copier: Copier) -> None:
        self._shared = shared
        self._copier = copier
        self._body = copier.body
        self._forms: dict[tuple[object, ...], int] = {}

    def write(self, sheet: Sheet, source: DictionaryObject) -> None:
        """Write a page and all that it shows."""
        form = self._content_form(source, sheet.placement.visible)
        looks = [self._look(each) for each in sheet.drawn]
        objects = {"/PkP": form, **{f"/PkA{index}": look for index, look in enumerate(looks)}}
        content = self._body.add_stream(b"", _operators(sheet, has_content=form is not None))
        entries = {
            "Type": b"/Page",
            "Parent": syntax.reference(self._shared.tree),
            "MediaBox": b"[0 0 %d %d]" % (WIDTH, HEIGHT),
            "Resources": self._resources(objects, sheet.drawn),
            "Contents": syntax.array(map(syntax.reference, (content, sheet.stamp))),
        }
        if "/Group" in source:
            entries["Group"] = self._copier.value(source.raw_get("/Group"))
        if sheet.annotations:
            entries["Annots"] = sheet.annotations
            entries["Tabs"] = b"/R"  # the key leads from link to link as one reads: row by row
        self._body.put(sheet.number, syntax.dictionary(entries))
        self._copier.drain()

    def _resources(self, objects: dict[str, int | None], looks: Sequence[Drawn]) -> bytes:
        fonts, mark = stamp_resources(self._shared.font, self._shared.draft)
        shown = b"".join(
            b"%s %d 0 R" % (name.encode(), number)
            for name, number in objects.items()
            if number is not None
        )
        layers = b"".join(
            b"/PkL%d %s" % (index, self._copier.value(look.layer))
            for index, look in enumerate(looks)
            if look.layer is not None
        )
        properties = b"/Properties<<%s>>" % layers if layers else b""
        return b"<</Font<<%s>>/XObject<<%s%s>>%s>>" % (fonts, shown, mark, properties)

    def _content_form(self, source: DictionaryObject, visible: Box) -> int | None:
        """Make a form of a page's content: bytes as they are, and safe from what is unbalanced."""
        streams = _content_of(source)
        if not streams:
            return None
        resources = mapping(source.get("/Resources"))
        key = (*map(_identity, streams), id(resources), visible)
        if key not in self._forms:
            box = syntax.array(map(syntax.coordinate, visible))
            shared = b"<<>>" if resources is None else self._copier.shared(resources)
            head = b"/Type/XObject/Subtype/Form/BBox%s/Resources %s" % (box, shared)
            self._forms[key] = self._add_content(head, streams)
        return self._forms[key]

    def _add_content(self, head: bytes, streams: Sequence[StreamObject]) -> int:
        if len(streams) == 1:
            kept = {key: streams[0].raw_get(key) for key in _ENCODING if key in streams[0]}
            encoding = self._copier.entries(DictionaryObject(kept))
            content = streams[0]._data  # noqa: SLF001 - the encoded bytes; get_data() decodes them
        else:
            encoding = b"/Filter/FlateDecode"
            content = zlib.compress(b"\n".join(each.get_data() for each in streams), _FAST)
        number = self._body.add_stream(head + encoding, content)
        for stream in streams:
            self._copier.forget(stream)
        return number

    def _look(self, annotation: Drawn) -> int:
        """Give the form that an annotation's appearance is, or a copy that can be drawn as one."""
        look, fonts = annotation.look, annotation.fonts
        reference = reference_to(look)
        if fonts is None and look.get("/Subtype") == "/Form" and reference is not None:
            return self._copier.number_of(reference)
        head = b"/Type/XObject/Subtype/Form"
        without = ["/Type", "/Subtype"]
        if fonts is not None:
            resources = DictionaryObject(mapping(look.get("/Resources")) or {})
            resources[NameObject("/Font")] = fonts
            head += b"/Resources " + self._copier.value(resources)
            without.append("/Resources")
        entries = head + self._copier.stream_entries(look, without)
        return self._body.add_stream(entries, look._data)  # noqa: SLF001 - the encoded bytes


def _operators(sheet: Sheet, *, has_content: bool) -> bytes:
    """Give the page's own content: everything of the source under one matrix."""
    content = _CONTENT if has_content else b""
    if sheet.drawn:
        box = sheet.placement.visible
        sides = (box.left, box.bottom, box.width, box.height)
        content += b"%s re W n " % b" ".join(map(syntax.coordinate, sides))
        content += b"".join(_drawn(index, each) for index, each in enumerate(sheet.drawn))
    matrix = b" ".join(syntax.number(round(each, 7)) for each in sheet.placement.matrix)
    return b"q %s cm %sQ\n" % (matrix, content)


def _drawn(index: int, annotation: Drawn) -> bytes:
    matrix = b" ".join(syntax.number(round(each, 7)) for each in annotation.matrix)
    operators = b"q %s cm /PkA%d Do Q " % (matrix, index)
    if annotation.field:
        operators = b"/%s BMC %sEMC " % (FIELD_MARK.encode(), operators)
    if annotation.layer is None:
        return operators
    return b"/%s BMC /OC /PkL%d BDC %sEMC EMC " % (LAYER_MARK.encode(), index, operators)


def _content_of(source: DictionaryObject) -> list[StreamObject]:
    content = resolved(source.get("/Contents"))
    parts = map(resolved, items(content)) if isinstance(content, ArrayObject) else (content,)
    return [part for part in parts if isinstance(part, StreamObject)]


def _identity(stream: StreamObject) -> object:
    reference = reference_to(stream)
    return id(stream) if reference is None else (reference.idnum, reference.generation)

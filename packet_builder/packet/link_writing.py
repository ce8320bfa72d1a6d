"""The links of a source page as annotations of its page in the packet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from packet_builder.packet import syntax
from packet_builder.packet.annotations import Link
from packet_builder.packet.copier import Copier
from packet_builder.packet.destinations import Target
from packet_builder.packet.geometry import Box, Matrix
from packet_builder.packet.placement import Placement
from packet_builder.packet.written import lengths

_KEPT = ("/Border", "/BS", "/C", "/H", "/F")  # how a link looks, and when
_CORNERS = 8  # numbers that make one quadrilateral

PlaceOf = Callable[[int], tuple[int, Matrix]]  # a file's page → the packet's object, its matrix


def write_link(link: Link, placement: Placement, copier: Copier, place_of: PlaceOf) -> int:
    """Write a link that a source page carries, moved with the page."""
    annotation = link.annotation
    kept = b"".join(
        b"%s %s" % (key.encode(), copier.value(annotation.raw_get(key)))
        for key in _KEPT
        if key in annotation
    )
    corners = b"".join(_corners(link, placement.matrix))
    leads = _leads(link.target, place_of)
    box = _written(placement.matrix.box(link.box))
    said = b"/Contents" + syntax.string(_said(link.target))
    written = b"<</Type/Annot/Subtype/Link/Rect%s%s%s%s%s>>" % (box, kept, corners, said, leads)
    return copier.body.add(written)


def _said(target: bytes | Target) -> bytes:
    """Say where a link leads, for who hears it: the address, or the page of the file."""
    return target if isinstance(target, bytes) else b"Page %d of this file" % (target.page + 1)


def _leads(target: bytes | Target, place_of: PlaceOf) -> bytes:
    if isinstance(target, bytes):
        return b"/A<</S/URI/URI%s>>" % syntax.string(target)
    page, matrix = place_of(target.page)
    if target.top is None:
        return b"/Dest[%d 0 R /Fit]" % page
    across, up = matrix.point(target.left or 0.0, target.top)
    return b"/Dest[%d 0 R /XYZ %s %s null]" % (
        page,
        syntax.coordinate(across),
        syntax.coordinate(up),
    )


def _corners(link: Link, matrix: Matrix) -> Iterator[bytes]:
    """Give where exactly a link lies that is broken over lines."""
    written = link.annotation.get("/QuadPoints")
    count = len(written) if isinstance(written, list) else 0
    sides = lengths(written, count) if count and count % _CORNERS == 0 else None
    if sides:
        points = zip(sides[::2], sides[1::2], strict=True)
        moved = (each for point in points for each in matrix.point(*point))
        yield b"/QuadPoints" + syntax.array(map(syntax.coordinate, moved))


def _written(box: Box) -> bytes:
    return syntax.array(map(syntax.coordinate, box))

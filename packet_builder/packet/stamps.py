"""What a page's own number becomes: the words in its foot, and the DRAFT mark across it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.packet.geometry import HEIGHT, WIDTH
from packet_builder.packet.stamp_font import Face, bold, embed, regular
from packet_builder.rules.internal_mark import INTERNAL_MARK

CONTENT_MARK = "PkP"  # marks a source's content among the objects of its page
FIELD_MARK = "PkF"  # and the look of a form's field
LAYER_MARK = "PkO"  # and the look of an annotation that a layer shows or hides
STAMP_MARK = "Artifact"  # and what we add to it; a reader for the blind passes over it

DRAFT_NAME = "PkD"  # of the DRAFT mark among what a page draws
DRAFT_DRAWN = b"/Artifact BMC /%s Do EMC " % DRAFT_NAME.encode()

_EXHIBIT_SIZE = 10.0
_PAGE_SIZE = 7.5
_BASELINE = 9.0
_LEFT, _RIGHT = 36.0, WIDTH - 36.0  # the margins of letters and of the official forms
# The box behind a stamp on pages that have a foot of their own. The barcode of the official forms
# ends at x = 458 and begins at y = 13; letters have their footer at y = 36.
_BACKING = (3.0, 2.5, 10.5)  # left and right of the text, below its baseline, height
_MARK = "DRAFT"
_MARK_SIZE = 150.0
_MARK_OPACITY = 0.15
#: What stands in the foot of every page that is never filed, in the letters that the face has.
_INTERNAL = INTERNAL_MARK.replace("\u2013", "-")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words in the foot of one page."""

    page: str  # of the packet
    exhibit: str | None = None  # and of the exhibit


@dataclass(frozen=True, slots=True)
class Ink:
    """The objects that all stamps share."""

    face: Face
    font: int
    draft: int | None
    internal: bool = False  # every page says that it is never filed


def stamp_resources(font: int, draft: int | None) -> tuple[bytes, bytes]:
    """Give the entries of a page's resources: those of its fonts, and of its XObjects."""
    mark = b"" if draft is None else b"/%s %d 0 R" % (DRAFT_NAME.encode(), draft)
    return b"/PkF %d 0 R" % font, mark


def prepare(body: Body, *, draft: bool, internal: bool = False) -> Ink:
    """Write what all stamps share."""
    face = regular()
    return Ink(face, embed(body, face), _draft_mark(body) if draft else None, internal)


def stamp_of(page: int, pages: int, exhibit: tuple[str, int, int] | None) -> Stamp:
    """Give the words of a page's stamp; `exhibit` is its letter, its page, and of how many."""
    words = f"Page {page} of {pages}"
    if exhibit is None:
        return Stamp(words)
    letter, exhibit_page, exhibit_pages = exhibit
    return Stamp(words, f"Exhibit {letter}, Page {exhibit_page} of {exhibit_pages}")


def drawn(stamp: Stamp, ink: Ink) -> bytes:
    """Give the operators that draw a stamp, and the DRAFT mark."""
    mark = b"" if ink.draft is None else DRAFT_DRAWN
    width = ink.face.width(stamp.page) * _PAGE_SIZE
    left = _RIGHT - width
    internal = _internal(ink) if ink.internal else b""
    page = internal + _line(stamp.page, _PAGE_SIZE, left)
    if stamp.exhibit is None:
        return mark + b"/Artifact BMC " + _backing(left, width) + page + b"EMC\n"
    middle = (WIDTH - ink.face.width(stamp.exhibit) * _EXHIBIT_SIZE) / 2
    return mark + b"/Artifact BMC " + _line(stamp.exhibit, _EXHIBIT_SIZE, middle) + page + b"EMC\n"


def _internal(ink: Ink) -> bytes:
    width = ink.face.width(_INTERNAL) * _PAGE_SIZE
    return _backing(_LEFT, width) + _line(_INTERNAL, _PAGE_SIZE, _LEFT)


def _line(text: str, size: float, left: float) -> bytes:
    return b"BT 0 g /PkF %s Tf %s %s Td %s Tj ET " % (
        syntax.number(size),
        syntax.number(round(left, 2)),
        syntax.number(_BASELINE),
        syntax.text(text),
    )


def _backing(left: float, width: float) -> bytes:
    beside, below, height = _BACKING
    box = (left - beside, _BASELINE - below, width + 2 * beside, height)
    return b"1 g %s re f " % b" ".join(syntax.number(round(side, 2)) for side in box)


def _draft_mark(body: Body) -> int:
    """Write the mark, once: a pale word from corner to corner, through which all can be read.

    It is pure red and multiplied, so it can only darken green and blue: black stays black under it,
    and the red of a page is what it would be without it, which the accounting relies on.
    """
    face = bold()
    angle = math.atan2(HEIGHT, WIDTH)
    cos, sin = math.cos(angle), math.sin(angle)
    along, aside = face.width(_MARK) * _MARK_SIZE / 2, _MARK_SIZE * 0.36
    left = WIDTH / 2 - along * cos + aside * sin
    bottom = HEIGHT / 2 - along * sin - aside * cos
    matrix = b" ".join(syntax.coordinate(each) for each in (cos, sin, -sin, cos, left, bottom))
    content = b"/G gs 1 0 0 rg BT /F %d Tf %s Tm (%s) Tj ET" % (
        _MARK_SIZE,
        matrix,
        _MARK.encode(),
    )
    return body.add_stream(
        b"/Type/XObject/Subtype/Form/BBox[0 0 %d %d]/Resources<</Font<</F %d 0 R>>"
        b"/ExtGState<</G<</ca %s/BM/Multiply>>>>>>"
        % (WIDTH, HEIGHT, embed(body, face), syntax.number(_MARK_OPACITY)),
        content,
    )

"""Lengths, boxes and matrices on the packet's Letter pages."""

from __future__ import annotations

from typing import NamedTuple

from packet_builder.plan.planned import OF_OTHERS, DocumentKind

WIDTH = 612.0
HEIGHT = 792.0
STRIP = 28.0  # the foot of an exhibit's page, kept free for its stamps


class Box(NamedTuple):
    """A rectangle, in points, its corners in order."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Give the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give the height."""
        return self.top - self.bottom


class Matrix(NamedTuple):
    """A transformation as PDF writes it: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """Give the box around a box that was moved."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        across, up = zip(*corners, strict=True)
        return Box(min(across), min(up), max(across), max(up))


LETTER = Box(0.0, 0.0, WIDTH, HEIGHT)
ABOVE_STRIP = Box(0.0, STRIP, WIDTH, HEIGHT)


def area_of(kind: DocumentKind) -> Box:
    """Give the part of a Letter page that the pages of a document may take."""
    return ABOVE_STRIP if kind in OF_OTHERS else LETTER

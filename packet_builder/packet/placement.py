"""Where a source page comes to lie on its Letter page: whole, upright, never enlarged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from packet_builder.packet.geometry import LETTER, Box, Matrix
from packet_builder.packet.written import length, lengths

_SAME = 0.5  # points: producers round 8.5 by 11 inches in either direction


@dataclass(frozen=True, slots=True)
class Placement:
    """What a reader sees of a page, and the matrix that puts it onto its Letter page."""

    visible: Box  # in the page's own coordinates
    matrix: Matrix

    @property
    def area(self) -> Box:
        """Give the part of the Letter page that the page takes."""
        return self.matrix.box(self.visible)


def placement_of(page: Mapping[str, object], area: Box) -> Placement:
    """Place a page, as a reader sees it, into an area: centred, and shrunk where it must be."""
    visible = visible_box(page)
    turn = _turn_of(page)
    unit = _unit_of(page)
    sides = (visible.width * unit, visible.height * unit)
    width, height = sides if turn in {0, 180} else (sides[1], sides[0])
    scale = _scale(width, height, area)
    left = area.left + (area.width - width * scale) / 2
    bottom = area.bottom + (area.height - height * scale) / 2
    return Placement(visible, _matrix(visible, turn, scale * unit, (left, bottom)))


def visible_box(page: Mapping[str, object]) -> Box:
    """Give what a viewer shows of a page: its crop box, as far as it lies on its media box."""
    media = box_in(page.get("/MediaBox")) or LETTER
    crop = box_in(page.get("/CropBox")) or media
    common = Box(
        max(media.left, crop.left),
        max(media.bottom, crop.bottom),
        min(media.right, crop.right),
        min(media.top, crop.top),
    )
    return common if common.width > 0 and common.height > 0 else media


def _scale(width: float, height: float, area: Box) -> float:
    if abs(width - area.width) <= _SAME and abs(height - area.height) <= _SAME:
        return 1.0
    return min(1.0, area.width / width, area.height / height)


def _matrix(visible: Box, turn: int, scale: float, corner: tuple[float, float]) -> Matrix:
    """Give the matrix that turns a box clockwise and puts its lower left onto a corner."""
    left, bottom = corner
    match turn:
        case 90:
            return Matrix(
                0, -scale, scale, 0, left - scale * visible.bottom, bottom + scale * visible.right
            )
        case 180:
            return Matrix(
                -scale, 0, 0, -scale, left + scale * visible.right, bottom + scale * visible.top
            )
        case 270:
            return Matrix(
                0, scale, -scale, 0, left + scale * visible.top, bottom - scale * visible.left
            )
        case _:
            return Matrix(
                scale, 0, 0, scale, left - scale * visible.left, bottom - scale * visible.bottom
            )


def _turn_of(page: Mapping[str, object]) -> int:
    turn = length(page.get("/Rotate")) or 0.0
    return int(turn) % 360 if turn % 90 == 0 else 0


def _unit_of(page: Mapping[str, object]) -> float:
    unit = length(page.get("/UserUnit"))
    return unit if unit is not None and unit > 0 else 1.0


def box_in(written: object) -> Box | None:
    """Read a rectangle, its corners in any order; None when it is broken or encloses nothing."""
    sides = lengths(written, 4)
    if sides is None:
        return None
    across, up = sorted(sides[::2]), sorted(sides[1::2])
    box = Box(across[0], up[0], across[1], up[1])
    return box if box.width > 0 and box.height > 0 else None

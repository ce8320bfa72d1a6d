"""Where the letters of a value come to stand in a box; arithmetic only."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from packet_builder.documents.forms.box import Box

SIZE = 10.0  # points, as the forms' own fields
ADVANCE = 0.6 * SIZE  # of every letter: the face is monospaced
PADDING = 2.0
NARROWEST = 75.0  # percent; narrower letters are hard to read on a second copy
_CAP_HEIGHT = 0.62 * SIZE
_RULED = 30.0  # a box of this height has printed rules
_ABOVE_RULE = 5.0


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters at their place in the box, squeezed to `stretch` percent."""

    text: str
    x: float
    y: float
    stretch: float = 100.0


def laid_out(text: str, box: Box, pitch: int) -> tuple[Run, ...] | None:
    """Give the letters of a value in their places; None where they do not fit."""
    if box.max_length is not None and len(text) > box.max_length:
        return None
    if box.is_comb and box.max_length:
        return _comb(text, box, box.max_length)
    if is_ruled(box):
        return _ruled(text, box, pitch)
    return None if "\n" in text else _line(text, box)


def is_ruled(box: Box) -> bool:
    """Tell whether a box has several printed lines."""
    return box.is_multiline and box.height >= _RULED


def lines_of(text: str, box: Box) -> list[str]:
    """Wrap a text at the width of a box; a word is broken only where squeezing does not help."""
    columns = int((box.width - 2 * PADDING) // ADVANCE)
    wrapped = (
        line
        for paragraph in text.split("\n")
        for line in textwrap.wrap(
            paragraph, columns, break_on_hyphens=False, break_long_words=False
        )
        or [""]
    )
    longest = int(columns * 100 / NARROWEST)
    return [
        piece
        for line in wrapped
        for piece in ([line] if len(line) <= longest else textwrap.wrap(line, columns))
    ]


def capacity_of(box: Box, pitch: int) -> int:
    """Count the printed lines of a box."""
    return round(box.height / pitch)


def _comb(text: str, box: Box, cells: int) -> tuple[Run, ...]:
    cell = box.width / cells
    y = (box.height - _CAP_HEIGHT) / 2
    return tuple(
        Run(letter, cell * place + (cell - ADVANCE) / 2, y) for place, letter in enumerate(text)
    )


def _ruled(text: str, box: Box, pitch: int) -> tuple[Run, ...] | None:
    lines = lines_of(text, box)
    if len(lines) > capacity_of(box, pitch):
        return None
    top = box.height + _ABOVE_RULE
    return tuple(
        Run(line, PADDING, top - pitch * number, _stretch(line, box))
        for number, line in enumerate(lines, start=1)
    )


def _line(text: str, box: Box) -> tuple[Run, ...] | None:
    stretch = _stretch(text, box)
    if stretch < NARROWEST:
        return None
    spare = box.width - 2 * PADDING - len(text) * ADVANCE * stretch / 100.0
    x = PADDING + spare * (0.0, 0.5, 1.0)[box.align]
    return (Run(text, x, (box.height - _CAP_HEIGHT) / 2, stretch),)


def _stretch(text: str, box: Box) -> float:
    """Give the percent to which letters are squeezed so that a line fits."""
    needed = len(text) * ADVANCE
    return min(100.0, 100.0 * (box.width - 2 * PADDING) / needed) if needed else 100.0

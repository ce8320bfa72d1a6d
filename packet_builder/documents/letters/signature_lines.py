"""A finished letter becomes the lines on it that want a signature, and whose name stands below."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

_LINE = re.compile("_{8,}")
_ROOM = 26.0  # points above a line in which a hand signs
_BELOW = 26.0  # points below it in which the name begins


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line to sign on."""

    page: int  # of the letter
    box: tuple[float, float, float, float]  # where the signature goes, in points of that page
    name: str  # printed below; empty where nothing is


def signature_lines(pdf: Path) -> tuple[SignatureLine, ...]:
    """Give every line of underscores that is long enough to sign on, in order."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return tuple(
            line for number, page in enumerate(document, 1) for line in _on_page(number, page)
        )


def _on_page(number: int, page: pypdfium2.PdfPage) -> Iterator[SignatureLine]:
    text = page.get_textpage()
    if not _LINE.search(text.get_text_range()):
        return
    signs = "".join(text.get_text_range(index, 1) or " " for index in range(text.count_chars()))
    boxes = [_box(text, found) for found in _LINE.finditer(signs)]
    for box in boxes:
        beside = [one[0] for one in boxes if abs(one[1] - box[1]) < _ROOM and one[0] > box[2]]
        column = (box[0], box[1], min([page.get_width(), *beside]))
        yield SignatureLine(number, box, _name_below(text, *column))


def _box(text: pypdfium2.PdfTextPage, found: re.Match[str]) -> tuple[float, float, float, float]:
    left, bottom, _, _ = text.get_charbox(found.start())
    _, _, right, _ = text.get_charbox(found.end() - 1)
    return left, bottom, right, bottom + _ROOM


def _name_below(text: pypdfium2.PdfTextPage, left: float, bottom: float, right: float) -> str:
    below = text.get_text_bounded(left - 1, bottom - _BELOW, right - 1, bottom)
    return next((line.strip() for line in below.splitlines() if line.strip(" _")), "")

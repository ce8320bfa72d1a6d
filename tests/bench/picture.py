"""Draws how the cost of binding grows, from what `python -m tests.bench.binding` measured.

Seconds of CPU for the work alone, by pages of text, on logarithmic axes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from tests.bench.results import ROOT, Part, median

TARGET = ROOT / "docs" / "pictures" / "binding-cost.svg"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 780, 460, 70, 190, 30, 50
PAGES, SECONDS = (200, 10_000), (0.001, 100.0)
TICKS = ((200, 500, 1000, 2000, 5000, 10_000), (0.001, 0.01, 0.1, 1.0, 10.0, 100.0))
#: How each line of the table is called and drawn; ours are strong.
LINES: Mapping[str, tuple[str, str, float]] = {
    "bound anew": ("this program, bound anew", "#1a5fb4", 3),
    "largest exhibit changed": ("one exhibit changed", "#3584e4", 3),
    "only numbers changed": ("only numbers changed", "#62a0ea", 3),
    "pypdf, as in tutorials": ("pypdf, as in tutorials", "#a51d2d", 1.5),
    "PyMuPDF": ("PyMuPDF", "#613583", 1.5),
    "qpdf": ("qpdf", "#26a269", 1.5),
    "pdftk": ("pdftk", "#986a44", 1.5),
    "pikepdf at its best": ("pikepdf at its best", "#e5a50a", 1.5),
    "the bytes of the inputs copied": ("copying the bytes", "#77767b", 1.5),
}
Point = tuple[float, float]
_TEXT = "binding-text-"


def x_of(pages: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * _part(pages, *PAGES)


def y_of(seconds: float) -> float:
    low, high = SECONDS
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _part(max(seconds, low), low, high)


def _part(value: float, low: float, high: float) -> float:
    return math.log(value / low) / math.log(high / low)


def svg(parts: Sequence[Part]) -> str:
    """Give the picture."""
    text = [part for part in parts if part.name.startswith(_TEXT)]
    body = "\n".join((*_axes(), *_lines(text)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="Liberation Sans, Arial, sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _axes() -> Iterator[str]:
    right, low = WIDTH - RIGHT, HEIGHT - BOTTOM
    for pages in TICKS[0]:
        x = x_of(pages)
        yield f'<line x1="{x:.0f}" y1="{TOP}" x2="{x:.0f}" y2="{low}" stroke="#eee"/>'
        yield f'<text x="{x:.0f}" y="{low + 18}" text-anchor="middle">{pages:,}</text>'
    for seconds in TICKS[1]:
        y = y_of(seconds)
        yield f'<line x1="{LEFT}" y1="{y:.0f}" x2="{right}" y2="{y:.0f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{seconds:g} s</text>'
    yield f'<text x="{(LEFT + right) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">pages</text>'
    yield f'<text x="{LEFT}" y="18">seconds of CPU, without the start of the program</text>'


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    ends: list[float] = []
    drawn = [(tool, points) for tool in LINES if (points := _points(parts, tool))]
    for tool, points in sorted(drawn, key=lambda one: one[1][-1][1]):
        title, colour, width = LINES[tool]
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
        x, y = points[-1]
        at = max(y, ends[-1] + 14) if ends else y
        ends.append(at)
        yield f'<text x="{x + 8:.0f}" y="{at + 4:.0f}" fill="{colour}">{title}</text>'


def _points(parts: Sequence[Part], what: str) -> Sequence[Point]:
    return sorted(
        (x_of(int(part.name.removeprefix(_TEXT))), y_of(median(row.samples)))
        for part in parts
        for row in part.rows
        if row.what == what
    )

"""What a sheet carries before anything is written on it: its head and its foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfgen.canvas import Canvas

from tests.samples.markup import Look

SPECIMEN = "SPECIMEN – invented for testing"
MARGIN = 68.0
SIZES: Mapping[str, tuple[float, float]] = {"letter": letter, "a4": A4}


def _draw_letterhead(canvas: Canvas, look: Look, number: int) -> float:
    width, height = SIZES[look.size]
    if number > 1:
        canvas.setFont(f"{look.family}-Regular", 9)
        canvas.setFillColor(colors.HexColor("#555555"))
        canvas.drawString(MARGIN, height - 46, look.head)
        return 72
    canvas.setFillColor(colors.HexColor(look.accent))
    canvas.setFont(f"{look.family}-Bold", 17)
    canvas.drawString(MARGIN, height - 58, look.head)
    canvas.setFillColor(colors.HexColor("#444444"))
    canvas.setFont(f"{look.family}-Regular", 8.5)
    canvas.drawString(MARGIN, height - 72, look.sub)
    canvas.setStrokeColor(colors.HexColor(look.accent))
    canvas.setLineWidth(1.2)
    canvas.line(MARGIN, height - 80, width - MARGIN, height - 80)
    return 104


def _draw_band(canvas: Canvas, look: Look, number: int) -> float:
    del number
    width, height = SIZES[look.size]
    canvas.setFillColor(colors.HexColor(look.accent))
    canvas.rect(0, height - 64, width, 64, stroke=0, fill=1)
    canvas.setFillColor(colors.white)
    canvas.setFont(f"{look.family}-Bold", 15)
    canvas.drawString(MARGIN, height - 36, look.head)
    canvas.setFont(f"{look.family}-Regular", 8.5)
    canvas.drawString(MARGIN, height - 51, look.sub)
    return 84


def _draw_rule(canvas: Canvas, look: Look, number: int) -> float:
    del number
    width, height = SIZES[look.size]
    canvas.setFillColor(colors.black)
    canvas.setFont(f"{look.family}-Bold", 10)
    canvas.drawString(MARGIN, height - 44, look.head)
    canvas.setFont(f"{look.family}-Regular", 8.5)
    canvas.drawRightString(width - MARGIN, height - 44, look.sub)
    canvas.setStrokeColor(colors.HexColor("#777777"))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, height - 50, width - MARGIN, height - 50)
    return 66


def _draw_nothing(canvas: Canvas, look: Look, number: int) -> float:
    del canvas, look, number
    return 72


TOPS: Mapping[str, Callable[[Canvas, Look, int], float]] = {
    "letterhead": _draw_letterhead,
    "band": _draw_band,
    "rule": _draw_rule,
    "plain": _draw_nothing,
}


def draw_foot(canvas: Canvas, look: Look, number: int, count: int) -> None:
    width = SIZES[look.size][0]
    canvas.setFillColor(colors.HexColor("#777777"))
    canvas.setFont(f"{look.family}-Regular", 7.5)
    canvas.drawString(MARGIN, 40, f"{look.foot}   {SPECIMEN}".strip())
    if look.numbered == "yes":
        canvas.drawRightString(width - MARGIN, 40, f"{number} of {count}")

"""Papers are drawn as PDF pages: letterhead, text, tables, signatures, page numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Preformatted, Spacer, Table

from tests.samples.markup import Block, Look, Paper
from tests.samples.sheets import MARGIN, SIZES, TOPS, draw_foot
from tests.samples.typefaces import register_fonts


class PageOverflowError(Exception):
    """The text of a page does not fit on it, so that page numbers in citations would shift."""

    def __init__(self, head: str, page: int, block: Block) -> None:
        super().__init__(f"{head}, page {page}: no room for {block.lines[0][:60]!r}")


def write_paper(paper: Paper, target: Path) -> None:
    """Draw a paper, the same bytes each time."""
    canvas = new_canvas(target, paper.look)
    for number, blocks in enumerate(paper.pages, 1):
        draw_page(canvas, paper, number, blocks)
        canvas.showPage()
    canvas.save()


def new_canvas(target: Path, look: Look) -> Canvas:
    """Open a PDF file to draw on, with the fonts that ship with the program."""
    register_fonts()
    rl_config.useA85 = 0  # plain binary streams; ASCII85 would add a quarter
    size = SIZES[look.size]
    canvas = Canvas(str(target), pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(look.head)
    canvas.setAuthor("")
    canvas.setCreator("")
    return canvas


def draw_page(canvas: Canvas, paper: Paper, number: int, blocks: tuple[Block, ...]) -> None:
    """Draw one page: its head, its blocks from the top down, its foot."""
    look = paper.look
    width, height = SIZES[look.size]
    top = TOPS[look.top](canvas, look, number)
    frame = Frame(MARGIN, 62, width - 2 * MARGIN, height - 62 - top, 0, 0, 0, 0)
    for block in blocks:
        for piece in _flowables(block, look):
            if not frame.add(piece, canvas):
                raise PageOverflowError(look.head, number, block)
    draw_foot(canvas, look, number, len(paper.pages))


def _flowables(block: Block, look: Look) -> Iterator[Flowable]:
    if block.kind == "|":
        yield _table(block.lines, look)
    elif block.kind == ":":
        mono = ParagraphStyle("mono", fontName="Mono-Regular", fontSize=8.6, leading=10.8)
        yield Preformatted("\n".join(block.lines), mono)
    elif block.kind == "~":
        yield _Signature(block.lines[0])
    elif block.kind == "^":
        yield Spacer(1, float(block.lines[0]))
        return
    else:
        yield from (Paragraph(_inline(line), _style(block, look)) for line in block.lines)
    yield Spacer(1, look.points * (0.25 if block.kind in {"#", "##"} else 0.62))


def _style(block: Block, look: Look) -> ParagraphStyle:
    size, family = look.points, look.family
    style = ParagraphStyle("text", fontName=f"{family}-Regular", fontSize=size, leading=size * 1.32)
    if block.kind in {"#", "##"}:
        scale = 1.22 if block.kind == "#" else 1.04
        return style.clone(
            "heading",
            fontName=f"{family}-Bold",
            fontSize=size * scale,
            leading=size * scale * 1.3,
            textColor=colors.HexColor(look.accent),
        )
    if block.kind == ">":
        return style.clone("right", alignment=TA_RIGHT)
    if block.kind == "-":
        return style.clone("point", leftIndent=16, bulletIndent=4, bulletText="•")
    return style


def _inline(text: str) -> str:
    words = escape(text).replace("\\\\", "<br/>")
    parts = words.split("**")
    return "".join(f"<b>{part}</b>" if odd % 2 else part for odd, part in enumerate(parts))


def _table(lines: tuple[str, ...], look: Look) -> Flowable:
    size = look.points - 1.6
    cell = ParagraphStyle(
        "cell", fontName=f"{look.family}-Regular", fontSize=size, leading=size * 1.22
    )
    has_head = lines[0].startswith("=")
    rows = [line.removeprefix("=").strip().rstrip("|").split("|") for line in lines]
    bold = cell.clone("head", fontName=f"{look.family}-Bold")
    cells = [
        [
            Paragraph(_inline(text.strip()), bold if has_head and row == 0 else cell)
            for text in texts
        ]
        for row, texts in enumerate(rows)
    ]
    width = SIZES[look.size][0] - 2 * MARGIN
    table = Table(cells, colWidths=_column_widths(rows, width), hAlign="LEFT")
    grid = colors.HexColor("#b8bec6")
    commands = [("LINEBELOW", (0, 0), (-1, -1), 0.4, grid), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    commands += [(f"{side}PADDING", (0, 0), (-1, -1), 2.2) for side in ("TOP", "BOTTOM")]
    if has_head:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e9edf2")))
    table.setStyle(commands)
    return table


def _column_widths(rows: list[list[str]], width: float) -> list[float]:
    longest = [max(len(row[column].strip()) for row in rows) for column in range(len(rows[0]))]
    shares = [math.sqrt(max(length, 4)) for length in longest]
    return [width * share / sum(shares) for share in shares]


class _Signature(Flowable):  # type: ignore[misc] # reportlab carries no types
    """A pen's stroke over a printed name."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.lines = tuple(line.strip() for line in words.split("/"))
        self.width, self.height = 240.0, 44.0 + 13 * len(self.lines)

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(colors.HexColor("#1b2a6b"))
        canvas.setLineWidth(1.1)
        canvas.setLineCap(1)
        path = canvas.beginPath()
        points = list(pen_stroke(self.lines[0]))
        base = 13 * len(self.lines) + 6
        path.moveTo(points[0][0], points[0][1] + base)
        for first, second, third in zip(points[1::3], points[2::3], points[3::3], strict=False):
            path.curveTo(*(value for x, y in (first, second, third) for value in (x, y + base)))
        canvas.drawPath(path)
        canvas.setFillColor(colors.black)
        for number, line in enumerate(self.lines):
            canvas.setFont("Serif-Regular", 10.5)
            canvas.drawString(0, 13 * (len(self.lines) - 1 - number) + 1, line)


def pen_stroke(name: str) -> Iterator[tuple[float, float]]:
    """Give the points of a scribbled signature, always the same for one name."""
    dice = seeded(name)
    x = 4.0
    yield x, 8.0
    for step in range(3 * (5 + len(name) // 4)):
        x += 2.0 + 3.4 * dice.random()
        tall = 30 if step < 5 else 15
        yield x, tall * dice.random()


def seeded(seed: str) -> Random:
    """Give dice that fall the same way on every machine."""
    return Random(seed)  # noqa: S311 - nothing secret is drawn

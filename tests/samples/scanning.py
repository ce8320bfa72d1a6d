"""Drawn pages become what a scanner, a fax or a copier makes of them: images without text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from packet_builder.workspace import shipped
from tests.samples.drawing import seeded


@dataclass(frozen=True, slots=True)
class Stamp:
    """A rubber stamp on a scanned page."""

    lines: tuple[str, ...]
    at: tuple[float, float]  # shares of the page's width and height
    angle: float
    ink: int = 96


@dataclass(frozen=True, slots=True)
class Scribble:
    """A few words written by hand on a page before it was scanned."""

    words: str
    at: tuple[float, float]
    height: int = 24


def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """Give a shipped font by its file name, laid out the same way on every machine."""
    return ImageFont.truetype(str(shipped("fonts") / f"{name}.ttf"), size)


def page_images(pdf: Path, dots_per_inch: float) -> Iterator[Image.Image]:
    """Give the pages of a PDF as grey images."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()


def scanned(sheet: Image.Image, seed: str, marks: Sequence[Stamp | Scribble] = ()) -> Image.Image:
    """Give a sheet as a worn office scanner would: slanted, shaded, specked, marked by hand."""
    dice = seeded(seed)
    paper = sheet.convert("L")
    for mark in marks:
        paper = ImageChops.multiply(paper, _mark_layer(mark, paper.size))
    paper = paper.rotate(dice.random() * 1.6 - 0.8, Image.Resampling.BICUBIC, fillcolor=250)
    paper = paper.filter(ImageFilter.GaussianBlur(0.55))
    paper = paper.point([int(38 + level * 0.80) for level in range(256)])
    paper = ImageChops.multiply(paper, _shade(paper.size, dice.random()))
    draw = ImageDraw.Draw(paper)
    for _ in range(26):
        x, y, size = dice.random(), dice.random(), dice.random() * 2.2
        left, top = x * paper.width, y * paper.height
        draw.ellipse((left, top, left + size, top + size), fill=80)
    return paper


def write_scan(sheets: Sequence[Image.Image], target: Path, quality: int = 36) -> None:
    """Write images as a PDF of one image a page, without any text."""
    rl_config.useA85 = 0  # the JPEG bytes as they are
    canvas = Canvas(str(target), invariant=1)
    for sheet in sheets:
        width, height = _points(sheet)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_jpeg(sheet, quality)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()


def write_fax(sheets: Sequence[Image.Image], target: Path) -> None:
    """Write images as the pages of one black-and-white fax in TIFF."""
    pages = [sheet.convert("L").point(_black_or_white).convert("1") for sheet in sheets]
    pages[0].save(
        target, save_all=True, append_images=pages[1:], compression="group4", dpi=(150, 150)
    )


def handwriting(words: str, height: int) -> Image.Image:
    """Give words as a hurried hand writes them: each letter slants and jumps a little."""
    dice = seeded(words)
    face = font("LiberationSerif-Italic", height)
    layer = Image.new("L", (int(face.getlength(words) * 1.15) + 40, height * 3), 255)
    x = 10.0
    for letter in words:
        glyph = Image.new("L", (height * 2, height * 3), 255)
        ImageDraw.Draw(glyph).text((height // 2, height // 2), letter, fill=40, font=face)
        turned = glyph.rotate(dice.random() * 18 - 12, Image.Resampling.BICUBIC, fillcolor=255)
        place = (int(x), int(dice.random() * height * 0.22))
        region = layer.crop((*place, place[0] + turned.width, place[1] + turned.height))
        layer.paste(ImageChops.multiply(region, turned), place)
        x += face.getlength(letter) * (0.92 + 0.2 * dice.random())
    return layer.rotate(1.6, Image.Resampling.BICUBIC, fillcolor=255)


def _mark_layer(mark: Stamp | Scribble, size: tuple[int, int]) -> Image.Image:
    layer = Image.new("L", size, 255)
    piece = _stamp(mark) if isinstance(mark, Stamp) else handwriting(mark.words, mark.height)
    layer.paste(piece, (int(mark.at[0] * size[0]), int(mark.at[1] * size[1])))
    return layer


def _stamp(mark: Stamp) -> Image.Image:
    face = font("LiberationSans-Bold", 21)
    width = int(max(face.getlength(line) for line in mark.lines)) + 40
    height = 27 * len(mark.lines) + 24
    piece = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(piece)
    draw.rounded_rectangle((3, 3, width - 4, height - 4), 8, outline=mark.ink, width=3)
    for number, line in enumerate(mark.lines):
        draw.text((width / 2, 26 + 27 * number), line, fill=mark.ink, font=face, anchor="mm")
    return piece.rotate(mark.angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _shade(size: tuple[int, int], share: float) -> Image.Image:
    corners = Image.new("L", (2, 2))
    corners.putdata([255, 244 + int(9 * share), 250 - int(8 * share), 238])
    return corners.resize(size, Image.Resampling.BICUBIC)


def _black_or_white(level: int) -> int:
    return 255 if level > 150 else 0


def _points(sheet: Image.Image) -> tuple[float, float]:
    return 612.0, 612.0 * sheet.height / sheet.width


def _jpeg(sheet: Image.Image, quality: int) -> io.BytesIO:
    stream = io.BytesIO()
    sheet.save(stream, "JPEG", quality=quality)
    stream.seek(0)
    return stream

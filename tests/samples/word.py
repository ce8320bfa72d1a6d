"""A declaration as its author typed it in Word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Inches, Pt
from PIL import Image, ImageDraw

from tests.samples.drawing import pen_stroke
from tests.samples.markup import Block, Paper
from tests.samples.sheets import SPECIMEN

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date that a ZIP can hold: the same on each run


def write_word(paper: Paper, target: Path) -> None:
    """Write a paper as .docx, each page begun by a page break, the same bytes each time."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(12)
    section.footer.paragraphs[0].text = SPECIMEN
    for number, blocks in enumerate(paper.pages):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in blocks:
            _add(document, block)
    stream = io.BytesIO()
    document.save(stream)
    _write_dateless(stream, target)


def _add(document: WordDocument, block: Block) -> None:
    if block.kind == "#":
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(block.lines[0]).bold = True
        return
    if block.kind == "##":
        document.add_paragraph().add_run(block.lines[0]).bold = True
        return
    if block.kind == "~":
        document.add_picture(_signature(block.lines[0]), width=Inches(2.2))
        document.add_paragraph(block.lines[0])
        return
    for line in block.lines:
        document.add_paragraph(line)


def _signature(name: str) -> io.BytesIO:
    """Give a signature in ink, scanned, as a small picture."""
    picture = Image.new("RGB", (880, 200), "white")
    points = [(4 * x, 170 - 4 * y) for x, y in pen_stroke(name)]
    ImageDraw.Draw(picture).line(points, fill=(27, 42, 107), width=6, joint="curve")
    stream = io.BytesIO()
    picture.resize((440, 100)).save(stream, "PNG")
    stream.seek(0)
    return stream


def _write_dateless(stream: io.BytesIO, target: Path) -> None:
    with (
        zipfile.ZipFile(stream) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, source.read(name))

"""Fake redactions are found, and what only looks like one is left in peace."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from packet_builder.documents.intake.intake import intake
from packet_builder.documents.intake.taken import Intake
from tests import makers

Draw = Callable[[Canvas], None]
SENTENCE = "The applicant, Amina Rahimi, was treated for a condition that is private."


def pdf(*draws: Draw) -> bytes:
    """Make a PDF of one page a drawing; each has a line of text at the same place."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(612, 792), invariant=1)
    for draw in draws:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def take(folder: Path, content: bytes) -> Intake:
    source = folder / "source.pdf"
    source.write_bytes(content)
    return intake("osei.pdf", source, folder / "made.pdf", lambda _, __: None)


def text(canvas: Canvas) -> None:
    canvas.drawString(72, 700, SENTENCE)


def box(canvas: Canvas, left: float = 135, width: float = 80, colour: str = "#000000") -> None:
    canvas.setFillColor(colour)
    canvas.rect(left, 696, width, 14, stroke=0, fill=1)
    canvas.setFillColor("#000000")


def under_a_box(canvas: Canvas) -> None:
    text(canvas)
    box(canvas)


def under_dark_blue(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, colour="#101a55")


def under_three_letters(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, left=72, width=21)


def black_on_black(canvas: Canvas) -> None:
    box(canvas, left=60, width=500)
    text(canvas)


def under_a_picture(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "black")), 135, 696, 80, 14)


def scan_with_words_under_ink(canvas: Canvas) -> None:
    """A scan was read by a machine, and blackened afterwards: the words are still known."""
    scan = Image.new("L", (1224, 1584), 250)
    ImageDraw.Draw(scan).rectangle((260, 160, 460, 200), fill=5)
    canvas.drawImage(ImageReader(scan), 0, 0, 612, 792)
    words = canvas.beginText(72, 700)
    words.setTextRenderMode(3)
    words.textOut(SENTENCE)
    canvas.drawText(words)


def tiny_print(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 5)
    canvas.drawString(72, 700, SENTENCE)
    canvas.rect(100, 697, 60, 8, stroke=0, fill=1)


COVERED = (
    under_a_box,
    under_dark_blue,
    under_three_letters,
    black_on_black,
    under_a_picture,
    scan_with_words_under_ink,
    tiny_print,
)


@pytest.mark.parametrize("draw", COVERED, ids=lambda draw: draw.__name__)
def test_words_under_a_dark_box_are_found_by_their_page(tmp_path: Path, draw: Draw) -> None:
    taken = take(tmp_path, pdf(text, draw, text))

    assert taken.covered == (2,)
    assert taken.unredacted == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_under_a_box_are_found_on_a_turned_page(tmp_path: Path, turn: int) -> None:
    turned = makers.changed_pdf(lambda writer: _turn(writer, turn), pdf(under_a_box))

    assert take(tmp_path, turned).covered == (1,)


def _turn(writer: PdfWriter, turn: int) -> None:
    writer.pages[0][NameObject("/Rotate")] = NumberObject(turn)
    crop = ArrayObject(FloatObject(side) for side in (50, 300, 580, 760))
    writer.pages[0][NameObject("/CropBox")] = crop


def test_words_under_a_black_mark_of_a_viewer_are_found(tmp_path: Path) -> None:
    """Preview and Acrobat draw a rectangle as an annotation, which the packet shows."""
    mark = makers.annotation(
        "Square",
        IC=ArrayObject([FloatObject(0)] * 3),
        AP=makers.appearance(b"0 g 0 0 200 20 re f"),
    )
    mark[NameObject("/Rect")] = ArrayObject(FloatObject(side) for side in (60, 690, 260, 712))

    assert take(tmp_path, makers.with_annotations(mark)).covered == (2,)


def test_redactions_that_were_never_applied_are_found(tmp_path: Path) -> None:
    mark = makers.annotation("Redact", AP=makers.appearance(b"1 0 0 RG 0 0 200 20 re S"))

    taken = take(tmp_path, makers.with_annotations(mark))

    assert (taken.covered, taken.unredacted) == ((), (2,))


def table_rules(canvas: Canvas) -> None:
    for row in range(20):
        canvas.drawString(72, 700 - 20 * row, f"{row} January, 1,200.00 paid; ill lilli III 1111")
        canvas.setLineWidth(3)
        canvas.line(60, 696 - 20 * row, 560, 696 - 20 * row)
    for column in (60, 200, 560):
        canvas.rect(column, 300, 4, 420, stroke=0, fill=1)


def dark_heading(canvas: Canvas) -> None:
    box(canvas, left=60, width=500, colour="#1c2b4a")
    canvas.setFillColor("#ffffff")
    text(canvas)


def grey_on_black(canvas: Canvas) -> None:
    box(canvas, left=60, width=500)
    canvas.setFillColor("#9a9a9a")
    text(canvas)


def heavy_letters(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 72)
    for row, words in enumerate(("ILLINOIS", "lillil 11", "MWMWMW", "IIIIIIII")):
        canvas.drawString(40, 650 - 90 * row, words)


def heavy_bars(canvas: Canvas) -> None:
    """A barcode, with its number below."""
    for number in range(80):
        width = (1, 2, 3, 5)[number * number % 7 % 4]
        canvas.rect(72 + 5 * number, 690, width, 60, stroke=0, fill=1)
    canvas.drawString(72, 676, "I131 I131 2026 III")


def signature(canvas: Canvas) -> None:
    text(canvas)
    canvas.setLineWidth(2.5)
    for stroke in range(12):
        far = 30 * stroke
        canvas.bezier(70 + far, 680, 120 + far, 740, 90 + far, 660, 150 + far, 725)


def stamp(canvas: Canvas) -> None:
    text(canvas)
    canvas.setLineWidth(4)
    canvas.circle(140, 700, 30)
    canvas.circle(140, 700, 4, fill=1)


def seal_beside(canvas: Canvas) -> None:
    text(canvas)
    canvas.rect(60, 600, 90, 90, stroke=0, fill=1)
    canvas.rect(470, 712, 90, 60, stroke=0, fill=1)


def highlighter(canvas: Canvas) -> None:
    box(canvas, colour="#ffe14d")
    text(canvas)


def glass(canvas: Canvas) -> None:
    """A veil that one can read through."""
    text(canvas)
    canvas.setFillAlpha(0.3)
    canvas.rect(60, 690, 400, 30, stroke=0, fill=1)


def struck_through(canvas: Canvas) -> None:
    text(canvas)
    canvas.setLineWidth(2)
    canvas.line(72, 704, 400, 704)


def chart(canvas: Canvas) -> None:
    for number, height in enumerate((80, 190, 140, 60)):
        canvas.setFillColor("#222222")
        canvas.rect(100 + 60 * number, 400, 40, height, stroke=0, fill=1)
        canvas.setFillColor("#ffffff")
        canvas.drawString(108 + 60 * number, 410, "2026")


def night_photo(canvas: Canvas) -> None:
    """A machine read something into a dark photograph: there is none of one colour."""
    noise = Image.effect_noise((600, 400), 60).point(lambda level: level // 2)
    canvas.drawImage(ImageReader(noise), 60, 500, 300, 200)
    words = canvas.beginText(80, 600)
    words.setTextRenderMode(3)
    words.textOut("Ii1l Oo0 mnrw")
    canvas.drawText(words)


def true_redaction(canvas: Canvas) -> None:
    """The words are gone, and blocks of a typeface stand for some."""
    canvas.drawString(72, 700, "The applicant,")
    box(canvas, left=160)
    canvas.drawString(260, 700, "was treated.")


def two_letters(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, left=72, width=14)


def bullets(canvas: Canvas) -> None:
    for row in range(20):
        canvas.rect(60, 700 - 20 * row, 9, 9, stroke=0, fill=1)
        canvas.drawString(72, 700 - 20 * row, "Ill at ease")


NOT_COVERED = (
    text,
    table_rules,
    dark_heading,
    grey_on_black,
    heavy_letters,
    heavy_bars,
    signature,
    stamp,
    seal_beside,
    highlighter,
    glass,
    struck_through,
    chart,
    night_photo,
    true_redaction,
    two_letters,
    bullets,
)


@pytest.mark.parametrize("draw", NOT_COVERED, ids=lambda draw: draw.__name__)
def test_what_only_looks_like_a_redaction_is_no_finding(tmp_path: Path, draw: Draw) -> None:
    assert take(tmp_path, pdf(draw)).covered == ()

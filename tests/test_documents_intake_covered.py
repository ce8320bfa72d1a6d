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


def under_a_white_box(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, colour="#ffffff")


def under_a_grey_box(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, colour="#b4b4b4")


def under_a_white_picture(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "white")), 135, 696, 80, 14)


def under_a_white_page(canvas: Canvas) -> None:
    """A whole page was painted over, and set anew."""
    text(canvas)
    canvas.setFillColor("#ffffff")
    canvas.rect(0, 0, 612, 792, stroke=0, fill=1)
    canvas.setFillColor("#000000")
    canvas.drawString(72, 500, "The applicant was treated.")


def in_one_drawing(canvas: Canvas) -> None:
    """Words and the box over them are parts of one drawing, as programs that edit PDFs make it."""
    canvas.beginForm("stationery")
    canvas.setFont("Helvetica", 12)
    under_a_white_box(canvas)
    canvas.endForm()
    canvas.doForm("stationery")


def scan_with_white_over_its_ink(canvas: Canvas) -> None:
    """A scan was read by a machine, and a white box laid over it afterwards."""
    scan = Image.new("L", (1224, 1584), 250)
    ImageDraw.Draw(scan).text((144, 160), SENTENCE, fill=5, font_size=24)
    canvas.drawImage(ImageReader(scan), 0, 0, 612, 792)
    words = canvas.beginText(72, 700)
    words.setTextRenderMode(3)
    words.textOut(SENTENCE)
    canvas.drawText(words)
    box(canvas, colour="#fafafa")


COVERED = (
    under_a_box,
    under_a_white_box,
    under_a_grey_box,
    under_a_white_picture,
    under_a_white_page,
    in_one_drawing,
    scan_with_white_over_its_ink,
    under_dark_blue,
    under_three_letters,
    black_on_black,
    under_a_picture,
    scan_with_words_under_ink,
    tiny_print,
)


@pytest.mark.parametrize("draw", COVERED, ids=lambda draw: draw.__name__)
def test_words_under_a_box_or_picture_are_found_by_their_page(tmp_path: Path, draw: Draw) -> None:
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


@pytest.mark.parametrize("grey", [0, 1])
def test_words_under_a_mark_of_a_viewer_are_found(tmp_path: Path, grey: int) -> None:
    """Preview and Acrobat draw a rectangle as an annotation, which the packet shows."""
    mark = makers.annotation(
        "Square",
        IC=ArrayObject([FloatObject(grey)] * 3),
        AP=makers.appearance(b"%d g 0 0 200 20 re f" % grey),
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


def white_fields(canvas: Canvas) -> None:
    """Each answer stands on the white of its own field, painted after the answer above."""
    for row in range(20):
        canvas.setFillColor("#ffffff")
        canvas.rect(60, 696 - 14 * row, 500, 14, stroke=1, fill=1)
        canvas.setFillColor("#000000")
        canvas.drawString(72, 700 - 14 * row, SENTENCE)


def tinted_cells(canvas: Canvas) -> None:
    for cell in range(60):
        row, column = divmod(cell, 3)
        canvas.setFillColor("#dfe6ee" if row % 2 else "#ffffff")
        canvas.rect(60 + 160 * column, 696 - 14 * row, 160, 14, stroke=0, fill=1)
        canvas.setFillColor("#000000")
        canvas.drawString(64 + 160 * column, 700 - 14 * row, "January, 1,200.00 paid")


def white_on_white(canvas: Canvas) -> None:
    """Marks for a signing service, which nobody was to see, and nothing was painted over."""
    text(canvas)
    canvas.setFillColor("#ffffff")
    canvas.drawString(72, 600, "/sn1/ /ds1/ applicant signs")


def filler(canvas: Canvas) -> None:
    """Letters that a form prints where a field lies, and the white of the field."""
    canvas.drawString(72, 700, "xxxxxxxxxxxxxxxxxxxxxxxx")
    box(canvas, colour="#ffffff")
    canvas.drawString(140, 700, "Rahimi")


def words_under_a_scan(canvas: Canvas) -> None:
    """Programs lay what they read in a scan below its picture, a little beside the ink."""
    text(canvas)
    scan = Image.new("L", (1224, 1584), 250)
    ImageDraw.Draw(scan).text((147, 163), SENTENCE, fill=5, font_size=24)
    canvas.drawImage(ImageReader(scan), 0, 0, 612, 792)


def white_veil(canvas: Canvas) -> None:
    text(canvas)
    canvas.setFillColor("#ffffff")
    canvas.setFillAlpha(0.4)
    canvas.rect(60, 690, 400, 30, stroke=0, fill=1)


def white_between_the_lines(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawString(72, 676, SENTENCE)
    canvas.setFillColor("#ffffff")
    canvas.rect(60, 686, 500, 10, stroke=0, fill=1)


NOT_COVERED = (
    text,
    white_fields,
    tinted_cells,
    white_on_white,
    filler,
    words_under_a_scan,
    white_veil,
    white_between_the_lines,
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

"""A hospital's intake form: filled fields, ticked boxes, and a sticky note on top."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

from tests.samples.sheets import SPECIMEN
from tests.samples.typefaces import register_fonts

_FIELDS: Sequence[Sequence[tuple[str, str, str]]] = (
    (
        ("family_name", "Family name of the patient", "Sohrabi"),
        ("given_name", "Given name", "Nika"),
        ("date_of_birth", "Date of birth (month/day/year)", "09/23/2017"),
        ("weight", "Weight in kg", "24.1"),
        ("allergies", "Allergies", "Vancomycin (rash), penicillin: none known"),
        ("diagnosis", "Diagnosis", "Acute myeloid leukemia, monosomy 7, second remission"),
        ("referring", "Referring physician", "Dr. Anahit Sarkissova, Yerevan"),
        ("guardian", "Parent or guardian who will stay", "Roya Daneshpour (mother)"),
        ("language", "Languages", "Persian, English, Armenian"),
        ("caregiver_exam", "Caregiver examination passed on", "11/10/2026"),
    ),
    (
        ("lodging", "Lodging in Chicago", "2716 Wrenfield Street, Evanston, Illinois"),
        ("travel_time", "Minutes from the hospital", "22"),
        ("siblings", "Siblings at home", "Arash, 15; cousins Neda, 12, and Sam, 8"),
        ("vaccinations", "Vaccinations of household complete", "Yes, 11/14/2026"),
        ("school", "School during treatment", "Lessons at a distance, Hrazdan Gorge School"),
        ("emergency", "Emergency contact", "Kamran Daneshpour, 847-555-0104"),
    ),
)
_BOXES = (
    ("central_line", "Patient has a central line", True),
    ("fungal", "Fungal infection within six months", True),
    ("smoker", "Smoker in the household", False),
    ("pets", "Pets in the household", False),
)
_NOTE = "Called mother 11/18: cat goes to the neighbors before arrival. File amended. - T.W."


def write_intake_form(target: Path) -> None:
    """Write the form of two pages with its fields filled."""
    stream = io.BytesIO()
    register_fonts()
    canvas = Canvas(stream, pagesize=(612, 792), invariant=1)
    for number, fields in enumerate(_FIELDS, 1):
        _draw_head(canvas, number)
        _draw_fields(canvas, fields)
        if number == len(_FIELDS):
            _draw_boxes(canvas)
        canvas.showPage()
    canvas.save()
    _write_with_note(stream, target)


def _draw_head(canvas: Canvas, number: int) -> None:
    canvas.setFillColor(colors.HexColor("#0b4f6c"))
    canvas.setFont("Sans-Bold", 15)
    canvas.drawString(60, 730, "Harrowgate Children's Hospital")
    canvas.setFont("Sans-Regular", 11)
    canvas.drawString(60, 712, "Transplant unit: intake of a patient from abroad")
    canvas.setFillColor(colors.HexColor("#777777"))
    canvas.setFont("Sans-Regular", 7.5)
    canvas.drawString(60, 40, f"Form TU-14 (rev. 3)   {SPECIMEN}")
    canvas.drawRightString(552, 40, f"{number} of {len(_FIELDS)}")


def _draw_fields(canvas: Canvas, fields: Sequence[tuple[str, str, str]]) -> None:
    top = 660
    for name, label, value in fields:
        canvas.setFillColor(colors.black)
        canvas.setFont("Sans-Regular", 9)
        canvas.drawString(60, top + 24, label)
        canvas.acroForm.textfield(
            name=name,
            value=value,
            x=60,
            y=top,
            width=492,
            height=20,
            fontSize=10,
            borderWidth=0.5,
            fillColor=colors.HexColor("#eef4f8"),
            maxlen=100,
        )
        top -= 54


def _draw_boxes(canvas: Canvas) -> None:
    for number, (name, label, is_ticked) in enumerate(_BOXES):
        y = 300 - 34 * number
        canvas.acroForm.checkbox(
            name=name, x=60, y=y, size=16, checked=is_ticked, buttonStyle="check", borderWidth=0.7
        )
        canvas.setFillColor(colors.black)
        canvas.setFont("Sans-Regular", 10)
        canvas.drawString(86, y + 4, label)


def _write_with_note(form: io.BytesIO, target: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(form))
    note = Text(rect=(500, 690, 520, 710), text=_NOTE, open=True, title_bar="T. Winslow-Park")
    writer.add_annotation(1, note)
    writer.write(target)

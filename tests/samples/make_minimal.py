"""Makes the evidence of the sample case `minimal`: python -m tests.samples.make_minimal."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples.drawing import write_paper
from tests.samples.identity import Passport, passport_page
from tests.samples.markup import paper_from
from tests.samples.scanning import write_scan
from tests.samples.screens import AppointmentPage, screenshot

TEXTS = Path(__file__).parent / "texts" / "minimal"
CASES = Path(__file__).parents[2] / "case_data"

_KWABENA = Passport(
    country="REPUBLIC OF GHANA",
    code="GHA",
    number="G0418276",
    family="BOATENG",
    given="KWABENA YAW",
    born="09 JUL 1992",
    sex="M",
    birthplace="KUMASI",
    issued="14 FEB 2023",
    expires="13 FEB 2033",
    line="G0418276<0GHA9207090M3302130",
    tone=76,
)
_ADWOA = Passport(
    country="UNITED STATES OF AMERICA",
    code="USA",
    number="X00000117",
    family="BOATENG",
    given="ADWOA SERWAA",
    born="22 MAR 1986",
    sex="F",
    birthplace="GHANA",
    issued="08 SEP 2020",
    expires="07 SEP 2030",
    line="X000001170USA8603221F3009070",
    tint=(224, 229, 240),
    tone=84,
)
_ACCRA = AppointmentPage(
    post="U.S. Embassy Accra",
    seen="Displayed on November 5, 2026, at 10:42",
    applicants="1 (BOATENG, Kwabena Yaw)",
    earliest="Tuesday, September 21, 2027",
    months=(
        ("December 2026", "no appointments"),
        ("January 2027", "no appointments"),
        ("February 2027", "no appointments"),
        ("March 2027", "no appointments"),
        ("April 2027", "no appointments"),
        ("May 2027", "no appointments"),
        ("June 2027", "no appointments"),
        ("July 2027", "no appointments"),
        ("August 2027", "no appointments"),
        ("September 2027", "from September 21"),
    ),
    expedited="Your request for an expedited appointment: no expedited appointment is available.",
)


def make_minimal(folder: Path) -> None:
    """Write all evidence of the case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in sorted(TEXTS.glob("*.txt")):
        write_paper(paper_from(text), folder / f"{text.stem}.pdf")
    write_scan([passport_page(_KWABENA)], folder / "kwabena-passport.pdf", 28)
    write_scan([passport_page(_ADWOA)], folder / "adwoa-passport.pdf", 28)
    screenshot(_ACCRA).quantize(64).save(folder / "accra-appointments.png", optimize=True)


def make_logo(target: Path) -> None:
    """Write the invented firm's mark: a doorway, half open."""
    picture = Image.new("RGB", (480, 480), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 60, 390, 420), outline="#1f3a5f", width=22)
    draw.polygon(((112, 82), (272, 134), (272, 420), (112, 420)), fill="#1f3a5f")
    draw.ellipse((234, 268, 256, 290), fill="#e3b04b")
    draw.line((60, 432, 420, 432), fill="#e3b04b", width=14)
    picture.resize((240, 240), Image.Resampling.LANCZOS).quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    make_minimal(CASES / "minimal" / "exhibits")
    make_logo(CASES / "logo.png")

"""A page of a visa-appointment system, as a screenshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tests.samples.scanning import font
from tests.samples.sheets import SPECIMEN

_BLUE, _INK, _GREY = (17, 60, 110), (28, 32, 40), (120, 126, 136)


@dataclass(frozen=True, slots=True)
class AppointmentPage:
    """What an appointment page shows."""

    post: str
    seen: str
    applicants: str
    earliest: str
    months: Sequence[tuple[str, str]]  # a month, and what it offers
    expedited: str


def screenshot(page: AppointmentPage) -> Image.Image:
    """Give the page in a browser window of 1280 by 900 points."""
    picture = Image.new("RGB", (1280, 900), (246, 247, 249))
    draw = ImageDraw.Draw(picture)
    _browser(draw)
    draw.rectangle((0, 74, 1280, 142), fill=_BLUE)
    draw.text(
        (48, 92), "Visa appointment service", fill="white", font=font("LiberationSans-Bold", 26)
    )
    draw.text(
        (1232, 98), page.post, fill="white", font=font("LiberationSans-Regular", 20), anchor="ra"
    )
    _words(draw, page)
    _calendar(draw, page.months)
    draw.rectangle((48, 742, 1232, 806), fill=(253, 243, 222), outline=(214, 170, 80))
    draw.text((68, 760), page.expedited, fill=_INK, font=font("LiberationSans-Regular", 20))
    small = font("LiberationSans-Regular", 15)
    draw.text((48, 862), f"{page.seen}     {SPECIMEN}", fill=_GREY, font=small)
    return picture


def _browser(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, 1280, 74), fill=(222, 225, 230))
    for number, colour in enumerate(((236, 106, 94), (245, 191, 79), (98, 197, 84))):
        draw.ellipse((22 + 26 * number, 26, 38 + 26 * number, 42), fill=colour)
    draw.rounded_rectangle((140, 16, 1240, 54), 16, fill="white")
    address = "https://appointments.example.org/visitor/calendar"
    draw.text((164, 25), address, fill=_GREY, font=font("LiberationSans-Regular", 17))


def _words(draw: ImageDraw.ImageDraw, page: AppointmentPage) -> None:
    bold, plain = font("LiberationSans-Bold", 30), font("LiberationSans-Regular", 20)
    draw.text((48, 168), "Choose your interview date", fill=_INK, font=bold)
    draw.text((48, 214), f"Applicants: {page.applicants}", fill=_INK, font=plain)
    draw.text((48, 244), "Class of visa: B-1/B-2 visitor, first application", fill=_INK, font=plain)
    earliest = f"Earliest available appointment: {page.earliest}"
    draw.text((48, 292), earliest, fill=_BLUE, font=font("LiberationSans-Bold", 25))


def _calendar(draw: ImageDraw.ImageDraw, months: Sequence[tuple[str, str]]) -> None:
    bold, plain = font("LiberationSans-Bold", 19), font("LiberationSans-Regular", 17)
    for number, (month, offer) in enumerate(months):
        row, column = divmod(number, 5)
        left, top = 48 + 240 * column, 350 + 124 * row
        is_free = offer != "no appointments"
        fill = (223, 240, 226) if is_free else (233, 235, 238)
        draw.rounded_rectangle((left, top, left + 224, top + 108), 8, fill=fill)
        draw.text((left + 16, top + 20), month, fill=_INK, font=bold)
        draw.text((left + 16, top + 58), offer, fill=_INK if is_free else _GREY, font=plain)

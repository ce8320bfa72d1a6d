"""Passport pages, cards and other papers of identity of people who do not exist, as images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.samples.drawing import seeded
from tests.samples.scanning import font
from tests.samples.sheets import SPECIMEN

_WIDTH, _HEIGHT = 1250, 880
_INK = (30, 34, 44)
_LABEL = (112, 116, 128)


@dataclass(frozen=True, slots=True)
class Passport:
    """The printed words of a passport's biographic page."""

    country: str
    code: str
    number: str
    family: str
    given: str
    born: str  # as printed: 09 JUL 1992
    sex: str
    birthplace: str
    issued: str
    expires: str
    line: str  # the lower machine-readable line, without its own filling
    tint: tuple[int, int, int] = (226, 234, 228)
    tone: int = 150  # of the portrait


def passport_page(passport: Passport) -> Image.Image:
    """Give the biographic page as a colour copy on a white sheet."""
    card = _card(passport.tint, passport.number)
    draw = ImageDraw.Draw(card)
    draw.text((50, 34), passport.country, fill=_INK, font=font("LiberationSerif-Bold", 40))
    draw.text((1200, 46), "PASSPORT", fill=_INK, font=font("LiberationSans-Bold", 26), anchor="ra")
    card.paste(_portrait(passport.number, (300, 390), passport.tone), (50, 130))
    _fields(draw, (400, 128), _passport_fields(passport), "LiberationSerif-Regular")
    upper = f"P<{passport.code}{passport.family}<<{passport.given}".replace(" ", "<")
    mono = font("LiberationMono-Regular", 40)
    for row, line in enumerate((upper, passport.line)):
        text = line.ljust(44, "<")[:44]
        draw.text((70, 730 + 58 * row), text, fill=_INK, font=mono)
    return on_sheet((card,))


def identity_card(title: str, fields: Sequence[tuple[str, str]], seed: str) -> Image.Image:
    """Give a plastic card with a portrait."""
    card = _card((235, 230, 219), seed).resize((1000, 630))
    draw = ImageDraw.Draw(card)
    draw.text((40, 26), title, fill=_INK, font=_face_for(title, 30, bold=True))
    card.paste(_portrait(seed, (230, 300), 150), (40, 120))
    _fields(draw, (310, 112), fields, "LiberationSans-Regular")
    return card


def on_sheet(cards: Sequence[Image.Image]) -> Image.Image:
    """Give cards as copied onto one Letter sheet at 120 dots per inch."""
    sheet = Image.new("RGB", (1020, 1320), (252, 252, 250))
    top = 110
    for card in cards:
        scale = min(0.8, 820 / card.width)
        small = card.resize((int(card.width * scale), int(card.height * scale)))
        sheet.paste(small, ((sheet.width - small.width) // 2, top))
        top += small.height + 56
    draw = ImageDraw.Draw(sheet)
    draw.text((82, 1270), SPECIMEN, fill=(140, 140, 140), font=font("LiberationSans-Regular", 15))
    return sheet


def _passport_fields(passport: Passport) -> Sequence[tuple[str, str]]:
    return (
        ("Passport No.", passport.number),
        ("Surname", passport.family),
        ("Given names", passport.given),
        ("Date of birth / Sex", f"{passport.born}      {passport.sex}"),
        ("Place of birth", passport.birthplace),
        ("Date of issue", passport.issued),
        ("Date of expiry", passport.expires),
    )


def _fields(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    fields: Sequence[tuple[str, str]],
    face: str,
) -> None:
    large = font(face, 30)
    left, top = at
    for label, words in fields:
        draw.text((left, top), label, fill=_LABEL, font=_face_for(label, 19))
        draw.text((left, top + 22), words, fill=_INK, font=large)
        top += 82


def _face_for(words: str, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    family = "LiberationSans" if words[0] < "\u0530" else "NotoSerifArmenian"
    return font(f"{family}-{'Bold' if bold else 'Regular'}", size)


def _card(tint: tuple[int, int, int], seed: str) -> Image.Image:
    card = Image.new("RGB", (_WIDTH, _HEIGHT), tint)
    draw = ImageDraw.Draw(card)
    dice = seeded(seed)
    line = (tint[0] - 16, tint[1] - 12, tint[2] - 10)
    for _ in range(34):  # the guilloche of security paper
        x, y, size = dice.random() * _WIDTH, dice.random() * _HEIGHT, 120 + dice.random() * 420
        draw.ellipse((x - size, y - size, x + size, y + size), outline=line, width=2)
    draw.text(
        (_WIDTH - 40, _HEIGHT - 190),
        SPECIMEN,
        fill=_LABEL,
        font=font("LiberationSans-Italic", 20),
        anchor="ra",
    )
    return card


def _portrait(seed: str, size: tuple[int, int], tone: int) -> Image.Image:
    dice = seeded(seed)
    width, height = 300, 390
    picture = Image.new("RGB", (width, height), (206, 212, 220))
    draw = ImageDraw.Draw(picture)
    hair = tuple(int(28 + 40 * dice.random()) for _ in range(3))
    skin = (min(255, tone + 40), tone, max(0, tone - 28))
    draw.ellipse((70, 50, 230, 260), fill=hair)
    draw.rounded_rectangle(
        (30, 290, 270, 460), 70, fill=tuple(int(150 * dice.random()) for _ in "rgb")
    )
    draw.rectangle((126, 230, 174, 310), fill=skin)
    draw.ellipse((86, 82, 214, 266), fill=skin)
    for x in (124, 176):
        draw.ellipse((x - 8, 160, x + 8, 170), fill=(40, 34, 34))
    draw.arc((126, 196, 174, 226), 20, 160, fill=(120, 60, 60), width=4)
    return picture.filter(ImageFilter.GaussianBlur(1.6)).resize(size)

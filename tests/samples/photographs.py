"""Telephone photographs: lying on their side, with the orientation and the place in their EXIF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter

from tests.samples.drawing import seeded
from tests.samples.scanning import font

_TURNED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}
_UPRIGHT, _WIDE = (1200, 1600), (1600, 1200)
Scene = Callable[[Image.Image], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One photograph: what it shows, how the telephone was held, where and when."""

    scene: Scene
    orientation: int
    latitude: tuple[float, float, float]
    longitude: tuple[float, float, float]
    taken: str
    is_wide: bool = False


def write_photograph(shot: Shot, target: Path) -> None:
    """Write the photograph as the telephone stores it."""
    picture = Image.new("RGB", _WIDE if shot.is_wide else _UPRIGHT, (214, 210, 200))
    shot.scene(picture)
    picture = picture.filter(ImageFilter.GaussianBlur(1.4))
    picture = ImageChops.add(picture, _grain(picture.size, shot.taken), 1, -9)
    turn = _TURNED[shot.orientation]
    stored = picture if turn is None else picture.transpose(turn)
    stored.save(target, "JPEG", quality=80, exif=_exif(shot), dpi=(72, 72))


def ward_lesson(picture: Image.Image) -> None:
    """Show a lesson beside a hospital bed."""
    draw = _room(picture, (226, 231, 226), (170, 160, 146))
    draw.rectangle((90, 180, 620, 560), fill=(250, 250, 248), outline=(120, 120, 120), width=10)
    draw.text((130, 220), "Nika, grade 4", fill=(30, 70, 140), font=font("LiberationSans-Bold", 62))
    draw.text((130, 320), "7 x 8 = 56", fill=(160, 40, 50), font=font("LiberationSans-Italic", 70))
    draw.text((130, 430), "12 November", fill=(40, 40, 40), font=font("LiberationSans-Regular", 52))
    _bed(draw, (430, 900))
    _person(draw, (640, 880), (124, 84, 150), (234, 206, 180), hair=None)
    draw.line((1040, 300, 1040, 1180), fill=(150, 155, 160), width=12)
    draw.rounded_rectangle((1000, 320, 1080, 470), 14, fill=(196, 220, 226))
    draw.line((1040, 470, 760, 960), fill=(190, 200, 206), width=5)


def hospice_room(picture: Image.Image) -> None:
    """Show an old man in bed, and a child on the screen of a tablet."""
    draw = _room(picture, (222, 214, 198), (140, 116, 92))
    draw.rectangle((820, 160, 1130, 620), fill=(176, 204, 222), outline=(250, 250, 250), width=16)
    draw.ellipse((860, 420, 1090, 620), fill=(112, 142, 92))
    _bed(draw, (120, 900))
    _person(draw, (330, 870), (210, 214, 222), (214, 180, 150), hair=(228, 228, 226))
    draw.rounded_rectangle((620, 760, 960, 1000), 16, fill=(34, 36, 40))
    draw.rectangle((640, 780, 940, 980), fill=(186, 198, 210))
    _person(draw, (790, 890), (200, 90, 100), (232, 204, 178), hair=None, scale=0.45)
    draw.text((640, 1010), "Room 7", fill=(70, 60, 50), font=font("LiberationSans-Regular", 40))


def chess_board(picture: Image.Image) -> None:
    """Show a game of chess on a kitchen table."""
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, *picture.size), fill=(148, 112, 82))
    for row in range(8):
        for column in range(8):
            left, top = 360 + 110 * column, 180 + 110 * row
            fill = (236, 222, 196) if (row + column) % 2 else (112, 78, 58)
            draw.rectangle((left, top, left + 109, top + 109), fill=fill)
    dice = seeded("chess")
    for number in range(14):
        left, top = 385 + 110 * int(dice.random() * 8), 200 + 110 * int(dice.random() * 8)
        fill = (248, 246, 240) if number % 2 else (36, 32, 30)
        draw.ellipse((left, top, left + 60, top + 60), fill=fill, outline=(90, 80, 70), width=4)
    label = font("LiberationSans-Regular", 40)
    draw.text((360, 1090), "Arash, Yerevan, October 2026", fill=(250, 244, 230), font=label)


def prepared_room(picture: Image.Image) -> None:
    """Show the room that waits for the child, with an air filter."""
    draw = _room(picture, (206, 220, 232), (188, 172, 150))
    _bed(draw, (120, 880))
    draw.rounded_rectangle(
        (860, 820, 1100, 1260), 30, fill=(246, 246, 246), outline=(160, 160, 160)
    )
    for line in range(9):
        draw.line((890, 880 + 26 * line, 1070, 880 + 26 * line), fill=(190, 190, 190), width=6)
    draw.ellipse((950, 1150, 1010, 1210), fill=(110, 200, 140))
    draw.rectangle((160, 240, 700, 560), fill=(252, 246, 226), outline=(150, 120, 90), width=14)
    colours = ((214, 90, 80), (90, 140, 200), (240, 190, 80), (110, 170, 110))
    for number, letter in enumerate("NIKA"):
        face = font("LiberationSans-Bold", 150)
        draw.text((196 + 124 * number, 310), letter, fill=colours[number], font=face)


def _room(
    picture: Image.Image, wall: tuple[int, int, int], floor: tuple[int, int, int]
) -> ImageDraw.ImageDraw:
    picture.paste(wall, (0, 0, *picture.size))
    light = Image.linear_gradient("L").resize(picture.size).point(lambda level: 255 - level // 4)
    picture.paste(ImageChops.multiply(picture, Image.merge("RGB", (light,) * 3)))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1240, *picture.size), fill=floor)
    draw.rectangle((0, 1226, picture.width, 1244), fill=(236, 234, 228))
    return draw


def _bed(draw: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
    left, top = at
    draw.rounded_rectangle((left, top, left + 700, top + 330), 40, fill=(238, 240, 244))
    draw.rounded_rectangle((left + 30, top - 60, left + 310, top + 110), 40, fill=(252, 252, 252))
    draw.rounded_rectangle((left, top + 130, left + 700, top + 360), 40, fill=(150, 176, 200))
    for x in (left + 30, left + 640):
        draw.rectangle((x, top + 350, x + 24, top + 470), fill=(130, 134, 140))


def _person(  # noqa: PLR0913 - a figure has a place, three colours and a size
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    clothes: tuple[int, int, int],
    skin: tuple[int, int, int],
    *,
    hair: tuple[int, int, int] | None,
    scale: float = 1.0,
) -> None:
    x, y = at
    head, chest = 82 * scale, 130 * scale
    body = (x - chest, y + head * 0.9, x + chest, y + head * 0.9 + chest)
    draw.rounded_rectangle(body, 50 * scale, fill=clothes)
    if hair is not None:
        draw.ellipse((x - head * 1.08, y - head * 1.15, x + head * 1.08, y + head * 0.7), fill=hair)
    draw.ellipse((x - head, y - head, x + head, y + head), fill=skin)
    for side in (-1, 1):
        eye = (x + side * head * 0.36 - 6, y - 10, x + side * head * 0.36 + 6, y + 4)
        draw.ellipse(eye, fill=(60, 46, 40))
    smile = (x - head * 0.4, y, x + head * 0.4, y + head * 0.55)
    draw.arc(smile, 20, 160, fill=(150, 80, 76), width=max(2, int(5 * scale)))


def _grain(size: tuple[int, int], seed: str) -> Image.Image:
    small = (size[0] // 2, size[1] // 2)
    noise = Image.frombytes("L", small, seeded(seed).randbytes(small[0] * small[1]))
    soft = noise.point([level * 18 // 255 for level in range(256)]).resize(size)
    return Image.merge("RGB", (soft, soft, soft))


def _exif(shot: Shot) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Pomelo"
    exif[ExifTags.Base.Model] = "Pomelo 9"
    exif[ExifTags.Base.Orientation] = shot.orientation
    exif[ExifTags.Base.DateTime] = shot.taken
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = shot.latitude
    place[ExifTags.GPS.GPSLongitudeRef] = "E" if shot.longitude[0] > 0 else "W"
    place[ExifTags.GPS.GPSLongitude] = tuple(map(abs, shot.longitude))
    return exif

"""Foreign civil papers: a source-language page as an image, and its English translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples.scanning import Stamp, font, scanned
from tests.samples.sheets import SPECIMEN

_SIZE = (1020, 1320)
_RIGHT_EDGE, _VALUE_EDGE = 900, 600


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register, as it stands there and in English."""

    label: str
    value: str
    label_english: str
    value_english: str


@dataclass(frozen=True, slots=True)
class BirthBooklet:
    """An identity booklet of two pages, which serves as birth certificate."""

    serial: str
    person: Sequence[Entry]
    events: Sequence[Entry]
    translator: str
    certified: str


def booklet_from(file: Path) -> BirthBooklet:
    """Read a booklet: keys, the lines of its first page, the lines of its second."""
    keys, person, events = file.read_text(encoding="utf-8").strip().split("\n\n")
    serial, translator, certified = (line.partition(": ")[2] for line in keys.splitlines())
    return BirthBooklet(serial, _entries(person), _entries(events), translator, certified)


def booklet_pages(booklet: BirthBooklet) -> Sequence[Image.Image]:
    """Give both pages as a grey copy, in Persian."""
    first = _booklet_page("شناسنامه", booklet.person, booklet.serial)
    second = _booklet_page("توضیحات و وقایع", booklet.events, booklet.serial)
    stamp = Stamp(("SPECIMEN", "1399"), (0.10, 0.72), 14, 120)
    return scanned(first, booklet.serial, (stamp,)), scanned(second, f"{booklet.serial}-2")


def translation_markup(booklet: BirthBooklet, *, with_certificate: bool) -> str:
    """Give the English translation, and on a page of its own the translator's certificate."""
    head = "head: Translation from Persian\nsub: Identity booklet (shenasnameh) no. "
    keys = f"{head}{booklet.serial}\ntop: rule\nfamily: Sans\npoints: 10.6\n"
    page = (
        "# Identity booklet (birth certificate)\n",
        _rows(booklet.person),
        "\n# Page 2: remarks and events\n",
        _rows(booklet.events),
        "\n[Round stamp of the registry office, partly illegible: SPECIMEN, 1399]\n",
    )
    text = "\n".join((keys, *page))
    return f"{text}\n=====\n{_certificate(booklet)}" if with_certificate else text


def certificate_markup(booklet: BirthBooklet) -> str:
    """Give the translator's certificate as a paper of its own."""
    keys = "head: Certificate of translation\ntop: plain\nfamily: Sans\npoints: 11\n"
    return f"{keys}\n{_certificate(booklet)}"


def _entries(lines: str) -> Sequence[Entry]:
    return tuple(Entry(*line.split(" | ")) for line in lines.splitlines())


def _certificate(booklet: BirthBooklet) -> str:
    return (
        "# Certificate of translation\n\n"
        f"I, {booklet.translator}, certify that I am competent to translate from Persian into "
        f"English and that the above translation of identity booklet no. {booklet.serial} is "
        "complete and accurate to the best of my knowledge.\n\n"
        f"~ {booklet.translator} / Silk Letter Translations LLC, 21 Mesrop Steps, Yerevan, "
        f"Armenia / office@silkletter.example.com / {booklet.certified}\n"
    )


def _rows(entries: Sequence[Entry]) -> str:
    return "\n".join(f"| {entry.label_english} | {entry.value_english}" for entry in entries)


def _booklet_page(title: str, entries: Sequence[Entry], serial: str) -> Image.Image:
    page = Image.new("L", _SIZE, 244)
    draw = ImageDraw.Draw(page)
    draw.rounded_rectangle((70, 70, 950, 1190), 18, outline=120, width=4)
    draw.rounded_rectangle((84, 84, 936, 1176), 12, outline=170, width=2)
    _persian(draw, (_SIZE[0] // 2, 150), title, "mm", size=46)
    draw.text((110, 112), serial, fill=60, font=font("LiberationMono-Regular", 24))
    top = 250
    for entry in entries:
        _persian(draw, (_RIGHT_EDGE, top), f"{entry.label}:", "rm", size=27, ink=90)
        _persian(draw, (_VALUE_EDGE, top), entry.value, "rm", size=32)
        draw.line((120, top + 34, _RIGHT_EDGE, top + 34), fill=190, width=1)
        top += 78
    draw.text((84, 1240), SPECIMEN, fill=130, font=font("LiberationSans-Regular", 18))
    return page


def _persian(  # noqa: PLR0913 - where, what and how a line of writing stands
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: str,
    anchor: str,
    *,
    size: int,
    ink: int = 30,
) -> None:
    face = font("NotoNaskhArabic-Regular", size)
    draw.text(at, words, fill=ink, font=face, anchor=anchor, direction="rtl", language="fa")

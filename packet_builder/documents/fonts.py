"""Which characters can be printed, and the fontconfig file that offers our fonts and no others.

Ours are those that travel with the program, and those that an office brings: `own` is the folder in
which those lie after they were looked at, with what they offer beside them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from packet_builder import system
from packet_builder.errors import UnusableError
from packet_builder.file_names import alike
from packet_builder.installing import Tool, typed_for
from packet_builder.template_files import FONT_SUFFIXES
from packet_builder.workspace import shipped

FONTS = shipped("fonts")
OFFERED = "offered.json"  # the families and characters that the fonts of an office have

# Latin, Greek and Cyrillic letters and the marks of letters that Liberation Serif is tested to
# have: text of these alone never loads fontTools (0.12 s).
_TRIVIAL = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x410, 0x450)]))
_TRIVIAL |= frozenset("\t\n\r–—“”„†‡•…‰€™\u2018\u2019\u2212")
_SHOWN = 8  # characters in a message
# Nothing is drawn for these, whatever the font.
_INVISIBLE = frozenset(["Cc", "Cf", "Zl", "Zp", "Zs"])
_CJK_BLOCKS: tuple[tuple[int, int], ...] = (
    (0x1100, 0x11FF),
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
)
_CJK_BLOCKS += ((0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))

_CJK_NAMES = (
    *("NotoSerifCJK", "NotoSansCJK", "SourceHanSerif", "SourceHanSans"),
    *("Songti", "STHeiti", "Hiragino", "ヒラギノ", "AppleSDGothicNeo", "AppleMyungjo"),
    *("simsun", "msyh", "msjh", "msmincho", "msgothic", "yumin", "batang", "malgun"),
)

# What dxpdf and LibreOffice are given for the fonts that offices name. A weak last resort is
# needed too: without it dxpdf 0.8.1 stops with "no fonts available".
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "Liberation Serif": ("Times New Roman", "Times", "Georgia", "Garamond", "Cambria"),
    "Liberation Sans": ("Arial", "Helvetica", "Calibri", "Aptos", "Verdana", "Tahoma", "Segoe UI"),
    "Liberation Mono": ("Courier New", "Courier", "Consolas"),
    "DejaVu Sans": ("MS Gothic", "Segoe UI Symbol"),
}
_LAST_RESORT = "Liberation Serif"
#: Liberation was made to have the shapes and the measures of these.
_SAME = frozenset({"Times New Roman", "Times", "Arial", "Helvetica", "Courier New", "Courier"})


class GlyphMissingError(UnusableError):
    """A text has characters that no font can print."""

    def __init__(self, named: str, characters: str) -> None:
        shown = " ".join(
            f"{sign} (U+{ord(sign):04X}, {_name(sign)})" for sign in characters[:_SHOWN]
        )
        more = f" and {len(characters) - _SHOWN} more" if len(characters) > _SHOWN else ""
        super().__init__(f"{named}: no font can print {shown}{more}. {_cure(characters)}")
        self.characters = characters


def font_files() -> tuple[Path, ...]:
    """Give the shipped fonts, Liberation first, in an order that never changes."""
    return tuple(sorted(FONTS.glob("*.ttf"), key=lambda path: (_rank(path.name), path.name)))


@cache
def shipped_families() -> frozenset[str]:
    """Give the names of the families that travel with the program."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 0.12 s, only where an office has fonts

    def family(path: Path) -> str:
        with TTFont(path, lazy=True) as font:
            return str(font["name"].getBestFamilyName())

    return frozenset(map(family, font_files()))


def own_font_files(own: Path | None) -> tuple[Path, ...]:
    """Give the fonts that an office brings, in an order that never changes."""
    files = sorted(own.iterdir()) if own is not None else ()
    return tuple(path for path in files if path.suffix in FONT_SUFFIXES)


def uncovered(text: str, own: Path | None = None) -> str:
    """Give the characters of a text, each once and in order, that no font here can print."""
    left = _beyond(text, (*font_files(), *cjk_font_files()) if needs_cjk(text) else font_files())
    if not left or own is None:
        return left
    return "".join(sign for sign in left if ord(sign) not in _offered(own).characters)


def stand_in_for(family: str, own: Path | None = None) -> str | None:
    """Give the family that is printed in the place of another, and whose letters look otherwise.

    None where the family is there, or where ours has its shapes and its measures.
    """
    there = _offered(own).families if own is not None else frozenset()
    if family in _SAME or alike(family) in {*there, *map(alike, shipped_families())}:
        return None
    return next((ours for ours, theirs in _FAMILIES.items() if family in theirs), _LAST_RESORT)


def check_printable(named: str, text: str, own: Path | None = None) -> None:
    """Raise GlyphMissingError when a font is missing for any character; `named` is its place."""
    if characters := uncovered(text, own):
        raise GlyphMissingError(named, characters)


def needs_cjk(text: str) -> bool:
    """Tell whether a text has Chinese, Japanese or Korean characters."""
    return any(first <= ord(sign) <= last for sign in set(text) for first, last in _CJK_BLOCKS)


@cache
def cjk_font_files(folders: tuple[Path, ...] | None = None) -> tuple[Path, ...]:
    """Give the system's Chinese, Japanese and Korean fonts, best first: too big to ship."""
    wanted = tuple(name.casefold() for name in _CJK_NAMES)
    found = [
        (rank, path.name, path)
        for folder in folders or system.font_folders()
        for path in (sorted(folder.rglob("*")) if folder.is_dir() else ())
        for rank, name in enumerate(wanted)
        if path.name.casefold().startswith(name) and path.suffix.casefold() in FONT_SUFFIXES
    ]
    return tuple(path for _, _, path in sorted(found))


@cache
def fonts_digest(more: tuple[Path, ...] = ()) -> str:
    """Give one sha256 over the names and bytes of the shipped fonts and of `more`."""
    sha = hashlib.sha256()
    for path in (*font_files(), *more):
        content = path.read_bytes()
        sha.update(f"{path.name}\0{len(content)}\0".encode())
        sha.update(content)
    return sha.hexdigest()


def fontconfig_file(folder: Path, more: Sequence[Path] = (), own: Path | None = None) -> Path:
    """Write a fonts.conf into `folder` that offers ours and `more`, nothing else."""
    offered = folder / "fonts"
    offered.mkdir()
    # Copies, because fontconfig 2.13 (inside dxpdf 0.8.1) leaves a .uuid file beside the fonts,
    # LibreOffice 7.4 prints nothing with a collection behind a link, and Windows refuses links.
    for font in (*font_files(), *own_font_files(own), *more):
        shutil.copyfile(font, offered / font.name)
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"<dir>{escape(str(offered))}</dir>\n"
        f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>\n"
        f"{''.join(_aliases(own))}"
        '<match target="pattern"><edit name="family" mode="append_last" binding="weak">'
        f"<string>{_LAST_RESORT}</string></edit></match>\n</fontconfig>\n",
        encoding="utf-8",
        newline="\n",
    )
    return path


def _aliases(own: Path | None) -> Iterator[str]:
    """Let ours stand in for fonts that offices name, but for one that the office itself brings.

    Both would be equally good to dxpdf 0.8.1, which took the first file.
    """
    there = _offered(own).families if own is not None else frozenset()
    for ours, theirs in _FAMILIES.items():
        for family in theirs:
            if alike(family) not in there:
                yield (
                    f'<alias binding="same"><family>{family}</family>'
                    f"<accept><family>{ours}</family></accept></alias>\n"
                )


def _beyond(text: str, fonts: Sequence[Path]) -> str:
    left = _visible(text)
    for font in fonts:
        if not left:
            break
        left = tuple(sign for sign in left if ord(sign) not in _characters(font))
    return "".join(left)


def _visible(text: str) -> tuple[str, ...]:
    return tuple(
        sign
        for sign in dict.fromkeys(text)
        if sign not in _TRIVIAL
        and unicodedata.category(sign) not in _INVISIBLE
        and not "\ufe00" <= sign <= "\ufe0f"  # they choose a shape of the sign before
    )


@cache
def _characters(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 0.12 s, only for unusual characters

    with TTFont(font, fontNumber=0, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@dataclass(frozen=True, slots=True)
class _Offered:
    families: frozenset[str]  # as `alike` gives them
    characters: frozenset[int]


@cache
def _offered(own: Path) -> _Offered:
    row = json.loads((own / OFFERED).read_bytes())
    return _Offered(frozenset(map(alike, row["families"])), frozenset(row["characters"]))


def _rank(name: str) -> int:
    return next(
        rank for rank, start in enumerate(("Liberation", "DejaVu", "")) if name.startswith(start)
    )


def _name(sign: str) -> str:
    return unicodedata.name(sign, "a character without a name").lower()


def _cure(characters: str) -> str:
    if needs_cjk(characters):
        return (
            "Chinese, Japanese and Korean fonts come from the system. To install them: "
            f"{typed_for(Tool.CJK_FONTS)}."
        )
    return (
        "Write it in Latin letters, put a picture of it in its place, or put a font that has it "
        'into the folder "fonts" of your templates.'
    )

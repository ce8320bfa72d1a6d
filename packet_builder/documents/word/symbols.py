"""A character of a picture font (Symbol, Wingdings) becomes the Unicode character it looks like."""

from __future__ import annotations

from collections.abc import Mapping

PICTURE_FONTS = frozenset(
    {"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "ZapfDingbats", "Marlett"}
)

_PRIVATE = 0xF000  # where Word puts the characters of picture fonts
_LAST_BYTE = 0xFF

_LOOKS: Mapping[str, Mapping[int, str]] = {
    "Symbol": {
        **dict(zip(range(0x30, 0x3A), "0123456789", strict=True)),
        **dict(zip((0x20, 0x2D, 0xA3, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7), " −≤°±≥×•", strict=True)),  # noqa: RUF001 - what they look like
        **dict(zip((0xAC, 0xAE, 0xB9, 0xBB, 0xDE, 0xE2, 0xE3, 0xE4), "←→≠≈⇒®©™", strict=True)),
    },
    "Wingdings": {
        0x20: " ", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x75: "◆", 0x76: "❖",
        0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔",
        0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "Wingdings 2": {
        0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒",
        0x96: "•", 0x97: "●", 0xA3: "☐",
    },
}  # fmt: skip


def unicode_of(font: str, text: str) -> str:
    """Replace what a picture font would draw; a character that is not known stays private use."""
    return "".join(_unicode(_LOOKS.get(font, {}), ord(sign)) for sign in text)


def _unicode(looks: Mapping[int, str], code: int) -> str:
    if code <= _LAST_BYTE or _PRIVATE <= code <= _PRIVATE + _LAST_BYTE:
        return looks.get(code & _LAST_BYTE, chr(_PRIVATE | code))
    return chr(code)

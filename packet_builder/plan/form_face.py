"""The signs that the face of filled forms has: a text with another one cannot be printed."""

from __future__ import annotations

ENCODING = "cp1252"  # what PDF calls WinAnsiEncoding


def is_printable(text: str) -> bool:
    """Tell whether the face of the forms has every letter of a text."""
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True

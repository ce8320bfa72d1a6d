"""Python values as PDF syntax."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping

_REGULAR = frozenset(
    b"!\"$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~"
)


@functools.lru_cache(maxsize=4096)
def name(value: str) -> bytes:
    """Give a name such as "/Font", each character standing for one byte, as it is written."""
    raw = value[1:].encode("latin-1")
    return b"/" + b"".join(b"%c" % byte if byte in _REGULAR else b"#%02X" % byte for byte in raw)


def number(value: float) -> bytes:
    """Give a number: no exponent, which PDF does not know, and no more digits than it has."""
    if not math.isfinite(value):
        return b"0"
    if value == int(value):
        return b"%d" % int(value)
    written = repr(float(value))
    return (f"{value:.12f}".rstrip("0") if "e" in written else written).encode()


def coordinate(value: float) -> bytes:
    """Give a length on the page, to a ten-thousandth of a point."""
    return number(round(value, 4))


def text(value: str) -> bytes:
    """Give a text string for people: a title, a layer's name."""
    if value.isascii() and value.isprintable():
        return b"(" + value.translate({40: "\\(", 41: "\\)", 92: "\\\\"}).encode() + b")"
    return string(b"\xfe\xff" + value.encode("utf-16-be"))


def string(value: bytes) -> bytes:
    """Give a byte string."""
    return b"<" + value.hex().encode() + b">"


def reference(to: int) -> bytes:
    """Give a reference to an object of the packet."""
    return b"%d 0 R" % to


def references(to: Iterable[int]) -> bytes:
    """Give an array of references."""
    return array(map(reference, to))


def array(items: Iterable[bytes]) -> bytes:
    """Give an array of written items."""
    return b"[" + b" ".join(items) + b"]"


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """Give a dictionary; keys are our own words, without the slash."""
    return b"<<" + b"".join(b"/%s %s" % (key.encode(), entries[key]) for key in entries) + b">>"

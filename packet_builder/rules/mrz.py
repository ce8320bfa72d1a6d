"""The machine-readable zone of a passport becomes what it says (ICAO Doc 9303, part 4: TD3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_NAMES = re.compile(r"P[A-Z<]{43}")
_NUMBERS = re.compile(r"[A-Z0-9<]{44}")
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. Dates are written YYMMDD, without their century."""

    family: str
    given: str
    number: str
    born: str
    expires: str
    is_sound: bool  # whether its check digits agree, so that it was read as it was printed


def zones_in(text: str) -> Iterator[Zone]:
    """Give every passport's zone in the text of a page: two lines of 44 characters."""
    lines = [squeezed for line in text.splitlines() if (squeezed := re.sub(r"\s", "", line))]
    for names, numbers in pairwise(lines):
        if _NAMES.fullmatch(names) and _NUMBERS.fullmatch(numbers):
            yield _zone(names, numbers)


def check_digit(field: str) -> str:
    """Give the check digit of a field: weights 7, 3, 1 over the values of its characters."""
    total = sum(_value(mark) * _WEIGHTS[place % 3] for place, mark in enumerate(field))
    return str(total % 10)


def _zone(names: str, numbers: str) -> Zone:
    family, _, given = names[5:].partition("<<")
    checked = (
        (numbers[:9], numbers[9]),
        (numbers[13:19], numbers[19]),
        (numbers[21:27], numbers[27]),
    )
    return Zone(
        family.replace("<", " ").strip(),
        given.replace("<", " ").strip(),
        numbers[:9].rstrip("<"),
        numbers[13:19],
        numbers[21:27],
        all(check_digit(field) == digit for field, digit in checked),
    )


def _value(mark: str) -> int:
    return 0 if mark == "<" else int(mark, 36)

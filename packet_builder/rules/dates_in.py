"""A text becomes the dates that it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import permutations

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_WORDED = (
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<year>(?:19|20)\d\d)\s+{_MONTH}\s+(?P<day>\d{{1,2}})\b", re.IGNORECASE),
)
_YEAR_FIRST = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<one>\d{1,2})[-/.](?P<two>\d{1,2})\b")
_YEAR_LAST = re.compile(r"\b(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)\b")


def dates_in(text: str) -> Iterator[dt.date]:
    """Give every date in a text; 03/04/1990 is read both ways."""
    for pattern in _WORDED:
        for match in pattern.finditer(text):
            month = _MONTHS.index(match["month"].casefold()) + 1
            yield from _day(int(match["year"]), month, int(match["day"]))
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        for match in pattern.finditer(text):
            for month, day in permutations((int(match["one"]), int(match["two"]))):
                yield from _day(int(match["year"]), month, day)


def _day(year: int, month: int, day: int) -> Iterator[dt.date]:
    try:
        yield dt.date(year, month, day)
    except ValueError:
        return

"""The mark of pages that are internal to the office, and whether a page bears it."""

from __future__ import annotations

import re

#: Stands on every page of the matrix and of the report.
INTERNAL_MARK = "INTERNAL \u2013 attorney work product \u2013 not for filing"
#: What the pages that lie beside a packet say of themselves; the second is the signing sheet's.
_MARKS = (INTERNAL_MARK, "Internal: not part of the filing")
_NOT_LETTERS = re.compile(r"[\W_]+")


def is_internal(text: str) -> bool:
    """Tell whether the text of a page says that it is not for filing, however it is broken."""
    letters = _letters(text)
    return any(_letters(mark) in letters for mark in _MARKS)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()

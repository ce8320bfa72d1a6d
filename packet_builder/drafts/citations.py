"""Citations in running text: where the letter of an exhibit stands, and which exhibit is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_LETTER = r"(?P<letter>[A-Z]{1,2})(?!\w)(?![-\u2013]\d)"
_HEAD = re.compile(rf"(?<!\w)(?:Exs?\.|Exhibits?)\s+{_LETTER}")
_PAGES = re.compile(r"\s+at\s+\d{1,4}(?:\s*[-\u2013]\s*\d{1,4})?(?:\s*,\s*\d{1,4}(?!\d))*")
_NEXT = re.compile(
    rf"(?:\s*[,;]\s*(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|through|to)\s+|\s*[&\u2013-]\s*){_LETTER}"
)
_PLURAL = re.compile(r"(?:Exs\.|Exhibits)\s")


@dataclass(frozen=True, slots=True)
class Lettering:
    """Which exhibit a letter means."""

    by_letter: Mapping[str, str] = field(default_factory=dict)  # evidence id of each letter

    @classmethod
    def of(cls, letters: Mapping[str, str]) -> Lettering:
        """Turn a plan's letters, by evidence id, around."""
        return cls({letter: evidence for evidence, letter in letters.items()})


def letters_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where each exhibit letter of a citation begins and ends, in order."""
    for head in _HEAD.finditer(text):
        yield head.span("letter")
        if _PLURAL.match(head[0]):
            yield from _more(text, head.end())


def _more(text: str, at: int) -> Iterator[tuple[int, int]]:
    while True:
        pages = _PAGES.match(text, at)
        found = _NEXT.match(text, pages.end() if pages else at)
        if found is None:
            return
        yield found.span("letter")
        at = found.end()

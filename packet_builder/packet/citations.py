"""The citations that a reader sees on the pages of a PDF: "Ex. C at 3", and where it stands."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from packet_builder.packet.cited import Citation
from packet_builder.packet.geometry import Box
from packet_builder.packet.viewed import viewed, viewed_page

_LETTERS = r"[A-Z]{1,2}(?!\w)(?![-–]\d)"
_HEAD = re.compile(rf"(?<!\w)(?:Exs?\.|Exhibits?)\s+(?P<letter>{_LETTERS})")
_NEXT_LETTER = re.compile(rf"(?:\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*)(?P<letter>{_LETTERS})")
_RANGE = r"(?P<first>\d{1,4})(?:\s*[-–]\s*(?P<last>\d{1,4}))?(?!\d|[-–]\d)"
_PAGES = re.compile(rf"\s+at\s+{_RANGE}")
# After a comma a number may begin something else: "Ex. C at 3, 14 days later". It is certainly a
# page where it ends the citation; pdfium does not tell a no-break space from any other.
_MORE = re.compile(rf"\s*,\s*{_RANGE}")
_ENDING = re.compile(r"\s*(?:[,;.)\[\]]|and\b|or\b|&|$)")
_PLURAL = re.compile(r"(?:Exs\.|Exhibits)\s")
# What letters print behind a citation of what was filed before.
_STATED = re.compile(r"\s*\[previously\s+submitted;\s+pages?\s+(?P<pages>[\d\s,–-]+?)\s+of\b")
_NOWHERE = (0, 0)  # more pages are said than cited, or fewer: no page is right
_HYPHENS = {"\ufffe": "-", "\u0002": "-"}  # how pdfium tells a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    letter: str
    first: int | None = None
    last: int | None = None
    certain: bool = True
    stated: tuple[int, int] | None = None  # the pages that it says of a packet filed before


def citations_in(path: Path, named: str | None = None) -> tuple[Citation, ...]:
    """Give the citations in a PDF's visible text, in reading order."""
    name = named or path.name
    with viewed(path, name) as document:
        return tuple(
            citation
            for index in range(len(document))
            for citation in _citations_on(document, index, name)
        )


def _citations_on(document: pypdfium2.PdfDocument, index: int, named: str) -> Iterator[Citation]:
    with viewed_page(document, index, named) as page:
        words = page.get_textpage()
        if "Ex" in words.get_text_range():
            yield from _citations_in(words, index + 1)


def _citations_in(words: pypdfium2.PdfTextPage, number: int) -> Iterator[Citation]:
    text = _characters(words)
    for match in _matches(text):
        boxes = tuple(_boxes(words, match))
        written = " ".join(text[match.start : match.end].split())
        stated = match.stated or (None, None)
        yield Citation(
            *(number, written, match.letter, match.first, match.last, boxes, match.certain),
            *stated,
        )


def _characters(words: pypdfium2.PdfTextPage) -> str:
    """Give the page's text, one character for each that pdfium counts.

    get_text_range() leaves some out, and every place behind them would be one too far left.
    """
    codes = (pdfium.FPDFText_GetUnicode(words, index) for index in range(words.count_chars()))
    return "".join(_HYPHENS.get(chr(code), chr(code)) for code in codes)


def _matches(text: str) -> Iterator[_Match]:
    for head in _HEAD.finditer(text):
        cited = tuple(_pages_after(text, head.start(), head.end(), head["letter"]))
        yield from _with_stated(text, cited)
        if _PLURAL.match(head[0]):
            yield from _more_letters(text, _end_after(text, head.end()))


def _with_stated(text: str, cited: Sequence[_Match]) -> Iterator[_Match]:
    """Give each citation with the pages that are said of it in brackets behind the last one."""
    found = _STATED.match(text, cited[-1].end)
    if found is None:
        yield from cited
        return
    pages = [
        (int(one["first"]), int(one["last"] or one["first"]))
        for one in re.finditer(_RANGE, found["pages"])
    ]
    for position, one in enumerate(cited):
        yield replace(one, stated=pages[position] if len(pages) == len(cited) else _NOWHERE)


def _more_letters(text: str, at: int) -> Iterator[_Match]:
    while (found := _NEXT_LETTER.match(text, at)) is not None:
        yield from _pages_after(text, found.start("letter"), found.end(), found["letter"])
        at = _end_after(text, found.end())


def _end_after(text: str, at: int) -> int:
    *_, last = _pages_after(text, at, at, "")
    return last.end


def _pages_after(text: str, start: int, end: int, letter: str) -> Iterator[_Match]:
    """Give one match for each page, or range, that follows a letter; one without, if none does."""
    found = _PAGES.match(text, end)
    if found is None:
        yield _Match(start, end, letter)
        return
    certain = True
    while found is not None:
        first, end = int(found["first"]), found.end()
        yield _Match(start, end, letter, first, int(found["last"] or first), certain)
        found = _MORE.match(text, end)
        if found is not None:
            start = found.start("first")
            certain = certain and _ENDING.match(text, found.end()) is not None


def _boxes(words: pypdfium2.PdfTextPage, match: _Match) -> Iterator[Box]:
    count = pdfium.FPDFText_CountRects(words, match.start, match.end - match.start)
    for index in range(count):
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetRect(words, index, *map(ctypes.byref, sides))
        left, top, right, bottom = (side.value for side in sides)
        if right > left and top > bottom:
            yield Box(left, bottom, right, top)

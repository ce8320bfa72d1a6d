"""Text becomes what all engines print alike, and pages a stream that is used up by parts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from packet_builder.documents.word.text import NOTE, NUMBER

# Hyphens come and go at the ends of lines (pdfium gives U+FFFE for one), and leaders between tabs.
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\ufffe\u200b\u200c"
_HYPHENS += "\u200d\u2060\ufeff"
_BREAK = re.compile(rf"[\s{re.escape(_HYPHENS)}]+")
_LEADER = re.compile(r"[._·]{3,}")
_COUNTED = "(?:[0-9]{1,6}|[ivxlcdm]{1,8}|[a-z]{1,2})"
_MARK = "(?:[0-9]{1,4}|[ivxlcdm]{1,6}|[*†‡§]{1,3})?"
_USED = "\0"
_SHORT = 12  # what is shorter must stand between word limits
_LABEL_WORDS = 3  # as in "Part I. A."


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are compared; NUMBER and NOTE stay."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in _BREAK.split(_LEADER.sub(" ", folded)) if word]


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has signs whose order in a PDF is another one.

    Marks and digits of the Arabic block stand apart from their words there.
    """
    return any(
        unicodedata.bidirectional(sign) in {"R", "AL", "AN"} or "\u0600" <= sign <= "\u06ff"
        for sign in text
    )


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words that follow each other, after a label of a certain shape."""

    words: re.Pattern[str]
    label: re.Pattern[str] | None
    varies: bool  # its length does, because of a number or a mark
    anywhere: bool = False  # not only between word limits


def search_of(keys: Sequence[str], label: str | None = None) -> Search:
    """Give the search for words, after a label of the given shape where there is one."""
    text = "".join(keys)
    literal = re.escape(text)
    literal = literal.replace(re.escape(NUMBER), _COUNTED).replace(re.escape(NOTE), _MARK)
    shape = re.compile(label) if label else None
    return Search(re.compile(literal), shape, NUMBER in text or NOTE in text)


def search_of_one(key: str) -> Search:
    """Give the search for one word beside which anything may stand."""
    core = re.sub(r"^\W+|\W+$", "", key) or key
    return Search(re.compile(re.escape(core)), None, varies=False, anywhere=True)


@dataclass(slots=True)
class Stream:
    """What a PDF prints, without spaces; each part that was asked for is used up."""

    text: str
    limits: Sequence[int]  # where a word begins, and the end; ascending
    lines: frozenset[int]  # where a line begins, and the end
    pages: Sequence[tuple[int, int]]  # where each page begins and ends

    def use(self, search: Search, first: int = 0) -> int | None:
        """Use up the first match from `first` on, else the first of all; give where it ended."""
        span = self._nearest(search, first)
        if span is None:
            return None
        self._use(*span)
        return span[1]

    def has(self, search: Search, first: int) -> bool:
        """Tell whether a match is left anywhere."""
        return self._nearest(search, first) is not None

    def use_on_page(self, search: Search, page: int, *, whole_lines: bool) -> bool:
        """Use up a match on one page (1-based)."""
        for span in self._spans(search, *self.pages[page - 1]):
            if not whole_lines or self.lines.issuperset(span):
                self._use(*span)
                return True
        return False

    def left(self) -> Iterator[tuple[int, str]]:
        """Give the words that are left, each with its page number."""
        for number, (start, end) in enumerate(self.pages, 1):
            inner = [limit for limit in self.limits if start <= limit < end]
            for first, last in pairwise([*inner, end]):
                for word in self.text[first:last].split(_USED):
                    if word:
                        yield number, word

    def _nearest(self, search: Search, first: int) -> tuple[int, int] | None:
        after = next(self._spans(search, first, len(self.text)), None)
        return after or next(self._spans(search, 0, len(self.text)), None)

    def _spans(self, search: Search, start: int, end: int) -> Iterator[tuple[int, int]]:
        for found in search.words.finditer(self.text, start, end):
            begin, last = self._begin(search, found), self._last(search, found)
            if begin is not None and last is not None and last > begin:
                yield begin, last

    def _begin(self, search: Search, found: re.Match[str]) -> int | None:
        start = found.start()
        if search.label is None:
            free = search.anywhere or _is_long(found)
            return start if free or self._is_limit(start) else None
        # The nearest limit before the words: a label is never taken for part of a word before it.
        place = bisect_left(self.limits, start)
        for begin in reversed(self.limits[max(place - _LABEL_WORDS, 0) : place]):
            if search.label.fullmatch(self.text, begin, start):
                return begin
        return None

    def _last(self, search: Search, found: re.Match[str]) -> int | None:
        if search.varies:
            first = bisect_right(self.limits, found.start())
            for last in self.limits[first : bisect_right(self.limits, found.end())]:
                if search.words.fullmatch(self.text, found.start(), last):
                    return last
        free = search.anywhere or _is_long(found)
        return found.end() if free or self._is_limit(found.end()) else None

    def _is_limit(self, place: int) -> bool:
        """Tell whether a word begins or ends here, or what stood beside was used up."""
        at = bisect_left(self.limits, place)
        if at < len(self.limits) and self.limits[at] == place:
            return True
        return _USED in self.text[max(place - 1, 0) : place + 1]

    def _use(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _USED * (end - start) + self.text[end:]


def stream_of(pages: Sequence[str]) -> Stream:
    """Give the stream of what each page prints."""
    pieces: list[str] = []
    limits, lines, spans = list[int](), set[int](), list[tuple[int, int]]()
    length = 0
    for page in pages:
        start = length
        for line in page.splitlines():
            lines.add(length)
            for word in words_of(line):
                limits.append(length)
                pieces.append(word)
                length += len(word)
        lines.add(length)
        limits.append(length)
        spans.append((start, length))
        pieces.append(_USED)  # nothing is matched over the end of a page
        length += 1
    return Stream("".join(pieces), limits, frozenset(lines), spans)


def _is_long(found: re.Match[str]) -> bool:
    return found.end() - found.start() >= _SHORT

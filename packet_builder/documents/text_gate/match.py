"""A document's paragraphs and the text of its pages become what one has and the other has not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packet_builder.documents.text_gate.furniture import Furniture, furniture_of
from packet_builder.documents.text_gate.stream import (
    Stream,
    is_right_to_left,
    search_of,
    search_of_one,
    stream_of,
    words_of,
)
from packet_builder.documents.word.labels import Labels, labels_of
from packet_builder.documents.word.text import (
    NOTE,
    NUMBER,
    Paragraph,
    Story,
    header_row_of,
    read,
)
from packet_builder.documents.word.word import Word

# Marks of notes are extracted apart from their text where they stand higher.
_LOOSE = re.compile(r"[0-9]{1,4}|[ivxlcdm]{1,6}|[*†‡§.,;:()\[\]]+")


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of one paragraph that the PDF does not show."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Added:
    """A word that only the PDF shows."""

    word: str
    page: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What a document and its PDF do not have in common."""

    losses: tuple[Loss, ...]
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A paragraph as it is searched."""

    paragraph: Paragraph
    label: str | None
    words: tuple[str, ...]  # as a person reads them
    keys: tuple[str, ...]  # as they are compared

    @property
    def size(self) -> int:
        return sum(map(len, self.keys))


def compared(word: Word, pages: Sequence[str]) -> Differences:
    """Use the pages up paragraph by paragraph: what is not found is lost, what is left is added.

    The longest paragraphs come first, so that a short one does not take the words of a long one.
    """
    stream = stream_of(pages)
    letters = Counter(sign for page in pages for key in words_of(page) for sign in key)
    paragraphs = read(word).paragraphs
    wanted = list(_wanted(paragraphs, labels_of(word)))
    absent = list(_absent_furniture(stream, furniture_of(word, paragraphs)))
    losses = [
        *_use_body(stream, [each for each in wanted if not is_right_to_left(each.paragraph.text)]),
        *_use_mixed(
            stream, letters, [each for each in wanted if is_right_to_left(each.paragraph.text)]
        ),
        *(loss for page, paragraph in absent for loss in _retried(stream, page, paragraph)),
    ]
    _use_repeated(stream, wanted)
    return Differences(tuple(losses), tuple(_added(stream)))


def _wanted(paragraphs: Sequence[Paragraph], labels: Labels) -> Iterator[_Wanted]:
    for paragraph in paragraphs:
        if paragraph.story not in {Story.HEADER, Story.FOOTER}:
            yield _want(paragraph, labels.shape_of(paragraph.element))


def _want(paragraph: Paragraph, label: str | None = None) -> _Wanted:
    words = [(word, key) for word in paragraph.text.split() if (key := "".join(words_of(word)))]
    return _Wanted(
        paragraph, label, tuple(word for word, _ in words), tuple(key for _, key in words)
    )


def _absent_furniture(
    stream: Stream, furniture: Furniture
) -> Iterator[tuple[int | None, Paragraph]]:
    if len(furniture.sections) == 1:
        for page in range(1, len(stream.pages) + 1):
            for part in furniture.of_page(page):
                for paragraph in furniture.paragraphs[part]:
                    if not _use_line(stream, page, paragraph):
                        yield page, paragraph
        return
    found = {part for part in furniture.possible() if _use_lines(stream, furniture, part)}
    for part in furniture.somewhere():
        if part not in found:
            yield from ((None, paragraph) for paragraph in furniture.paragraphs[part])


def _use_lines(stream: Stream, furniture: Furniture, part: str) -> bool:
    found = False
    for page in range(1, len(stream.pages) + 1):
        for paragraph in furniture.paragraphs[part]:
            found |= _use_line(stream, page, paragraph)
    return found


def _use_line(stream: Stream, page: int, paragraph: Paragraph) -> bool:
    return stream.use_on_page(search_of(_want(paragraph).keys), page, whole_lines=True)


def _retried(stream: Stream, page: int | None, paragraph: Paragraph) -> Iterator[Loss]:
    wanted = _want(paragraph)
    search = search_of(wanted.keys)
    if page is None:
        found = stream.use(search) is not None
    else:
        found = stream.use_on_page(search, page, whole_lines=False)
    if not found and wanted.keys:
        where = "" if page is None else f" on page {page}"
        yield Loss(paragraph.plain, f"{paragraph.place}{where}")


def _use_body(stream: Stream, wanted: Sequence[_Wanted]) -> Iterator[Loss]:
    ends: dict[int, int] = {}
    left: list[int] = []
    for place in sorted(range(len(wanted)), key=lambda place: -wanted[place].size):
        each = wanted[place]
        end = _use_whole(stream, each, ends.get(place - 1, 0))
        if end is None:
            left.append(place)
        else:
            ends[place] = end
    for place in sorted(left):
        yield from _use_parts(stream, wanted[place], ends.get(place - 1, 0))


def _use_whole(stream: Stream, wanted: _Wanted, first: int) -> int | None:
    if not wanted.keys and not wanted.label:
        return first
    return stream.use(search_of(wanted.keys, wanted.label), first)


def _use_parts(stream: Stream, wanted: _Wanted, first: int) -> Iterator[Loss]:
    """Use up what is there of a paragraph that a page's end divides, or that is not whole."""
    done = 0
    if wanted.label:
        used = stream.use(search_of(wanted.keys[:1], wanted.label), first)
        if used is None:
            yield Loss("the number or bullet", wanted.paragraph.place)
        else:
            first, done = used, 1
    lost = list(_use_pieces(stream, wanted, done, first))
    if lost:
        yield Loss(" ".join(lost), wanted.paragraph.place)


def _use_pieces(stream: Stream, wanted: _Wanted, start: int, first: int) -> Iterator[str]:
    """Use the longest pieces up that are there, and give the words that are not."""
    while start < len(wanted.keys):
        end = _longest(stream, wanted.keys, start, first)
        used = stream.use(search_of(wanted.keys[start:end]), first) if end > start else None
        if used is not None:
            first, start = used, end
            continue
        if wanted.keys[start].strip(NUMBER + NOTE):
            yield wanted.words[start].replace(NUMBER, "").replace(NOTE, "")
        start += 1


def _longest(stream: Stream, keys: Sequence[str], start: int, first: int) -> int:
    found, too_long = start, len(keys) + 1
    while too_long - found > 1:
        middle = (found + too_long) // 2
        if stream.has(search_of(keys[start:middle]), first):
            found = middle
        else:
            too_long = middle
    return found


def _use_mixed(stream: Stream, letters: Counter[str], wanted: Sequence[_Wanted]) -> Iterator[Loss]:
    """Search words one by one: beside Arabic or Hebrew, PDF readers give them in another order."""
    for each in wanted:
        lost = [
            word
            for word, key in zip(each.words, each.keys, strict=True)
            if not _use_word(stream, letters, key)
        ]
        if lost:
            yield Loss(" ".join(lost), each.paragraph.place)


def _use_word(stream: Stream, letters: Counter[str], key: str) -> bool:
    if not is_right_to_left(key):
        found = stream.use(search_of_one(key)) is not None
        return found or NUMBER in key or NOTE in key or bool(_LOOSE.fullmatch(key))
    needed = Counter(key)
    found = needed <= letters
    letters.subtract(needed if found else {})
    return found


def _use_repeated(stream: Stream, wanted: Sequence[_Wanted]) -> None:
    for each in wanted:
        if header_row_of(each.paragraph) and each.keys:
            search = search_of(each.keys)
            while stream.use(search) is not None:
                pass


def _added(stream: Stream) -> Iterator[Added]:
    for page, word in stream.left():
        if not _LOOSE.fullmatch(word) and not is_right_to_left(word):
            yield Added(word, page)

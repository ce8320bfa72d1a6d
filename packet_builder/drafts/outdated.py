"""Old values of changed facts that still stand in what the attorney wrote by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.documents.word.text import Paragraph, read
from packet_builder.documents.word.word import Word
from packet_builder.drafts.looked import Outdated
from packet_builder.drafts.three_way import differences

_WORD = re.compile(r"\s+|[\w$][\w,.$/-]*\w|\w|[^\w\s]")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_LEAST = 2  # a single digit says too little
_SHOWN = 80


def outdated_between(
    old: Mapping[str, Any], new: Mapping[str, Any], text: str
) -> tuple[Outdated, ...]:
    """Give the telling words that the old facts printed and the new ones, and `text`, do not.

    Telling are figures, months, and names: "34", "$61,200", "March", "Harrowgate".
    """
    said = "\n".join((text, *_texts(new)))
    found: dict[str, Outdated] = {}
    was, now = dict(_placed(old)), dict(_placed(new))
    for place, value in was.items():
        after = now.get(place, "")
        if value != after:
            for word, instead in _replaced(value, after):
                telling = _with_month(word, value)
                if _is_telling(word, value) and not _says(said, telling):
                    found.setdefault(telling, Outdated(was=telling, now=instead[:_SHOWN]))
    return tuple(found.values())


def still_there(word: Word, outdated: Sequence[Outdated]) -> Iterator[tuple[Outdated, str]]:
    """Give each outdated word that a document still says, with its place."""
    for paragraph in read(word).paragraphs:
        said = [one for one in outdated if _says(paragraph.plain, one.was)]
        for one in said:
            if not any(one.was != other.was and one.was in other.was for other in said):
                yield one, paragraph.place


def _says(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(words)}(?!\w|[,.]\d)", text) is not None


def text_of(word: Word) -> str:
    """Give all that a document says."""
    return " ".join(map(_plain, read(word).paragraphs))


def _plain(paragraph: Paragraph) -> str:
    return paragraph.plain


def _words(text: str) -> list[str]:
    return [word.strip(".,") for word in _WORD.findall(text) if not word.isspace()]


def _is_telling(word: str, value: str) -> bool:
    if any(sign.isdigit() for sign in word):
        return len(word) >= _LEAST or _with_month(word, value) != word
    if word in _MONTHS:
        return True
    inside = re.search(rf"[\w,;)] {re.escape(word)}\b", value) is not None
    alone = value == word or value.startswith((f"{word} ", f"{word},"))
    is_name = len(value.split()) <= 4 and alone  # noqa: PLR2004 - a name, not a sentence
    return word[:1].isupper() and len(word) > _LEAST and (inside or is_name)


def _with_month(word: str, value: str) -> str:
    """Give the day of a date with its month: 12 alone may be many things."""
    months = "|".join(_MONTHS)
    found = re.search(rf"\b(?:{months}) {re.escape(word)}\b", value)
    return found[0] if found and word.isdecimal() and len(word) <= _LEAST else word


def _replaced(value: str, after: str) -> Iterator[tuple[str, str]]:
    """Give each word that went, with what stands in its place."""
    old, new = _WORD.findall(value), _WORD.findall(after)
    for one in differences(old, new):
        instead = "".join(new[one.new.start : one.new.end]).strip()
        for word in _words("".join(old[one.old.start : one.old.end])):
            yield word, instead


def _placed(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "exhibits":  # letters of exhibits follow by themselves
                yield from _placed(inner, (*place, str(key)))
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            yield from _placed(inner, (*place, str(number)))


def _texts(value: object) -> Iterator[str]:
    yield from (text for _, text in _placed(value))

"""A Word document becomes the reasons why it must not be filed as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packet_builder.documents.fonts import GlyphMissingError, uncovered
from packet_builder.documents.word.fields import REFERENCES, REMOTE, VOLATILE
from packet_builder.documents.word.repair import repaired, story_trees
from packet_builder.documents.word.text import Reading, place_of, read
from packet_builder.documents.word.word import W, Word, open_word
from packet_builder.errors import UnusableError

CHANGES = tuple(
    f"{W}{tag}"
    for tag in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("tblGridChange", "trPrChange", "tcPrChange", "numberingChange"),
    )
)
_COMMENTS = tuple(f"{W}{tag}" for tag in ("commentReference", "commentRangeStart"))
_SHOWN = 3  # places in a message
_FOREIGN = (f"{W}altChunk", f"{W}subDoc")


class TrackedChangesError(UnusableError):
    """Changes are neither accepted nor rejected: engines print them, or accept them in silence."""

    def __init__(self, name: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{name}: tracked changes at {_listed(places)}. In Word, accept or reject them all "
            "(Review, Accept, Accept All Changes) and save."
        )


class CommentsError(UnusableError):
    """Comments of the office would reach the government."""

    def __init__(self, name: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{name}: comments at {_listed(places)}. In Word, delete them all "
            "(Review, Delete, Delete All Comments in Document) and save."
        )


class VolatileFieldError(UnusableError):
    """A field prints something else on another day or another machine."""

    def __init__(self, name: str, command: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{name}: a {command} field, whose text changes by itself, at {_listed(places)}. "
            "In Word, click it and press Ctrl+Shift+F9 to make it plain text, then save."
        )


class RemoteFieldError(UnusableError):
    """A field fetches its text from another file or address."""

    def __init__(self, name: str, command: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{name}: a {command} field, which fetches from another file or address, at "
            f"{_listed(places)}. In Word, click it and press Ctrl+Shift+F9, then save."
        )


class DanglingReferenceError(UnusableError):
    """A cross-reference names a bookmark that is gone."""

    def __init__(self, name: str, bookmark: str, places: Sequence[str]) -> None:
        super().__init__(
            f'{name}: a cross-reference to "{bookmark}", which the document no longer has, at '
            f"{_listed(places)}. In Word, delete it or insert the cross-reference again."
        )


class ForeignContentError(UnusableError):
    """Another document is embedded that only Word itself would merge into this one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: another document is embedded, which only Word can merge. Open it in Word, "
            "save it again, and use the saved file."
        )


def refusals(docx: Path, name: str | None = None) -> tuple[UnusableError, ...]:
    """Give every reason why a document must not be filed as it is, each with its paragraph."""
    word = open_word(docx, name)
    return refusals_of(word, repaired(word))


def refusals_of(
    word: Word, spelled: Word, own_fonts: Path | None = None
) -> tuple[UnusableError, ...]:
    """Give the reasons for a document that was opened; `spelled` is the repaired one."""
    reading = read(word)
    return (
        *_marked(word, reading),
        *_fields(word, reading),
        *_dangling(word, reading),
        *_unprintable(spelled, own_fonts),
    )


def _marked(word: Word, reading: Reading) -> Iterator[UnusableError]:
    if places := _places(word, reading, CHANGES):
        yield TrackedChangesError(word.name, places)
    if places := _places(word, reading, _COMMENTS):
        yield CommentsError(word.name, places)
    if any(next(tree.iter(*_FOREIGN), None) is not None for tree in word.trees.values()):
        yield ForeignContentError(word.name)


def _fields(word: Word, reading: Reading) -> Iterator[UnusableError]:
    for commands, error in ((VOLATILE, VolatileFieldError), (REMOTE, RemoteFieldError)):
        for command in dict.fromkeys(placed.field.command for placed in reading.fields):
            if command in commands:
                found = [each for each in reading.fields if each.field.command == command]
                yield error(word.name, command, [each.paragraph.place for each in found])


def _dangling(word: Word, reading: Reading) -> Iterator[UnusableError]:
    trees = word.trees.values()
    marks = (mark.get(f"{W}name", "") for tree in trees for mark in tree.iter(f"{W}bookmarkStart"))
    known = {mark.casefold() for mark in marks}
    dangling: dict[str, list[str]] = {}
    for placed in reading.fields:
        bookmark = placed.field.argument or ""
        if placed.field.command in REFERENCES and bookmark.casefold() not in known:
            dangling.setdefault(bookmark, []).append(placed.paragraph.place)
    for bookmark, places in dangling.items():
        yield DanglingReferenceError(word.name, bookmark, places)


def _unprintable(word: Word, own_fonts: Path | None) -> Iterator[UnusableError]:
    paragraphs = read(word).paragraphs
    if uncovered("".join(paragraph.plain for paragraph in paragraphs), own_fonts):
        for paragraph in paragraphs:
            if characters := uncovered(paragraph.plain, own_fonts):
                yield GlyphMissingError(f"{word.name}, {paragraph.place}", characters)


def _places(word: Word, reading: Reading, tags: tuple[str, ...]) -> list[str]:
    found = (element for tree in story_trees(word) for element in tree.iter(*tags))
    return list(dict.fromkeys(place_of(element, reading.paragraphs) for element in found))


def _listed(places: Sequence[str]) -> str:
    more = len(places) - _SHOWN
    return ", ".join(places[:_SHOWN]) + (f" and {more} more places" if more > 0 else "")

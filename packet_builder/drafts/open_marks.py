"""What in a draft is not settled yet: tracked changes, comments, conflicts, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.refusals import CHANGES
from packet_builder.documents.word.text import place_of, read
from packet_builder.documents.word.word import W, Word, story_parts
from packet_builder.drafts.marks import AUTHOR
from packet_builder.drafts.package import related_part

_CONFLICT = "Conflict: "


@dataclass(frozen=True, slots=True)
class OpenMarks:
    """The places of all that is open, each once."""

    changes: tuple[str, ...]  # "Marisol Vale, paragraph 4 (…)"
    comments: tuple[str, ...]
    conflicts: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether anything is open."""
        return bool(self.changes or self.comments or self.conflicts)


def open_marks(word: Word) -> OpenMarks:
    """Find all that somebody still has to accept, reject, answer or choose."""
    paragraphs = read(word).paragraphs
    texts = _comments(word)
    changes: dict[str, None] = {}
    comments: dict[str, None] = {}
    conflicts: dict[str, None] = {}
    for part in story_parts(word):
        tree = word.trees[part]
        for mark in tree.iter(*CHANGES):
            who = mark.get(f"{W}author") or "somebody"
            changes[f"{who}, {place_of(mark, paragraphs)}"] = None
        for mark in tree.iter(f"{W}commentReference"):
            comment = texts.get(mark.get(f"{W}id", ""))
            place = place_of(mark, paragraphs)
            if comment is not None and _is_conflict(comment):
                conflicts[f"{place}: {_text(comment).removeprefix(_CONFLICT)}"] = None
            else:
                who = "somebody" if comment is None else comment.get(f"{W}author", "")
                comments[f"{who}, {place}"] = None
    return OpenMarks(tuple(changes), tuple(comments), tuple(conflicts))


def _comments(word: Word) -> Mapping[str, etree._Element]:
    part = related_part(word, "comments")
    found: Iterable[etree._Element] = () if part is None else word.trees[part]
    return {each.get(f"{W}id", ""): each for each in found}


def _is_conflict(comment: etree._Element) -> bool:
    return comment.get(f"{W}author") == AUTHOR and _text(comment).startswith(_CONFLICT)


def _text(comment: etree._Element) -> str:
    return "".join(_pieces(comment))


def _pieces(comment: etree._Element) -> Iterator[str]:
    yield from (each.text or "" for each in comment.iter(f"{W}t"))

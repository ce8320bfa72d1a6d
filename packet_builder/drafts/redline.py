"""Two Word documents become their words side by side: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from packet_builder.documents.word.word import W, Word, story_parts
from packet_builder.drafts.align import Shape, paired
from packet_builder.drafts.inline import Reader, Token
from packet_builder.drafts.three_way import differences

_PARAGRAPH = f"{W}p"


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of either document."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anything in it changed."""
        return any(piece.change is not Change.SAME for piece in self.pieces)


def redline(old: Word, new: Word) -> tuple[Line, ...]:
    """Give every paragraph of both documents, in order, word by word."""
    return tuple(_lines(_paragraphs(old), _paragraphs(new)))


def _paragraphs(word: Word) -> list[tuple[Token, ...]]:
    reader = Reader(word)
    trees = (word.trees[part] for part in story_parts(word))
    found = (reader.tokens(each) for tree in trees for each in tree.iter(_PARAGRAPH))
    return [tokens for tokens in found if tokens]


def _lines(old: Sequence[tuple[Token, ...]], new: Sequence[tuple[Token, ...]]) -> Iterator[Line]:
    partners = paired([_shape(each) for each in old], [_shape(each) for each in new])
    at = 0
    for position, tokens in enumerate(old):
        if position not in partners:
            yield Line((Piece(Change.GONE, _text(tokens)),))
            continue
        for fresh in new[at : partners[position]]:
            yield Line((Piece(Change.COME, _text(fresh)),))
        yield Line(tuple(_pieces(tokens, new[partners[position]])))
        at = partners[position] + 1
    yield from (Line((Piece(Change.COME, _text(fresh)),)) for fresh in new[at:])


def _shape(tokens: Sequence[Token]) -> Shape:
    return Shape("p", tuple(token.key for token in tokens))


def _pieces(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    at = 0
    for one in differences([each.key for each in old], [each.key for each in new]):
        stretches = (
            (Change.SAME, old[at : one.old.start]),
            (Change.GONE, old[one.old.start : one.old.end]),
            (Change.COME, new[one.new.start : one.new.end]),
        )
        yield from (Piece(change, _text(tokens)) for change, tokens in stretches if tokens)
        at = one.old.end
    if at < len(old):
        yield Piece(Change.SAME, _text(old[at:]))


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text if token.thing is None else _named(token) for token in tokens)


def _named(token: Token) -> str:
    thing = token.thing
    return "" if thing is None else f"[{thing.kind}]"

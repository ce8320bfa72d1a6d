"""The tokens of three versions of a paragraph become the edits of hers, or a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from packet_builder.drafts.inline import Cited, Token
from packet_builder.drafts.rewriting import Edit
from packet_builder.drafts.three_way import Keys, Span, chunks, differences


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens of hers that give way to tokens of the new render."""

    hers: Span
    ours: Span


def changes(base: Keys, edited: Keys, new: Keys) -> tuple[Change, ...] | None:
    """Give what the new render changes where she changed nothing; None where both did."""
    found: list[Change] = []
    for chunk in chunks(base, edited, new):
        was, hers, ours = chunk.base.of(base), chunk.edited.of(edited), chunk.new.of(new)
        if ours in (was, hers):
            continue
        if hers != was:
            return None
        found += [
            Change(_moved(one.old, chunk.edited), _moved(one.new, chunk.new))
            for one in differences(hers, ours)
        ]
    return tuple(found)


def can_write(found: Sequence[Change], edited: Sequence[Token], new: Sequence[Token]) -> bool:
    """Tell whether changes are of words alone: notes, pictures and fields are not made anew."""
    gone = (token for each in found for token in edited[each.hers.start : each.hers.end])
    come = (token for each in found for token in new[each.ours.start : each.ours.end])
    return not any(token.fixed for token in gone) and all(token.thing is None for token in come)


def written(change: Change, edited: Sequence[Token], new: Sequence[Token]) -> Edit:
    """Give a change of tokens as an edit of characters."""
    text = "".join(token.text for token in new[change.ours.start : change.ours.end])
    start, end = change.hers.start, change.hers.end
    return Edit(_first_atom(edited, start), _first_atom(edited, end), text)


def letters_changed(
    tokens: Sequence[Token], letters: Mapping[str, str], taken: Sequence[Edit]
) -> list[Edit]:
    """Give the citations whose letter is another one now, where nothing else is written."""
    return [
        Edit(token.start, token.end, letter)
        for token in tokens
        if isinstance(token.key, Cited)
        and (letter := letters.get(token.key.evidence, token.text)) != token.text
        and not any(edit.start <= token.start < edit.end for edit in taken)
    ]


def _first_atom(tokens: Sequence[Token], at: int) -> int:
    if at < len(tokens):
        return tokens[at].start
    return tokens[-1].end if tokens else 0


def _moved(span: Span, into: Span) -> Span:
    return Span(span.start + into.start, span.end + into.start)

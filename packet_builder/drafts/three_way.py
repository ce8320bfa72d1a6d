"""Three sequences of tokens become chunks: what all have alike, and what somebody changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

Key: TypeAlias = Hashable
Keys: TypeAlias = Sequence[Key]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sequence."""

    start: int
    end: int

    def of(self, keys: Keys) -> list[Key]:
        """Give the keys of the stretch."""
        return list(keys[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch between two that all three have alike."""

    base: Span
    edited: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a second sequence has something else than the first."""

    old: Span
    new: Span


def is_wordlike(key: Key) -> bool:
    """Tell whether a token says something: spaces and points alone hold no place."""
    return not isinstance(key, str) or any(sign.isalnum() for sign in key)


def differences(old: Keys, new: Keys) -> tuple[Difference, ...]:
    """Give all that differs; stretches alike without a single word count as different."""
    first, last_old, last_new = _trimmed(old, new)
    matched = _matched(old[first:last_old], new[first:last_new])
    found = []
    at = (first, first)
    for start, length, other in (*matched, (last_old - first, 0, last_new - first)):
        to = (first + start, first + other)
        if at != to:
            found.append(Difference(Span(at[0], to[0]), Span(at[1], to[1])))
        at = (to[0] + length, to[1] + length)
    return tuple(found)


def chunks(base: Keys, edited: Keys, new: Keys) -> tuple[Chunk, ...]:
    """Give what lies between the stretches that all three have alike, in order."""
    found = []
    at = (0, 0, 0)
    for start, end, in_edited, in_new in _common(base, edited, new):
        to = (start, in_edited, in_new)
        if at != to:
            spans = [Span(one, other) for one, other in zip(at, to, strict=True)]
            found.append(Chunk(*spans))
        at = (end, in_edited + end - start, in_new + end - start)
    return tuple(found)


def _common(base: Keys, edited: Keys, new: Keys) -> Iterator[tuple[int, int, int, int]]:
    """Give the stretches that all have: first and last in base, first in the others."""
    one, other = _partners(base, edited), _partners(base, new)
    start = 0
    while start < len(base):
        end = start
        while end < len(base) and _goes_on(one, start, end) and _goes_on(other, start, end):
            end += 1
        if end > start and any(map(is_wordlike, base[start:end])):
            yield start, end, one[start], other[start]
        start = max(end, start + 1)
    yield len(base), len(base), len(edited), len(new)


def _goes_on(partners: dict[int, int], start: int, at: int) -> bool:
    return start in partners and partners.get(at) == partners[start] + at - start


def _partners(base: Keys, other: Keys) -> dict[int, int]:
    first, last_base, last_other = _trimmed(base, other)
    found = {at: at for at in range(first)}
    for start, length, partner in _matched(base[first:last_base], other[first:last_other]):
        found |= {first + start + step: first + partner + step for step in range(length)}
    rest = len(base) - last_base
    return found | {last_base + step: last_other + step for step in range(rest)}


def _trimmed(old: Keys, new: Keys) -> tuple[int, int, int]:
    """Give where both cease to be alike from the front, and where they are again at the end."""
    shorter = min(len(old), len(new))
    first = _alike(shorter, lambda at: old[at] == new[at])
    last = _alike(shorter - first, lambda at: old[-1 - at] == new[-1 - at])
    return first, len(old) - last, len(new) - last


def _alike(most: int, same: Callable[[int], bool]) -> int:
    return next((at for at in range(most) if not same(at)), most)


def _matched(old: Keys, new: Keys) -> list[tuple[int, int, int]]:
    """Give start, length and partner of each stretch alike that says something."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [
        (block.a, block.size, block.b)
        for block in blocks
        if any(map(is_wordlike, old[block.a : block.a + block.size]))
    ]

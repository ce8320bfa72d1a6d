"""Paragraphs or rows of two documents are paired: those alike first, then the most similar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from packet_builder.drafts.three_way import Key, is_wordlike

_SIMILAR = 0.4  # share of words alike, from which two paragraphs are the same one, changed


@dataclass(frozen=True, slots=True)
class Shape:
    """What a block is compared by."""

    kind: str  # a paragraph is never paired with a table
    keys: tuple[Key, ...]

    @property
    def words(self) -> tuple[Key, ...]:
        """Give what says something."""
        return tuple(key for key in self.keys if is_wordlike(key))


def paired(base: Sequence[Shape], other: Sequence[Shape]) -> dict[int, int]:
    """Give the partner in `other` of each block of `base` that has one; the order is kept."""
    alike = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    pairing = _Pairing(base, other)
    at = (0, 0)
    for block in alike:
        pairing.between(at, (block.a, block.b))
        pairing.found |= {block.a + step: block.b + step for step in range(block.size)}
        at = (block.a + block.size, block.b + block.size)
    _pair_last(pairing)
    return dict(sorted(pairing.found.items()))


def _pair_last(pairing: _Pairing) -> None:
    """Pair the last blocks, whatever they say: the last of a cell or a page cannot be left out."""
    base, other = pairing.base, pairing.other
    if base and other and base[-1].kind == other[-1].kind:
        last = (len(base) - 1, len(other) - 1)
        if last[0] not in pairing.found and last[1] not in pairing.found.values():
            pairing.found[last[0]] = last[1]


@dataclass(slots=True)
class _Pairing:
    base: Sequence[Shape]
    other: Sequence[Shape]
    found: dict[int, int] = field(default_factory=dict)
    ratios: dict[tuple[Hashable, Hashable], float] = field(default_factory=dict)

    def between(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Pair the most similar two within a gap, then those before and behind them."""
        best = max(
            (
                (self._ratio(one, two), -abs((one - first[0]) - (two - first[1])), -one, two)
                for one in range(first[0], last[0])
                for two in range(first[1], last[1])
            ),
            default=(0.0, 0, 0, 0),
        )
        if best[0] >= _SIMILAR:
            one, two = -best[2], best[3]
            self.found[one] = two
            self.between(first, (one, two))
            self.between((one + 1, two + 1), last)

    def _ratio(self, one: int, two: int) -> float:
        if (one, two) not in self.ratios:
            self.ratios[one, two] = _similarity(self.base[one], self.other[two])
        return self.ratios[one, two]


def _similarity(one: Shape, two: Shape) -> float:
    if one.kind != two.kind:
        return 0.0
    first, second = one.words, two.words
    if not first or not second:
        return float(first == second)
    most = 2 * (Counter(first) & Counter(second)).total() / (len(first) + len(second))
    if most < _SIMILAR:
        return most
    return SequenceMatcher(None, first, second, autojunk=False).ratio()

"""Names of people become what finds them in a text, however many there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns by the first word of the family name.

    A page has far fewer words than an office has clients: only those are looked for whose family
    name stands there.
    """

    by_word: Mapping[str, re.Pattern[str]]

    def stand_in(self, text: str) -> bool:
        """Tell whether a text names any of the people."""
        folded = text.casefold()
        words = self.by_word.keys() & set(_WORD.findall(folded))
        return any(self.by_word[word].search(folded) for word in words)


def names_of(people: Collection[tuple[str, str]]) -> Names:
    """Give what finds people, each given as given and family name."""
    spelled: defaultdict[str, set[str]] = defaultdict(set)
    for given, family in people:
        if word := _WORD.search(family.casefold()):
            spelled[word[0]].update(_spellings(given.casefold(), family.casefold()))
    return Names(
        {word: re.compile(rf"\b(?:{'|'.join(sorted(every))})\b") for word, every in spelled.items()}
    )


def _spellings(given: str, family: str) -> tuple[str, str]:
    """Give a name in either order; in the first one a middle name may stand between."""
    one, other = (r"\s+".join(map(re.escape, name.split())) for name in (given, family))
    return rf"{one}\s+(?:\w+\.?\s+)?{other}", rf"{other},\s*{one}"

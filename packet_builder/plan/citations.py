"""Citations as printed: `[@osei-letter p. 3]` becomes "Ex. C at 3"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from packet_builder.model.narrative import Citation, CitationGroup, PageRange, pieces_of

_NO_BREAK = "\u00a0"


def letter_of(position: int) -> str:
    """Give the letter of the exhibit at a position: 1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position_of(letter: str) -> int:
    """Give the position of an exhibit by its letter: A is 1, AA is 27."""
    position = 0
    for one in letter:
        position = 26 * position + ord(one) - ord("A") + 1
    return position


@dataclass(frozen=True, slots=True)
class Submitted:
    """An exhibit of a packet that was filed before, cited as submitted with it."""

    letter: str
    title: str
    pages: int
    first_page: int  # of that packet
    packet: str  # "the packet filed December 1, 2026"

    def packet_pages(self, pages: Sequence[PageRange] = ()) -> tuple[PageRange, ...]:
        """Give pages of the exhibit, or all of it, as pages of that packet."""
        before = self.first_page - 1
        whole = (PageRange(1, self.pages),)
        return tuple(PageRange(before + one.first, before + one.last) for one in pages or whole)


#: The exhibit letter of each evidence id; of what was filed before, also where it stands there.
Letters = Mapping[str, str | Submitted]


def printed_citation(cited: str | Submitted, pages: Sequence[PageRange] = ()) -> str:
    """Give a citation as it stands in a letter: "Ex. C", "Ex. C at 3", "Ex. C at 3-5, 9".

    What was filed before is followed by where: "Ex. C at 3 [previously submitted; page 57 of the
    packet filed December 1, 2026]".
    """
    letter = cited if isinstance(cited, str) else cited.letter
    exhibit = f"Ex.{_NO_BREAK}{letter}"
    at = f"{_NO_BREAK}at{_NO_BREAK}{_printed_ranges(pages)}" if pages else ""
    before = "" if isinstance(cited, str) else f" [previously submitted; {place_of(cited, pages)}]"
    return f"{exhibit}{at}{before}"


def place_of(cited: Submitted, pages: Sequence[PageRange] = ()) -> str:
    """Say where an exhibit, or pages of it, stand in a packet that was filed before."""
    found = cited.packet_pages(pages)
    many = len(found) > 1 or found[0].first != found[0].last
    return f"page{'s' if many else ''}{_NO_BREAK}{_printed_ranges(found)} of {cited.packet}"


def printed(text: str, letters: Letters) -> str:
    """Give a narrative text with its citations printed.

    A citation of evidence that has no letter stands as it was written: the rules name it as an
    error before a packet is built.
    """
    return "".join(
        _printed_group(piece, letters) if isinstance(piece, CitationGroup) else piece
        for piece in pieces_of(text)
    )


def _printed_group(group: CitationGroup, letters: Letters) -> str:
    if any(citation.evidence not in letters for citation in group.citations):
        return group.written
    inside = "; ".join(_printed_one(citation, letters) for citation in group.citations)
    return f"({inside})"


def _printed_one(citation: Citation, letters: Letters) -> str:
    return printed_citation(letters[citation.evidence], citation.pages)


def _printed_ranges(pages: Sequence[PageRange]) -> str:
    return f",{_NO_BREAK}".join(map(_printed_range, pages))


def _printed_range(pages: PageRange) -> str:
    first, last = pages.first, pages.last
    return str(first) if first == last else f"{first}\u2013{last}"

"""Citations as printed: `[@osei-letter p. 3]` becomes "Ex. C at 3"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from packet_builder.model.narrative import Citation, CitationGroup, PageRange, pieces_of

_NO_BREAK = "\u00a0"


def letter_of(position: int) -> str:
    """Give the letter of the exhibit at a position: 1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def printed_citation(letter: str, pages: Sequence[PageRange] = ()) -> str:
    """Give a citation as it stands in a letter: "Ex. C", "Ex. C at 3", "Ex. C at 3-5, 9"."""
    exhibit = f"Ex.{_NO_BREAK}{letter}"
    if not pages:
        return exhibit
    return f"{exhibit}{_NO_BREAK}at{_NO_BREAK}{f',{_NO_BREAK}'.join(map(_printed_range, pages))}"


def printed(text: str, letters: Mapping[str, str]) -> str:
    """Give a narrative text with its citations printed.

    `letters` gives the exhibit letter of each evidence id. A citation of evidence that has no
    letter stands as it was written: the rules name it as an error before a packet is built.
    """
    return "".join(
        _printed_group(piece, letters) if isinstance(piece, CitationGroup) else piece
        for piece in pieces_of(text)
    )


def _printed_group(group: CitationGroup, letters: Mapping[str, str]) -> str:
    if any(citation.evidence not in letters for citation in group.citations):
        return group.written
    inside = "; ".join(_printed_one(citation, letters) for citation in group.citations)
    return f"({inside})"


def _printed_one(citation: Citation, letters: Mapping[str, str]) -> str:
    return printed_citation(letters[citation.evidence], citation.pages)


def _printed_range(pages: PageRange) -> str:
    first, last = pages.first, pages.last
    return str(first) if first == last else f"{first}\u2013{last}"

"""The evidence matrix becomes rows of the manifest, with exhibit letters and packet pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.facts.tree import Facts
from packet_builder.model.narrative import Citation, PageRange, pieces_of
from packet_builder.pages import Numbering
from packet_builder.plan.citations import Letters, printed_citation
from packet_builder.rules.matrix.element import Element, Line

_LOOSE = re.compile(r"\s+([.,;:])")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the evidence stands: its exhibit letters, and the pages of the packet."""

    facts: Facts
    letters: Letters
    numbering: Numbering | None  # None: nothing is bound yet


def matrix_rows(elements: Sequence[Element], places: Places) -> list[dict[str, Any]]:
    """Give one row an element, its claims and what carries them."""
    return [
        {
            "part": element.part,
            "element": element.heading,
            "law": element.law,
            "source": element.source,
            "lines": [_line_row(line, places) for line in element.lines],
        }
        for element in elements
    ]


def _line_row(line: Line, places: Places) -> dict[str, Any]:
    proof = [_proof_row(one, places) for one in line.proof if one.evidence in places.letters]
    return {
        "what": _without_citations(line.what),
        **_fact_row(line, places.facts),
        "state": line.state.value,
        "remark": line.remark,
        "proof": proof,
    }


def _fact_row(line: Line, facts: Facts) -> dict[str, Any]:
    source = None if line.path is None else facts.source_of(line.path)
    return {
        "file": None if source is None else source.path.as_posix(),
        "line": None if source is None else source.line,
    }


def _proof_row(citation: Citation, places: Places) -> dict[str, Any]:
    cited = places.letters[citation.evidence]
    if not isinstance(cited, str):
        text = printed_citation(cited, citation.pages)
        return {"text": text, "exhibit": cited.letter, "packet_page": None, "packet_pages": ""}
    letter = cited
    pages = tuple(_packet_pages(letter, citation.pages, places.numbering))
    first = pages[0][0] if pages else _first_page(letter, places.numbering)
    return {
        "text": printed_citation(letter, citation.pages),
        "exhibit": letter,
        "packet_page": first,
        "packet_pages": ", ".join(_span(*pair) for pair in pages),
    }


def _packet_pages(
    letter: str, pages: Sequence[PageRange], numbering: Numbering | None
) -> Iterator[tuple[int, int]]:
    if numbering is None:
        return
    for span in pages:
        first = numbering.page_of(letter, span.first)
        last = numbering.page_of(letter, span.last)
        if first is not None and last is not None:
            yield first, last


def _first_page(letter: str, numbering: Numbering | None) -> int | None:
    return numbering.page_of(letter, None) if numbering else None


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\u2013{last}"


def _without_citations(text: str) -> str:
    """Give a claim without its citations, which stand beside it."""
    plain = "".join(piece for piece in pieces_of(text) if isinstance(piece, str))
    return _LOOSE.sub(r"\1", " ".join(plain.split()))

"""A comparison of two builds becomes lines for a terminal, or a row for another program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packet_builder.assembly.comparison import Comparison, Section
from packet_builder.drafts.redline import Change, Line

_AROUND = 40  # characters of unchanged text beside a change


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Say what changed, as a person reads it in a terminal."""
    yield f"From {comparison.old.title} to {comparison.new.title}"
    if comparison.is_empty:
        yield "Nothing changed."
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("Facts", (str(fact) for fact in comparison.facts)),
        ("Sections", (line for one in comparison.sections for line in _section_lines(one))),
        ("Exhibits", iter(comparison.exhibits)),
        ("Pages", (str(page) for page in comparison.pages)),
    )
    for title, lines in parts:
        for number, line in enumerate(lines):
            if not number:
                yield title
            yield f"  {line}"


def comparison_row(comparison: Comparison) -> dict[str, Any]:
    """Give what changed as plain values; changed words stand as in the lines for a terminal."""
    return {
        "from": comparison.old.final or comparison.old.number,
        "to": comparison.new.number,
        "facts": [str(fact) for fact in comparison.facts],
        "sections": [
            {
                "document": one.id,
                "said": one.said,
                "changed": [_marked(line) for line in one.lines if line.is_changed],
            }
            for one in comparison.sections
        ],
        "exhibits": list(comparison.exhibits),
        "pages": [
            {"document": one.document, "page": one.page, "old": one.old, "new": one.new}
            for one in comparison.pages
        ],
    }


def _section_lines(section: Section) -> Iterator[str]:
    yield f"{section.title}: {section.said}"
    for line in section.lines:
        if line.is_changed:
            yield f"    {_marked(line)}"


def _marked(line: Line) -> str:
    """Give a paragraph with [-what went-] and {+what came+}, unchanged stretches cut."""
    forms = {Change.GONE: "[-{}-]", Change.COME: "{{+{}+}}", Change.SAME: "{}"}
    pieces = [
        forms[piece.change].format(_cut(piece.text) if piece.change is Change.SAME else piece.text)
        for piece in line.pieces
    ]
    return " ".join("".join(pieces).split())


def _cut(text: str) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    return f"{text[:_AROUND]} … {text[-_AROUND:]}"

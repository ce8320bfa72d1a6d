"""The manifest becomes the evidence matrix that an attorney reads, all gaps first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from packet_builder.documents.sheets.report import Part, Piece, Report, Row, Table
from packet_builder.rules.internal_mark import INTERNAL_MARK

_COLUMNS = (("What is asked, or said", 0.56), ("Carried by", 0.31), ("State", 0.13))
_EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        "gap": "nothing that is filed carries it",
        "weak": "a finding speaks against what carries it, or what usually proves it is not there",
        "to read": "no program can tell: for the reader",
        "argued": "reasoning beside claims that cite",
        "met": "cited, or as the facts say; whether it convinces is for the reader",
        "not asked": "the law asks it only in other cases, or it is waived with a reason",
    }
)


def matrix_report(manifest: Mapping[str, Any], packet: str) -> Report:
    """Give the evidence matrix of a packet."""
    rows = manifest["matrix"]
    parts = groupby(rows, key=lambda row: row["part"])
    return Report(
        title="Evidence Matrix",
        mark=INTERNAL_MARK,
        packet=packet,
        caption=caption_of(manifest),
        summary=tuple(_summary(rows)),
        parts=(
            _glance(rows),
            *_gaps(rows),
            *(Part(name, tuple(map(_table, group))) for name, group in parts),
        ),
    )


def caption_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the lines that say of which packet a report is."""
    bound = manifest.get("packet")
    pages = "Nothing is bound yet: pages are those of the exhibits"
    if bound:
        pages = f"Pages are those of {bound['file']}, {bound['pages']} pages"
    case = f"Case {manifest['case']}, filing date {manifest['date']}"
    return manifest["title"], case, pages


def _summary(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    counts = Counter(line["state"] for row in rows for line in row["lines"])
    for state, meaning in _EXPLAINED.items():
        yield f"{state.upper()}: {counts[state]} \u2013 {meaning}"


def _glance(rows: Sequence[Mapping[str, Any]]) -> Part:
    """Give all lines of the matrix as boxes, so that one look shows where the case is thin."""
    lines = tuple(
        Row(((Piece(row["element"]),), (Piece("", boxes=tuple(map(_box, row["lines"]))),)))
        for row in rows
    )
    columns = (("Element", 0.56), ("Each line of it", 0.44))
    note = ", ".join(f"{_letter(state)} {state}" for state in _EXPLAINED)
    return Part("At a glance", (Table(f"A box is a line: {note}", columns, lines),))


def _box(line: Mapping[str, Any]) -> tuple[str, str]:
    return _letter(line["state"]), line["state"]


def _letter(state: str) -> str:
    return state[0].upper()


def _gaps(rows: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """Give all gaps together, so that nobody has to look for them."""
    gaps = [(row, line) for row in rows for line in row["lines"] if line["state"] == "gap"]
    if gaps:
        columns = (("Gap", 0.56), ("Where", 0.44))
        lines = tuple(
            Row((_what(line), (Piece(row["part"]), Piece(row["element"]))), "gap")
            for row, line in gaps
        )
        yield Part("Gaps", (Table("All gaps of this case", columns, lines),))


def _table(row: Mapping[str, Any]) -> Table:
    notes = (f"{row['law']} ({row['source']})",)
    return Table(row["element"], _COLUMNS, tuple(map(_line, row["lines"])), notes)


def _line(line: Mapping[str, Any]) -> Row:
    state = (Piece(line["state"].upper()),)
    return Row((_what(line), tuple(map(_proof, line["proof"])), state), line["state"])


def _what(line: Mapping[str, Any]) -> tuple[Piece, ...]:
    said = (Piece(line["what"]),)
    return (*said, Piece(f"[{line['remark']}]")) if line["remark"] else said


def _proof(proof: Mapping[str, Any]) -> Piece:
    cited = proof["text"].replace("\u00a0", " ")  # in a narrow column it has to break somewhere
    pages, first = proof["packet_pages"], proof["packet_page"]
    if first is None:
        return Piece(cited)
    where = f"p. {pages}" if pages else f"from p. {first}"
    return Piece(f"{cited}, {where}", first)

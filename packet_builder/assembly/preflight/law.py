"""The rows of law of a manifest become tables of the preflight report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.assembly.preflight.tables import proof_of
from packet_builder.documents.sheets.report import Piece, Row, Table

Rows = Sequence[Mapping[str, Any]]
_WEIGHED = (
    "initial_evidence",
    "re_parole_evidence",
    "work_permit_evidence",
    "recommended_evidence",
    "response_limits",
    "deadlines",
)


def firm_rows(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the rows that the packet prints, pays or is sent by."""
    return [row for row in manifest["law"] if row["table"] not in _WEIGHED]


def law(laws: Rows) -> Iterator[Table]:
    """Give what the packet prints, pays, is sent or argued by; and what was only weighed."""
    columns = (("Used for", 0.26), ("What it says", 0.4), ("Source, status, last checked", 0.34))
    printed = [row for row in laws if row["table"] not in _WEIGHED]
    weighed = [row for row in laws if row["table"] in _WEIGHED]
    yield Table("Printed, paid, sent or argued by", columns, tuple(map(_law_row, printed)))
    columns = (("Row", 0.26), *columns[1:])
    rows = tuple(_law_row(row, used=False) for row in weighed)
    yield Table("Weighed by the findings and the matrix", columns, rows)


def _law_row(row: Mapping[str, Any], *, used: bool = True) -> Row:
    name = Piece(f"{row['table']}: {row['id']}")
    first = (Piece(row["used_for"]), name) if used else (name,)
    dates = (Piece(_dates(row)),) if row["effective_from"] or row["effective_to"] else ()
    is_sure = row["status"] in {"primary", "design"} and not row["confirm"]
    return Row((first, (Piece(row["value"]), *dates), proof_of(row)), "" if is_sure else "weak")


def _dates(row: Mapping[str, Any]) -> str:
    first = f"from {row['effective_from']}" if row["effective_from"] else "start not established"
    return f"{first} to {row['effective_to']}" if row["effective_to"] else first

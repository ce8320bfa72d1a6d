"""Rows become a table of the preflight report, or a sentence; a row of law becomes its proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from packet_builder.documents.sheets.report import Piece, Row, Table


def proof_of(row: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Give source, status and day of a row of law, and where a row of the office stands."""
    own = (Piece(f"the office's own row, {row['own']}"),) if row["own"] else ()
    sure = (Piece(f"{row['status']}; checked on {row['checked_on']}"),)
    confirm = (Piece(f"confirm: {row['confirm']}"),) if row["confirm"] else ()
    return (Piece(row["source"]), *sure, *confirm, *own)


def table_of(
    heading: str, columns: tuple[tuple[str, float], ...], rows: Sequence[Row], otherwise: str
) -> Table:
    """Give a table, or its heading with a sentence where it would be empty."""
    return Table(heading, columns, tuple(rows), () if rows else (otherwise,))

"""The findings of a manifest become tables: those to look at, and those that were accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from packet_builder.assembly.preflight.tables import table_of
from packet_builder.documents.sheets.report import Piece, Row, Table


def findings(manifest: Mapping[str, Any]) -> Table:
    """Give what was found and nobody accepted."""
    rows = [row for row in manifest["findings"] if not row["accepted"]]
    columns = (("Weight", 0.12), ("What was found", 0.46), ("What to do", 0.42))
    return table_of("To look at", columns, [_finding(row) for row in rows], "Nothing was found.")


def _finding(row: Mapping[str, Any]) -> Row:
    where = f"{row['file']}:{row['line']}" if row["file"] else ""
    law = (Piece(f"({row['law']})"),) if row["law"] else ()
    found = (Piece(row["message"]), Piece(f"[{row['rule']}, {where}]"))
    return Row(((Piece(row["weight"].upper()),), found, (Piece(row["cure"]), *law)), row["weight"])


def accepted(manifest: Mapping[str, Any]) -> Table:
    """Give what somebody accepted, with reason and name."""
    columns = (("Finding", 0.5), ("Reason", 0.32), ("By", 0.18))
    rows = [
        Row(
            (
                (Piece(_before_acceptance(row["message"])), Piece(f"[{row['rule']}]")),
                (Piece(row["accepted"]["reason"]),),
                (Piece(row["accepted"]["by"]), Piece(f"accepted {row['accepted']['weight']}")),
            ),
            "weak",
        )
        for row in manifest["findings"]
        if row["accepted"]
    ]
    return table_of("Accepted", columns, rows, "Nobody accepted a finding.")


def _before_acceptance(message: str) -> str:
    return message.partition(" (accepted ")[0]

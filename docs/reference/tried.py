"""What the tests tried becomes a table: how often, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

from docs.reference.table import table

_TRIED = Path(__file__).resolve().parents[1] / "tried.json"


def tried_block() -> str:
    """Give one row for each thing that was tried, as the tests wrote it down."""
    parts = json.loads(_TRIED.read_text(encoding="utf-8"))
    rows = [
        (part, what, f"{row['tried']:,}", row["happened"])
        for part, tried in parts.items()
        for what, row in tried.items()
    ]
    return "\n".join(table(("", "What was tried", "How often", "What happened"), rows))

"""What the tests tried, how often, and what came of it: the table of docs/tried.md."""

from __future__ import annotations

import json
import os
from pathlib import Path

TABLE = Path(__file__).parents[1] / "docs" / "tried.json"
_RENEWED = os.environ.get("PACKET_BUILDER_TRIED") == "renew"


def noted(part: str, what: str, number: int, happened: str) -> None:
    """Note a row; in a run of the tests that renews nothing, it must be in the table already."""
    rows = json.loads(TABLE.read_text("utf-8")) if TABLE.is_file() else {}
    if _RENEWED:
        rows.setdefault(part, {})[what] = {"tried": number, "happened": happened}
        text = json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True)
        TABLE.write_text(f"{text}\n", "utf-8")
    row = rows.get(part, {}).get(what)
    assert row is not None, f"{what}: not in the table; write it anew with: make tried"
    assert row["happened"] == happened

"""A finding, as the manifest holds it, becomes the lines that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def finding_lines(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Give place, weight and message of a finding; then what to do."""
    place = f"{row['file']}:{row['line']}:{row['column']}" if row["line"] else row["file"]
    law = f" ({row['law']})" if row["law"] else ""
    return (f"{place}: {row['weight']}: {row['message']}", f"    {row['cure']}{law}")

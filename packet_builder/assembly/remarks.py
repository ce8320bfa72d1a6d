"""What of the forms of a packet still wants a person: blanks, answers, a second look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def form_remarks(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say where forms are missing, and of each filled form what still wants a person."""
    on_slips = {row["form"]: row["address"] for row in rows if not row["blank"]}
    for form, address in on_slips.items():
        yield (
            f"note: Form {form} stands on a slip: download it from {address}, then run: "
            "packet-builder forms add FILE"
        )
    for row in rows:
        for sentence in row["open_questions"]:
            yield f"open question: {row['title']}: {sentence}"
        for kind in ("carried", "unplaced", "unusual"):
            yield from (f"note: {row['title']}: {sentence}" for sentence in row[kind])

"""What of the forms of a packet still wants a person: blanks, answers that stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def form_remarks(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say where forms are missing, and which answers stand elsewhere than in their boxes."""
    on_slips = {row["form"]: row["address"] for row in rows if not row["blank"]}
    for form, address in on_slips.items():
        yield (
            f"note: Form {form} stands on a slip: download it from {address}, then run: "
            "packet-builder forms add FILE"
        )
    for row in rows:
        for sentence in (*row["carried"], *row["unplaced"]):
            yield f"note: {row['title']}: {sentence}"
        for one in row["addendum"]:
            part = f"Part {one['part']}, " if one["part"] else ""
            yield (
                f"note: {row['title']}: {part}Item {one['item']}: the answer stands on the "
                "addendum behind the form, which has to be signed"
            )

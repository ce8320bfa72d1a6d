"""A packet becomes what speaks against filing it, approvals apart."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.review.docket import Docket


def obstacles_of(docket: Docket) -> Iterator[str]:
    """Give each reason why the packet cannot be filed, in one sentence."""
    for row in docket.manifest["findings"]:
        if row["weight"] == "error":
            yield f"{row['message']} ({row['rule']})"
    for row in docket.manifest["forms"]:
        if not row["blank"]:
            yield f"{row['title']}: a slip stands in its place; the blank is missing"
        yield from (f"{row['title']}: not answered: {one}" for one in row["open_questions"])
        yield from (f"{row['title']}: stands nowhere on it: {one}" for one in row["unplaced"])
    for name in docket.edited_since():
        yield f"{name} was changed since the packet was built: build again"

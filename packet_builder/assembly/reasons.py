"""Says in plain words why documents of a packet were made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def reasons_for(former: Mapping[str, Any] | None, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Compare a manifest with the former one, document by document."""
    if former is None:
        return ("there was no packet yet: every document is new",)
    before = {row["id"]: row for row in former["documents"]}
    after = {row["id"]: row for row in manifest["documents"]}
    gone = [f"{row['title']}: no longer in the packet" for row in _missing(before, after)]
    changed = [
        f"{row['title']}: {', '.join(reasons)}"
        for row in after.values()
        if (reasons := tuple(_reasons(before.get(row["id"]), row)))
    ]
    return (*gone, *changed)


def _missing(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    yield from (row for identifier, row in before.items() if identifier not in after)


def _reasons(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[str]:
    if before is None:
        yield "new"
        return
    if before["exhibit"] != after["exhibit"]:
        yield f"Exhibit {before['exhibit']} is now Exhibit {after['exhibit']}"
    was, now = before["made_from"], after["made_from"]
    named = [name for name in now if was.get(name) != now[name]]
    yield from (f"its {name} changed" for name in named)
    if not named and before["sha256"] != after["sha256"]:
        yield "the program, its engine or its fonts changed"
    if before["first_page"] != after["first_page"]:
        yield f"moved from page {before['first_page']} to {after['first_page']}"

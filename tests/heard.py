"""What a screen reader is told of a page: Chromium's own tree of accessible things, for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True)
class Heard:
    """One thing that a screen reader may come upon."""

    role: str
    name: str
    level: int | None
    live: str | None
    is_focusable: bool


def heard(page: Page) -> list[Heard]:
    """Give all that a screen reader may come upon, in the order in which it does."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_in_order(nodes[0], by_id))


def _in_order(node: Mapping[str, Any], by_id: Mapping[str, Any]) -> Iterator[Heard]:
    if not node.get("ignored"):
        yield _heard(node)
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _in_order(by_id[child], by_id)


def _heard(node: Mapping[str, Any]) -> Heard:
    told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Heard(
        node["role"]["value"],
        node.get("name", {}).get("value", ""),
        told.get("level"),
        told.get("live"),
        bool(told.get("focusable")),
    )

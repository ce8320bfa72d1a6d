"""What binding and accounting found out, as the manifest holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from packet_builder.packet.accounting import PageEntry
from packet_builder.packet.bind import Bound


def bound_rows(bound: Bound, entries: Sequence[PageEntry]) -> dict[str, Any]:
    """Give pages, citations and removals, one row each."""
    return {
        "pages": [asdict(entry) for entry in entries],
        "citations": [
            {
                "text": link.text,
                "document": link.document,
                "page": link.page,
                "exhibit": link.exhibit,
                "exhibit_page": link.exhibit_page,
                "packet_page": link.target,
            }
            for link in bound.links
        ],
        "removals": [asdict(removal) for removal in bound.removals],
    }

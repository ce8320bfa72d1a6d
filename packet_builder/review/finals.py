"""The packets of a filing that were made final, each in a folder that is never changed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packet_builder.packet.manifest import MANIFEST, read_manifest

FINAL = "final"


def finals_of(filing: Path) -> Iterator[dict[str, Any]]:
    """Give each final packet, oldest first: its folder, its date, and what was approved."""
    for path in sorted((filing / FINAL).glob(f"*/{MANIFEST}")):
        manifest = read_manifest(path.parent)
        if manifest is not None:
            yield {
                "folder": path.parent.name,
                "date": manifest["final"]["date"],
                "approved": manifest["final"]["approved_packet"],
                "said": f"{manifest['packet']['pages']} pages",
            }

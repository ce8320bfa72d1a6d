"""The packets of a filing that were made final, each in a folder that is never changed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.packet.manifest import MANIFEST, read_manifest

FINAL = "final"


@dataclass(frozen=True, slots=True)
class Final:
    """One final packet."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def approved(self) -> str:
        """Give the digest of the packet that was approved."""
        digest: str = self.manifest["final"]["approved_packet"]
        return digest


def finals_of(filing: Path) -> Iterator[Final]:
    """Give each final packet, oldest first; what is not whole never came under such a name."""
    for path in sorted((filing / FINAL).glob(f"*/{MANIFEST}")):
        manifest = read_manifest(path.parent)
        if manifest is not None:
            yield Final(path.parent, manifest)

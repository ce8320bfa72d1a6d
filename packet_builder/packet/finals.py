"""The packets of a filing that were made final, each in a folder that is never changed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.packet.manifest import MANIFEST, read_manifest

FINAL = "final"
FINAL_PACKET = "packet.pdf"


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

    @property
    def packet(self) -> Path:
        """Give the packet itself."""
        return self.folder / FINAL_PACKET


def finals_of(filing: Path) -> Iterator[Final]:
    """Give each final packet, oldest first; what is not whole never came under such a name."""
    found = []
    for path in (filing / FINAL).glob(f"*/{MANIFEST}"):
        manifest = read_manifest(path.parent)
        if manifest is not None:
            found.append(Final(path.parent, manifest))
    yield from sorted(found, key=lambda one: _place(one.folder.name))


def _place(name: str) -> tuple[str, int]:
    """Give the day and the number of a folder's name: the tenth of a day follows the ninth."""
    day, _, number = name.rpartition("-")
    return day, int(number) if number.isdecimal() else 0

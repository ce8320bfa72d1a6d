"""The packets of a filing that were made final, each in a folder that is never changed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.packet.manifest import MANIFEST, read_sealed

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
    """Give each final packet, oldest first; what is not whole never came under such a name.

    Raises ManifestAlteredError.
    """
    paths = (filing / FINAL).glob(f"*/{MANIFEST}")
    found = [Final(path.parent, read_sealed(path)) for path in paths]
    yield from sorted(found, key=lambda one: _place(one.folder.name))


def _place(name: str) -> tuple[str, int]:
    """Give the day and the number of a folder's name: the tenth of a day follows the ninth."""
    day, _, number = name.rpartition("-")
    return day, int(number) if number.isdecimal() else 0

"""What a build is asked for, and what it came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder.assembly.passwords import Passwords
from packet_builder.packet.manifest import MANIFEST
from packet_builder.workspace import Folders

STEPS = 4  # of a build, as it tells them


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    case: str
    folders: Folders
    date: dt.date | None  # in place of the facts' own
    engine: str
    filing: str | None = None  # its id; None: the filing of the case's own files
    passwords: Passwords = field(default_factory=Passwords)  # of protected evidence
    clients: str | None = None  # the digest of all clients' names, where they are kept already


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    packet: Path | None  # None: findings stopped it, and nothing was written
    findings: tuple[Mapping[str, Any], ...]  # as the manifest holds them
    manifest: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()  # why documents were made again
    unchanged: bool = False
    logo: Path | None = None  # of the office, wherever it lies

    @property
    def said(self) -> str:
        """Say in one line what was done."""
        pages = self.manifest["packet"]["pages"]
        if self.unchanged:
            return f"Nothing changed; the packet of {pages} pages is as it was."
        megabytes = self.manifest["packet"]["bytes"] / 1e6
        removals = len(self.manifest["removals"])
        things = "1 thing" if removals == 1 else f"{removals} things"
        left_out = f"; {things} left out, listed in {MANIFEST}" if removals else ""
        return f"Bound {pages} pages, {megabytes:.1f} MB; every page is accounted for{left_out}."

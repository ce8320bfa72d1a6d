"""The packets that are looked at: the newest one, and the former while a reader still has it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from packet_builder.errors import UnusableError
from packet_builder.kept import place_of
from packet_builder.packet.manifest import MANIFEST, read_manifest
from packet_builder.review.pictures import Pictures
from packet_builder.review.shown import Shown


class NoPacketError(UnusableError):
    """There is no packet to look at."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no packet that can be reviewed. Run packet-builder build first."
        )


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One packet, open."""

    shown: Shown
    pictures: Pictures


class Packets:
    """Opens packets of a folder, each known by its digest: what lies there, and what did."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: OrderedDict[str, LookedAt] = OrderedDict()
        self._newest = ""
        self._seen: tuple[int, int] | None = None
        self.newest()

    def newest(self) -> LookedAt:
        """Give the packet that lies in the folder now; raises NoPacketError."""
        with self._lock:
            seen = self._stamp()
            if seen != self._seen:
                self._newest = self._take(self._manifest()).shown.build
                self._seen = seen
            return self._open[self._newest]

    def former(self, shown: Shown) -> LookedAt:
        """Give a packet that lay in the folder, and is kept; raises NoPacketError."""
        with self._lock:
            return self._open.get(shown.build) or self._take(shown)

    def of(self, build: str) -> LookedAt | None:
        """Give an open packet by its digest."""
        with self._lock:
            return self._open.get(build)

    def _stamp(self) -> tuple[int, int]:
        try:
            seen = (self._folder / MANIFEST).stat()
        except OSError:
            raise NoPacketError(self._folder) from None
        return seen.st_mtime_ns, seen.st_ino

    def _manifest(self) -> Shown:
        manifest = read_manifest(self._folder)
        if manifest is None:
            raise NoPacketError(self._folder)
        return Shown(manifest)

    def _take(self, shown: Shown) -> LookedAt:
        there = self._open.get(shown.build)  # its manifest may be written anew for the same packet
        try:
            pictures = there.pictures if there else Pictures(place_of(self._folder, shown.build))
        except OSError:
            raise NoPacketError(self._folder) from None
        taken = LookedAt(shown, pictures)
        self._open[shown.build] = taken
        for build in [one for one in self._open if one not in {self._newest, shown.build}][:-1]:
            self._open.pop(build).pictures.close()
        return taken

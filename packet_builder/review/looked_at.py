"""The packets that are looked at: the newest one, and the former while a reader still has it."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from packet_builder.errors import UnusableError
from packet_builder.kept import place_of
from packet_builder.review.pictures import Pictures
from packet_builder.review.shown import Shown

_MANIFEST = "packet.json"
_OPEN = 2  # packets kept open: the newest, and the one that a reader is about to leave


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
    """Opens each packet that a folder comes to hold, and knows it by its digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: OrderedDict[str, LookedAt] = OrderedDict()
        self._seen: tuple[int, int] | None = None
        self.newest()

    def newest(self) -> LookedAt:
        """Give the packet that lies in the folder now; raises NoPacketError."""
        with self._lock:
            seen = self._stamp()
            if seen != self._seen:
                self._take()
                self._seen = seen
            return next(reversed(self._open.values()))

    def of(self, build: str) -> LookedAt | None:
        """Give an open packet by its digest."""
        with self._lock:
            return self._open.get(build)

    def _stamp(self) -> tuple[int, int]:
        try:
            seen = (self._folder / _MANIFEST).stat()
        except OSError:
            raise NoPacketError(self._folder) from None
        return seen.st_mtime_ns, seen.st_ino

    def _take(self) -> None:
        try:
            manifest = json.loads((self._folder / _MANIFEST).read_text(encoding="utf-8"))
            shown = Shown(manifest)
            pictures = Pictures(place_of(self._folder, shown.build))
        except (OSError, ValueError, KeyError):
            raise NoPacketError(self._folder) from None
        self._open[shown.build] = LookedAt(shown, pictures)
        self._open.move_to_end(shown.build)
        while len(self._open) > _OPEN:
            _, left = self._open.popitem(last=False)
            left.pictures.close()

"""Files that people edit are watched, and each time they rest after a change something is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_LOOK_SECONDS = 1.0
_TRACES = (".", "~$")  # what editors and Word leave beside a file while it is open

Stamp = frozenset[tuple[str, int, int]]


def stamp_of(files: Iterable[Path]) -> Stamp:
    """Give what an edit of files would change: names, sizes and times.

    It only tells whether to look again; what is fresh is told by content.
    """
    return frozenset(_seen(files))


def watched(
    look: Callable[[], Iterable[Path]],
    since: Stamp,
    act: Callable[[], object],
    ended: threading.Event,
) -> None:
    """Act each time that a file changed, came or went, and then rested, until `ended` is set.

    Whatever changed after `since` was taken, or while `act` runs, gets its turn.
    """
    acted_on = before = since
    while not ended.wait(_LOOK_SECONDS):
        now = stamp_of(look())
        if now == before and now != acted_on:
            acted_on = now
            act()
        before = now


def _seen(files: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for path in files:
        if path.name.startswith(_TRACES):
            continue
        try:
            status = path.stat()
        except OSError:  # gone between listing and looking
            continue
        yield str(path), status.st_mtime_ns, status.st_size

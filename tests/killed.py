"""A process that is killed before its n-th change of a file, so that nothing after it happens."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_CHANGES = {"os.rename", "os.chmod", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class KilledError(BaseException):
    """The process is dead; no code of it catches this."""


class _Shim:
    """Counts changes below a folder, and lets none through from the n-th on."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.left = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.folder is None or not self._changes(event, arguments):
            return
        self.left -= 1
        if self.left < 0:
            raise KilledError

    def _changes(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            flags = arguments[2]
            if not isinstance(flags, int) or not flags & _WRITING:
                return False
        elif event not in _CHANGES:
            return False
        return str(arguments[0]).startswith(str(self.folder))


_SHIM = _Shim()
_HOOKED = False


@contextlib.contextmanager
def killed_before(change: int, folder: Path) -> Iterator[_Shim]:
    """Let so many changes below a folder through, then none: also none that tidies up."""
    global _HOOKED  # noqa: PLW0603 - a hook cannot be taken away again
    if not _HOOKED:
        sys.addaudithook(_SHIM)
        _HOOKED = True
    _SHIM.folder, _SHIM.left = folder, change
    try:
        yield _SHIM
    finally:
        _SHIM.folder = None

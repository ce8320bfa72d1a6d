"""A name of a file becomes the reason why it cannot lie on every system, or cannot lie here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from packet_builder import system
from packet_builder.system import System

_MOST_BYTES = 255  # of one name, on any usual disk
_MOST_OF_WINDOWS = 259  # of a whole path, where long paths are not turned on
_FORBIDDEN = frozenset('<>:"\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)


def same_name(name: str) -> str:
    """Give a name in the one spelling in which names are compared: macOS takes é apart."""
    return unicodedata.normalize("NFC", name)


def alike(name: str) -> str:
    """Give what two names have in common that mean one file on macOS and Windows."""
    return same_name(same_name(name).casefold())


def wrong_on_windows(part: str) -> str | None:
    """Say why no file or folder of Windows can bear a name; None where one can."""
    if part.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return "is a name that Windows keeps for a device"
    if part.endswith((" ", ".")):
        return "ends with a dot or a space"
    if signs := sorted(set(part) & _FORBIDDEN):
        return f"has {' '.join(signs)} in it"
    return None


def can_lie_here(part: str) -> bool:
    """Tell whether a file or folder of this system can bear a name, and stays in its folder."""
    return (
        part not in {"", ".", ".."}
        and "/" not in part
        and not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in part)
        and len(part.encode("utf-8", "replace")) <= _MOST_BYTES
        and not (system.SYSTEM is System.WINDOWS and wrong_on_windows(part))
    )


def meeting(names: Iterable[str]) -> Iterator[str]:
    """Give the names that macOS and Windows take for another one before them."""
    before: set[str] = set()
    for name in names:
        if alike(name) in before:
            yield name
        before.add(alike(name))


def is_too_long_here(path: Path) -> bool:
    """Tell whether a path is longer than Windows takes where nobody has changed that."""
    return system.SYSTEM is System.WINDOWS and len(str(path)) > _MOST_OF_WINDOWS

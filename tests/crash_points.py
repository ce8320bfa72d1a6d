"""Which changes of a command are struck, where there is no time for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tests.crashes import Change

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OPEN_FILE = re.compile(r"\d+<([^>]*)>")
_NAMED = re.compile(r"(rename|unlink|rmdir|mkdir|link|symlink|chmod)")
_NEVER_SHOWS = re.compile(r"f?chmod|fsync|fdatasync")
_BY_CHANCE = re.compile(r"\.(part|scratch)-\w+|[0-9a-f]{64}|\d+")


def leaving_another_disk(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give a change for each state of the disk that a kill can leave.

    What an unfinished file holds makes no state: the next run takes it away unread.
    """
    shown = (True, *(_shows(changes, at) for at in range(len(changes) - 1)))
    return tuple(change for change, is_new in zip(changes, shown, strict=True) if is_new)


def of_each_kind(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the first and the last change that one call makes in one folder."""
    ends: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        ends.setdefault((change.call, _BY_CHANCE.sub("", _folder(change))), []).append(change)
    chosen = {id(change) for same in ends.values() for change in (same[0], same[-1])}
    return tuple(change for change in changes if id(change) in chosen)


def _shows(changes: Sequence[Change], at: int) -> bool:
    """Tell whether a change leaves other names, or other content under a name that counts."""
    change = changes[at]
    if _NEVER_SHOWS.fullmatch(change.call):
        return False
    roots = [_unfinished_root(path) for path in _paths(change)]
    if None in roots:
        return True
    if change.call == "openat":
        earlier = (path for former in changes[:at] for path in _paths(former))
        return roots[0] not in {_unfinished_root(path) for path in earlier}
    return bool(_NAMED.match(change.call)) and str(roots[0]) in _paths(change)


def _unfinished_root(path: str) -> str | None:
    for place in (*reversed(PurePosixPath(path).parents), PurePosixPath(path)):
        if place.name.startswith((".part-", ".scratch-")):
            return str(place)
    return None


def _paths(change: Change) -> Iterator[str]:
    """Give what a call changes: the file that is open, or all that it names."""
    said = change.said.rpartition(" = ")[0] or change.said
    if not (_NAMED.match(change.call) or change.call == "openat"):
        yield from _OPEN_FILE.findall(said)[:1]
        return
    folders = _OPEN_FILE.findall(said) or [""]
    for at, name in enumerate(_QUOTED.findall(said)):
        yield str(PurePosixPath(folders[min(at, len(folders) - 1)]) / name)


def _folder(change: Change) -> str:
    return str(PurePosixPath(next(_paths(change))).parent)

"""Remembers the last builds of a filing, so that any two of them can be compared."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder import system
from packet_builder.errors import UsageError
from packet_builder.kept import kept_in
from packet_builder.packet.finals import finals_of
from packet_builder.packet.manifest import manifest_bytes, read_sealed
from packet_builder.workspace import write_whole

FOLDER = "builds"
#: How many builds are remembered, and what their packets may take together; the last two always.
_MOST, _MORE = 20, 25  # forgotten are several at a time
_MOST_BYTES = 2_000_000_000
_NAME = re.compile(r"(\d+)-([0-9a-f]{12})\.json")
_DIGITS = 12


class BuildsMissingError(UsageError):
    """There are no two builds of the filing that could be compared."""

    def __init__(self, case: str, number: int) -> None:
        there = "no build" if number == 0 else "only one build"
        super().__init__(
            f"there is {there} of {case} so far. A build is remembered each time something in the "
            "packet changed; run packet-builder build before and after a change."
        )


class FinalMissingError(UsageError):
    """What changed since a filing was made final is asked for, and it never was."""

    def __init__(self, case: str, filing: str) -> None:
        super().__init__(
            f"there is no final packet of {case}, {filing}, to compare with. Without --filed, the "
            "last two builds are compared."
        )


class BuildUnknownError(UsageError):
    """No remembered build has that number."""

    def __init__(self, named: str, known: str) -> None:
        super().__init__(f'there is no build "{named}". Builds that are remembered: {known}.')


@dataclass(frozen=True, slots=True)
class Build:
    """A build that is remembered."""

    number: int
    manifest: Mapping[str, Any]
    final: str | None = None  # the folder of the final packet that was made of it

    @property
    def name(self) -> str:
        """Give the name under which a comparison with it is kept."""
        return self.final or str(self.number)

    @property
    def title(self) -> str:
        """Give its number and filing date, for people."""
        pages = self.manifest["packet"]["pages"]
        what = f"the final packet {self.final}" if self.final else f"build {self.number}"
        return f"{what} ({self.manifest['date']}, {pages} pages)"


def remember(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Remember the manifest of a packet that lies in a filing's folder now.

    All that it names is kept already.
    """
    files = _files(folder)
    digest = manifest["packet"]["sha256"][:_DIGITS]
    if files and files[-1][1].name.endswith(f"-{digest}.json"):
        return
    number = files[-1][0] + 1 if files else 1
    content = {key: value for key, value in manifest.items() if key != "format"}
    write_whole(folder / FOLDER / f"{number}-{digest}.json", manifest_bytes(content))


def forget(folder: Path) -> bool:
    """Forget the oldest builds of a filing where they are too many, or too large together.

    Tells whether there were such. What they name is still kept, until somebody prunes.
    """
    files = [path for _, path in _files(folder)]
    sizes = {path.name[:_DIGITS]: path.stat().st_size for path in kept_in(folder)}
    taken = itertools.accumulate(sizes.get(_digest_in(path), 0) for path in reversed(files))
    fitting = sum(total <= _MOST_BYTES for total in taken)
    if len(files) < _MORE and fitting >= len(files):
        return False
    remembered = max(2, min(_MOST, fitting))
    for path in files[:-remembered]:
        system.remove(path)
    return len(files) > remembered


def remembered(folder: Path) -> tuple[Build, ...]:
    """Give the builds that are remembered, oldest first; raises ManifestAlteredError."""
    return tuple(Build(number, read_sealed(path)) for number, path in _files(folder))


def filed_and_last(folder: Path, case: str) -> tuple[Build, Build]:
    """Give the newest final packet of a filing, as it was approved, and the last build.

    Raises FinalMissingError.
    """
    finals, builds = tuple(finals_of(folder)), remembered(folder)
    if not finals or not builds:
        raise FinalMissingError(case, folder.name)
    final = finals[-1]
    packet = {**final.manifest["packet"], "sha256": final.approved}  # the bytes that are kept
    return Build(0, {**final.manifest, "packet": packet}, final.folder.name), builds[-1]


def two_builds(folder: Path, case: str, names: tuple[str, ...]) -> tuple[Build, Build]:
    """Give two builds by their numbers, or the last two; the last one for the second if left out.

    Raises BuildsMissingError, BuildUnknownError.
    """
    builds = remembered(folder)
    if len(builds) < 2:  # noqa: PLR2004 - two are compared
        raise BuildsMissingError(case, len(builds))
    by_number = {str(build.number): build for build in builds}
    for name in names:
        if name not in by_number:
            raise BuildUnknownError(name, ", ".join(by_number))
    chosen = [by_number[name] for name in names]
    if not chosen:
        return builds[-2], builds[-1]
    return chosen[0], chosen[1] if len(chosen) > 1 else builds[-1]


def _digest_in(path: Path) -> str:
    """Give how the digest of a build's packet begins."""
    return path.stem.rpartition("-")[2]


def _files(folder: Path) -> list[tuple[int, Path]]:
    places = folder / FOLDER
    paths = sorted(places.iterdir()) if places.is_dir() else []
    found = ((_NAME.fullmatch(path.name), path) for path in paths)
    return sorted((int(name[1]), path) for name, path in found if name is not None)

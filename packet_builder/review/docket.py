"""Where a filing's packet and the decisions on it lie, and what of it can be relied upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.errors import UnusableError, UsageError
from packet_builder.facts.files import digest_of_facts, files_of
from packet_builder.kept import kept_file
from packet_builder.packet.manifest import FORMAT, MANIFEST, read_sealed
from packet_builder.workspace import digest_of

REVIEW = "review"


class PacketMissingError(UsageError):
    """There is no packet of the case yet, or none of the filing that was named."""

    def __init__(self, case: str, filings: list[str]) -> None:
        there = f"Built are: {', '.join(filings)}." if filings else "Build it first:"
        command = "" if filings else f"\n  packet-builder build {case}"
        super().__init__(f'"{case}" has no such packet. {there}{command}')


class FilingUnclearError(UsageError):
    """A case has packets of several filings, and none was named."""

    def __init__(self, case: str, filings: list[str]) -> None:
        super().__init__(
            f'"{case}" has packets of several filings. Name one with --filing: '
            f"{', '.join(filings)}."
        )


class PacketOldError(UnusableError):
    """The packet was built by a version of the program that noted less."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder / MANIFEST} was written by another version of the program. Build again."
        )


class PacketMovedError(UnusableError):
    """What lies there is not the packet that its manifest describes."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not the packet that {MANIFEST} describes: it was changed, or a build was "
            "cut off. Build again, and look at the new packet before you decide."
        )


class WordCopyChangedError(UnusableError):
    """Somebody wrote in a Word copy after the packet was built."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed after the packet was built: its words are not in the packet. "
            "Build again, and look at the new packet before you decide."
        )


@dataclass(frozen=True, slots=True)
class Docket:
    """One filing of one case."""

    case: str
    facts: Path  # the case folder
    filing: Path  # the folder of the packet
    manifest: Mapping[str, Any]

    @property
    def review(self) -> Path:
        """Give the folder of the decisions."""
        return self.facts / REVIEW

    def edited_since(self) -> tuple[str, ...]:
        """Name the files of facts that were changed, added or removed since the build."""
        built = {row["file"]: row["sha256"] for row in self.manifest["facts"]["files"]}
        names = sorted({*built, *files_of(self.facts, self.filing.name)})
        return tuple(name for name in names if not _says(self.facts / name, built.get(name)))

    def replaced_since(self) -> tuple[str, ...]:
        """Name the evidence files that somebody has changed since the packet was built."""
        return tuple(
            file["file"]
            for row in (*self.manifest["exhibits"], *self.manifest.get("enclosures", ()))
            for file in row["files"]
            if not _is(self.facts / file["file"], file["sha256"])
        )


def filings_of(case_output: Path) -> Iterator[str]:
    """Give the filings of which there is a packet."""
    for path in sorted(case_output.glob(f"*/{MANIFEST}")):
        yield path.parent.name


def open_docket(case: Path, case_output: Path, filing: str | None = None) -> Docket:
    """Give the docket of a case.

    Raises PacketMissingError, FilingUnclearError, PacketOldError, ManifestAlteredError.
    """
    filings = list(filings_of(case_output))
    if filing is None and len(filings) > 1:
        raise FilingUnclearError(case.name, filings)
    named = filing or (filings[0] if filings else "")
    if named not in filings:
        raise PacketMissingError(case.name, filings)
    manifest = read_sealed(case_output / named / MANIFEST)
    if manifest["format"] != FORMAT:
        raise PacketOldError(case_output / named)
    return Docket(case.name, case, case_output / named, manifest)


def check_whole(docket: Docket) -> None:
    """See that the packet that lies there is the one that its manifest describes, and is kept.

    Raises PacketMovedError, WordCopyChangedError or KeptContentLostError.
    """
    row = docket.manifest["packet"]
    packet, digest = docket.filing / row["file"], row["sha256"]
    if not _is(packet, digest):
        raise PacketMovedError(packet)
    kept_file(docket.filing, digest)
    for row in docket.manifest["documents"]:
        copy = docket.filing / "letters" / f"{row['id']}.docx"
        if row["kind"] == "letter" and copy.is_file() and not _is(copy, row["editable"]):
            raise WordCopyChangedError(copy)


def _is(path: Path, digest: str | None) -> bool:
    return path.is_file() and digest_of(path) == digest


def _says(path: Path, digest: str | None) -> bool:
    return path.is_file() and digest_of_facts(path) == digest

"""The packets of a filing that were made final, each in a folder that is never changed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.errors import UnusableError
from packet_builder.packet.manifest import MANIFEST, read_manifest
from packet_builder.review.docket import Docket
from packet_builder.review.log import LOG, short
from packet_builder.review.record import Record, read_record

FINAL = "final"


class LogShortenedError(UnusableError):
    """Lines that stood in the log when a packet was made final are not there any more."""

    def __init__(self, log: Path, folder: Path, head: str) -> None:
        super().__init__(
            f"{log} lacks lines at its end: {folder} was made final when its head was "
            f"{short(head)}. Restore the folder from a backup; nothing is decided until then."
        )


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


def finals_of(filing: Path) -> Iterator[Final]:
    """Give each final packet, oldest first; what is not whole never came under such a name."""
    for path in sorted((filing / FINAL).glob(f"*/{MANIFEST}")):
        manifest = read_manifest(path.parent)
        if manifest is not None:
            yield Final(path.parent, manifest)


def record_of(docket: Docket) -> Record:
    """Give the decisions on a case, whose log still has all that final packets know of it.

    Raises LogShortenedError, and what read_record raises.
    """
    record = read_record(docket.review)
    heads = {entry.hash for entry in record.log.entries}
    for final in finals_of(docket.filing):
        head = final.manifest["final"]["log_head"]
        if head not in heads:
            raise LogShortenedError(docket.review / LOG, final.folder, head)
    return record

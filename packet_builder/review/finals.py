"""The decisions on a filing, whose log still has all that its final packets know of it."""

from __future__ import annotations

from pathlib import Path

from packet_builder.errors import UnusableError
from packet_builder.packet.finals import finals_of
from packet_builder.review.docket import Docket
from packet_builder.review.log import LOG, short
from packet_builder.review.record import Record, read_record


class LogShortenedError(UnusableError):
    """Lines that stood in the log when a packet was made final are not there any more."""

    def __init__(self, log: Path, folder: Path, head: str) -> None:
        super().__init__(
            f"{log} lacks lines at its end: {folder} was made final when its head was "
            f"{short(head)}. Restore the folder from a backup; nothing is decided until then."
        )


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

"""One run at a time holds a case; what killed runs left unfinished there is taken away first."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from packet_builder.errors import ExitCode, PacketError
from packet_builder.unfinished import sweep
from packet_builder.workspace import make_folder, temporary_folders

OFFICE = ".office"  # in the folder of all packets: what is the same for all cases


class CaseBusyError(PacketError):
    """Another run holds the case."""

    exit_code = ExitCode.BUSY

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: another run of packet-builder is working on this case. "
            "Wait until it has ended, then start again."
        )


@contextlib.contextmanager
def case_lock(case: Path, case_output: Path) -> Iterator[None]:
    """Hold a case for this run; raises CaseBusyError when another run holds it.

    The system lets go of a case as soon as the process that held it is gone, however it ended.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - start-up time

    make_folder(case_output)
    lock = FileLock(case_output / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CaseBusyError(case_output) from None
    try:
        _sweep_around(case, case_output)
        yield
    finally:
        lock.release()


def _sweep_around(case: Path, case_output: Path) -> None:
    for folder in (case, case_output):
        sweep(folder)
        sweep(folder.parent, deep=False)
    for folder in (case_output.parent / OFFICE, temporary_folders()):
        sweep(folder, deep=False)

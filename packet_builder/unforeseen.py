"""What ends a run unforeseen becomes an error that a person can read, and a log without values."""

from __future__ import annotations

import errno
import os
import platform
import traceback
from collections.abc import Iterator
from pathlib import Path

from packet_builder import __version__
from packet_builder.errors import ExitCode, PacketError
from packet_builder.file_names import is_too_long_here
from packet_builder.workspace import PACKAGE, write_whole

LOG = "packet-builder-fault.log"
_REFUSED_BY_THE_SYSTEM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG}
    | {errno.ENAMETOOLONG}
)


class StorageError(PacketError):
    """The disk is full or broken, or the system does not let us read or write there."""

    exit_code = ExitCode.STORAGE

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"{place}: the system refused to read or write: {reason}. What lay there before is as "
            "it was. Make room on the disk, or see who may write there, and start again."
        )


class ProgramFaultError(PacketError):
    """The program met something that it did not foresee."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(f"this is a fault of the program ({kind}). {where}")


def as_error(fault: Exception, output: Path) -> PacketError:
    """Give what a person can read; a fault of the program leaves a log in the output folder."""
    if isinstance(fault, PacketError):
        return fault
    if isinstance(fault, OSError) and is_of_storage(fault):
        return StorageError(str(fault.filename or output), _reason(fault))
    return ProgramFaultError(type(fault).__name__, _logged(fault, output / LOG))


def is_of_storage(fault: BaseException) -> bool:
    """Tell whether the system refused to read or write, whatever was in the file."""
    return isinstance(fault, OSError) and (
        fault.errno in _REFUSED_BY_THE_SYSTEM or _is_of_length(fault)
    )


def _is_of_length(fault: OSError) -> bool:
    """Tell whether Windows says that a file is not there because its path is too long."""
    return isinstance(fault.filename, str) and is_too_long_here(Path(fault.filename))


def _reason(fault: OSError) -> str:
    if _is_of_length(fault):
        return (
            f"its path has {len(str(fault.filename))} characters, and Windows takes 259. Move the "
            "folder of the cases further up, or turn on long paths (packet-builder doctor)"
        )
    return os.strerror(fault.errno or 0)


def _logged(fault: Exception, log: Path) -> str:
    """Leave a log of where a fault arose, without its message: that may hold private values."""
    said = (f"packet-builder {__version__}, Python {platform.python_version()}", *_lines(fault))
    try:
        write_whole(log, ("\n".join(said) + "\n").encode())
    except OSError:
        return f"No log could be written to {log}; please report it."
    return f"Where it arose stands in {log}, without any value of the case; please report it."


def _lines(fault: BaseException) -> Iterator[str]:
    cause = fault.__cause__ or fault.__context__
    if cause is not None:
        yield from _lines(cause)
    yield type(fault).__name__
    for place in traceback.extract_tb(fault.__traceback__):
        yield f"  {_module(place.filename)} {place.lineno} {place.name}"


def _module(file: str) -> str:
    """Name a file of the program or of a library; any other name may be that of a client."""
    path = Path(file)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    return path.name if path.suffix == ".py" and "site-packages" in path.parts else "..."

"""The root of every error that a user may meet, and the exit codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What a run tells its caller. Never renumbered."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNUSABLE = 3
    PROGRAM = 4
    BUSY = 5
    STORAGE = 6
    FAULT = 70


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.FINDINGS: "the case has errors or cannot be filed yet; nothing was built or filed",
    ExitCode.USAGE: "typed wrongly, or something is named that is not there",
    ExitCode.UNUSABLE: "a file cannot be read or used: facts, evidence, a draft, a template",
    ExitCode.PROGRAM: "an outside program (LibreOffice) failed or is missing",
    ExitCode.BUSY: "another run is working on this case",
    ExitCode.STORAGE: "the disk is full or broken, or may not be read or written there",
    ExitCode.FAULT: "a fault of the program",
}


class PacketError(Exception):
    """A run cannot go on; the message is written for the person who typed the command."""

    exit_code: ClassVar[ExitCode] = ExitCode.FAULT

    @classmethod
    def about(cls) -> str:
        """Give what such an error is about, in a sentence that holds no value of a case."""
        return (cls.__doc__ or cls.__name__).split("\n", 1)[0]

    def __reduce__(self) -> tuple[Callable[..., PacketError], tuple[object, ...]]:
        """Let an error reach another process as it is: its class composes the message only once."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(
    kind: type[PacketError], args: tuple[object, ...], attributes: dict[str, object]
) -> PacketError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error


class UnusableError(PacketError):
    """A file of the case (facts, exhibit, draft, template) cannot be read or used."""

    exit_code = ExitCode.UNUSABLE


class ProgramError(PacketError):
    """An outside program failed or is missing."""

    exit_code = ExitCode.PROGRAM


class UsageError(PacketError):
    """The command was called with something that does not exist or does not fit."""

    exit_code = ExitCode.USAGE

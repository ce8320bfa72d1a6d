"""The passwords of protected evidence: from a file that nobody else may read, or from a person.

They are never an argument, in the environment, in a log or in what is kept; what is kept is the
copy that opens without.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder import system
from packet_builder.errors import UsageError
from packet_builder.file_names import same_name

_BETWEEN = " = "
_LONGEST_BYTES = 1 << 20


class PasswordFileOpenError(UsageError):
    """The file of passwords can be read by others, so it holds no secret."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: others may read this file of passwords. Run: chmod 600 {path}")


class PasswordFileUnreadableError(UsageError):
    """The file of passwords cannot be read, or a line of it cannot be understood."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(
            f"{path}: {wrong}. Write one line for each file, its name as in the facts and its "
            "password: exhibits/bank.pdf = the password"
        )


@dataclass(frozen=True, slots=True)
class Passwords:
    """Where the passwords of protected files come from."""

    file: Path | None = None
    ask: Callable[[str, bool], str | None] | None = None  # by name; whether once more; None: no

    def known(self, case: str) -> Mapping[str, str]:
        """Give the passwords of a case's files that stand in the file, by name in the facts.

        Raises PasswordFileOpenError, PasswordFileUnreadableError.
        """
        if self.file is None:
            return {}
        of_all = _lines(self.file)
        return {name.removeprefix(f"{case}/"): password for name, password in of_all.items()}


def _lines(path: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, between, password = line.partition(_BETWEEN)
        if not between:
            raise PasswordFileUnreadableError(path, f'line {number} has no "{_BETWEEN}"')
        found[same_name(name.strip())] = password
    return found


def _text(path: Path) -> str:
    """Read the file that was looked at, and no other that took its name meanwhile."""
    try:
        descriptor = system.opened_to_read(path)
    except OSError as error:
        raise PasswordFileUnreadableError(path, error.strerror or "cannot be read") from error
    try:
        _check(path, os.fstat(descriptor))
        return os.read(descriptor, _LONGEST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PasswordFileUnreadableError(path, "is not saved as UTF-8") from error
    finally:
        os.close(descriptor)


def _check(path: Path, state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise PasswordFileUnreadableError(path, "is not a file")
    if not system.is_private(state):
        raise PasswordFileOpenError(path)

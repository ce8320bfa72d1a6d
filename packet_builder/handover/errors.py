"""What can be wrong with an archive of a case, or with the place where it should go."""

from __future__ import annotations

from pathlib import Path

from packet_builder.errors import UnusableError, UsageError


class PassphraseWrongError(UsageError):
    """The passphrase does not open the archive."""

    def __init__(self, archive: Path) -> None:
        super().__init__(
            f"{archive}: the passphrase does not open it. Type it again exactly as it was given; "
            "if it is right, the file was damaged on its way: have it sent again."
        )


class PassphraseShortError(UsageError):
    """A passphrase is so short that it could be guessed."""

    def __init__(self, least: int) -> None:
        super().__init__(
            f"the passphrase has fewer than {least} characters; whoever finds the file could guess "
            "it. Take four or more words that have nothing to do with each other."
        )


class PassphraseFileOpenError(UsageError):
    """Others can read the file with the passphrase."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: others on this machine can read this file. Close it to them first:\n"
            f"  chmod 600 {path}"
        )


class ArchiveDamagedError(UnusableError):
    """An archive is not whole, was changed, or is no archive of a case."""

    def __init__(self, archive: Path, what: str) -> None:
        super().__init__(
            f"{archive}: {what}. Nothing was imported. Have the file sent again; if that does not "
            "help, export the case again."
        )


class ArchiveVersionError(UnusableError):
    """An archive was written in a way that this version of the program does not know."""

    def __init__(self, archive: Path, program: str) -> None:
        super().__init__(
            f"{archive} was written by packet-builder {program}, in a way that this version does "
            "not know. Install the same version here. Nothing was imported."
        )


class ImportedAlreadyError(UsageError):
    """What an archive would bring is there already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is there already, and was left as it is; nothing was imported. Move it to "
            "another place first, or import on another machine."
        )


class ExportedAlreadyError(UsageError):
    """A file lies where the archive should go."""

    def __init__(self, archive: Path) -> None:
        super().__init__(
            f"{archive} is there already, and was left as it is. Choose another name with --to."
        )


class ExportLinkError(UnusableError):
    """A case folder holds a link, which would lead nowhere on another machine."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is a link, and what it leads to would be missing elsewhere. Put the file "
            "itself into the case folder. Nothing was exported."
        )


class ExportedFileChangedError(UnusableError):
    """A file was changed while it was being exported."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed while it was being exported. Nothing was exported: close the "
            "programs that have it open, and export again."
        )

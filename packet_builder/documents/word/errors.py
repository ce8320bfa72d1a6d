"""What can be wrong with a Word file as a file, one class each."""

from __future__ import annotations

from packet_builder.errors import UnusableError


class WordFileMissingError(UnusableError):
    """The file is not there, or cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name}: cannot be read ({reason}). Put the file there, or correct the name."
        )


class WordLockFileError(UnusableError):
    """The file is the mark that Word leaves beside an open document."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this is the mark that Word leaves beside an open document, not a document. "
            f"Close Word and name {name.removeprefix('~$')} or the like."
        )


class OldWordFormatError(UnusableError):
    """The file has the format that Word used until 2003."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this is an old Word document (.doc). Open it in Word, save it as "
            '"Word Document (.docx)" and use that file.'
        )


class WordEncryptedError(UnusableError):
    """The file asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this document is protected by a password. Open it in Word, remove the "
            "password under File, Info, Protect Document, and save it."
        )


class NotWordError(UnusableError):
    """The file is something else under the name of a Word document."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this is not a Word document, whatever its name says. Open it with the "
            'program that made it and save it as "Word Document (.docx)".'
        )


class WordDamagedError(UnusableError):
    """The file is a Word document that is not whole."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"{name}: this Word document is damaged ({fault}). Open it in Word, let Word repair "
            "it, and save it again."
        )


class WordTooLargeError(UnusableError):
    """The file would unpack to more than any letter needs."""

    def __init__(self, name: str, measure: str) -> None:
        super().__init__(
            f"{name}: this Word document would unpack to far more than a letter needs ({measure}). "
            "Open it in Word, compress its pictures, and save it again."
        )


class WordDoctypeError(UnusableError):
    """A part of the file declares a document type, which Word never writes."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(
            f"{name}: it holds something that Word never writes and that can be an attack (a "
            f"document type, in {part}). Do not use this file; ask its sender for a PDF."
        )


class WordMacroError(UnusableError):
    """The file carries a program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this document carries macros. Open it in Word without enabling them, save "
            'it as "Word Document (.docx)", and use that file.'
        )


class RemotePartError(UnusableError):
    """A part of the document lies outside the file."""

    def __init__(self, name: str, kind: str, target: str) -> None:
        super().__init__(
            f"{name}: its {kind} lies outside the file, at {target[:80]}. Insert it into the "
            "document itself (in Word: File, Info, Edit Links to Files, Break Link) and save."
        )


class StrictWordError(UnusableError):
    """The file has the strict flavour of the format, which no engine here reads."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: this is a Strict Open XML document. Open it in Word, save it as "
            '"Word Document (.docx)" and use that file.'
        )

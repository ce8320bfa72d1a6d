"""What every Word-to-PDF engine is and does, and how it may fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from packet_builder.documents.word.word import Word
from packet_builder.errors import PacketError, ProgramError, UnusableError, UsageError
from packet_builder.installing import Tool, typed_for


@dataclass(frozen=True, slots=True)
class Job:
    """One Word document to convert."""

    docx: Path
    pdf: Path
    name: str  # what messages call the document


class Engine(Protocol):
    """A program that makes PDFs of Word documents. Modules meet it."""

    @property
    def name(self) -> str:
        """Give the name by which it is chosen."""
        ...

    @property
    def options(self) -> str:
        """Give all that shapes its pages beside the document and the fonts."""
        ...

    def version(self) -> str:
        """Give the program's version."""
        ...

    def refusals(self, word: Word) -> tuple[UnusableError, ...]:
        """Give what the document uses that this engine would print wrongly or not at all."""
        ...

    def prepared(self, word: Word) -> Word:
        """Give the document as this engine reads it best, word for word the same."""
        ...

    def convert(self, jobs: Sequence[Job], environ: Mapping[str, str]) -> None:
        """Convert all documents in a closed environment, or raise for each that cannot be."""
        ...


class EngineMissingError(ProgramError):
    """The engine that was asked for is not on this machine."""

    def __init__(self, program: str, typed: str) -> None:
        super().__init__(
            f"{program} is not on this machine. To install it: {typed}. Or leave --engine out."
        )


class EngineUnknownError(UsageError):
    """No engine has that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f'There is no engine "{name}". Choose one of: {", ".join(known)}.')


class EngineTimeoutError(ProgramError):
    """The engine was stopped at its time limit."""

    def __init__(self, program: str, names: Sequence[str], seconds: int) -> None:
        super().__init__(
            f"{program} had not converted {', '.join(names)} after {seconds} s and was stopped. "
            "Try again when the machine is less busy; if it happens again, build with the other "
            "engine (--engine)."
        )


class EngineCrashedError(ProgramError):
    """The engine ended without having done its work."""

    def __init__(self, program: str, name: str) -> None:
        super().__init__(
            f"{program} broke down while it converted {name}. Open the document in Word, save it "
            "again, and build again; if it happens again, build with the other engine (--engine)."
        )


class NotConvertedError(UnusableError):
    """The engine cannot read the document."""

    def __init__(self, program: str, name: str) -> None:
        super().__init__(
            f"{name}: {program} cannot convert this document. Open it in Word, save it again, and "
            "build again; if it happens again, build with the other engine (--engine)."
        )


class FeatureError(UnusableError):
    """The document uses something that the embedded engine would print wrongly."""

    def __init__(self, name: str, feature: str, place: str) -> None:
        super().__init__(
            f"{name}: {feature} in {place} needs LibreOffice. To install that: "
            f"{typed_for(Tool.LIBREOFFICE)}. Or remove it from the document."
        )
        self.feature = feature


class SeveralFaultsError(UnusableError):
    """Several things stand against the documents."""

    def __init__(self, faults: Sequence[PacketError]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def raise_all(faults: Sequence[UnusableError]) -> None:
    """Raise what was found: the one fault itself, or all of them together."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralFaultsError(faults)

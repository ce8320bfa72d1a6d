"""A PDF file of a document, opened for copying; what its library raises becomes our error."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.generic import NameObject

from packet_builder.errors import PacketError, UnusableError
from packet_builder.packet.viewed import PdfUnreadableError

_STREAM_LIMIT = 1_000_000_000  # bytes, as intake admits


class PdfLockedError(UnusableError):
    """A PDF asks for a password."""

    def __init__(self, named: str) -> None:
        super().__init__(
            f"{named}: the PDF asks for a password. Save a copy without a password in its place."
        )


class PageCountError(UnusableError):
    """A PDF does not have the pages that were counted before."""

    def __init__(self, named: str, counted: int, found: int) -> None:
        super().__init__(
            f"{named}: {counted} page(s) were counted before, {found} are there now. "
            "The file was changed during the build; build again."
        )


@contextlib.contextmanager
def reading(named: str, page: int | None = None) -> Iterator[None]:
    """Name the file, and the page, in whatever goes wrong while it is read."""
    try:
        yield
    except (PacketError, OSError):
        raise
    except Exception as error:  # pypdf 7.1 raises AssertionError, AttributeError… on damage
        raise PdfUnreadableError(named, page) from error


@contextlib.contextmanager
def opened(path: Path, named: str) -> Iterator[PdfReader]:
    """Open a PDF; it is closed, and forgotten, at the end."""
    # A scan of one page may lawfully be larger than pypdf's 75 MB; intake has looked at it.
    limits = apply_configuration(maximum_declared_stream_length=_STREAM_LIMIT)
    with limits, path.open("rb") as stream, _names_kept():
        with reading(named):
            reader = PdfReader(stream)
            _unlock(reader, named)
        try:
            yield reader
        finally:
            # pypdf's references hold their reader in circles: without this it stays in memory
            reader.resolved_objects.clear()
            reader.flattened_pages = None


def _unlock(reader: PdfReader, named: str) -> None:
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PdfLockedError(named)


@contextlib.contextmanager
def _names_kept() -> Iterator[None]:
    """Read each byte of a name as one character, so that it is written as it was.

    pypdf 7.1 guesses their charset and writes UTF-8: a font that a Chinese program named in GBK
    has another name then than the page's content asks for, and its text vanishes.
    """
    former = NameObject.CHARSETS
    NameObject.CHARSETS = ("latin-1",) * 3
    try:
        yield
    finally:
        NameObject.CHARSETS = former

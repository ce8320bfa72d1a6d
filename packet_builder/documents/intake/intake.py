"""An office's evidence file becomes a PDF that can be bound, showing all that it showed."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from packet_builder.documents.intake.errors import (
    ExhibitTooLargeError,
    ExhibitUnreadableError,
)
from packet_builder.documents.intake.kinds import FileKind, kind_of, misnaming
from packet_builder.documents.intake.pdf import take_pdf
from packet_builder.documents.intake.pdf_shown import shown_texts
from packet_builder.documents.intake.pictures import write_picture_pages
from packet_builder.errors import PacketError
from packet_builder.workspace import whole_file

_BYTES_LIMIT = 1_000_000_000

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Intake:
    """An evidence file as the packet can take it."""

    path: Path  # the PDF to bind: the original where it needs nothing, else ours at the target
    pages: int
    texts: tuple[str, ...]  # each page's text layer; "" for a page that is only a picture
    removals: tuple[str, ...]  # what the packet copy does not carry: kinds and counts, no content
    notes: tuple[str, ...]  # what was done, and what the attorney should know


def intake(
    name: str, source: Path, target: Path, convert_word: Callable[[Path, Path], None]
) -> Intake:
    """Take one evidence file in; raises IntakeError for one that cannot be bound as it is.

    `name` is the path as the facts give it. The source is only read. Our own PDF, where one is
    needed, appears whole at `target`. `convert_word` makes a PDF of a .docx.
    """
    kind = _guarded(name, lambda: _checked_kind(name, source))
    if kind is FileKind.WORD:
        convert_word(source, target)
        return _guarded(name, lambda: _take_pdf(name, target, target))
    if kind is FileKind.PDF:
        taken = _guarded(name, lambda: _take_pdf(name, source, target))
    else:
        taken = _guarded(name, lambda: _take_pictures(name, kind, source, target))
    notes = (*misnaming(name, kind), *taken.notes)
    return Intake(taken.path, taken.pages, taken.texts, taken.removals, notes)


def _guarded(name: str, look: Callable[[], Found]) -> Found:
    """Turn whatever a library raises at a hostile file into one sentence about that file."""
    try:
        with warnings.catch_warnings():  # Pillow warns on the terminal of metadata that is broken
            warnings.simplefilter("ignore")
            return look()
    except PacketError:
        raise
    except (Exception, RecursionError, MemoryError) as error:
        raise ExhibitUnreadableError(name) from error


def _checked_kind(name: str, source: Path) -> FileKind:
    kind = kind_of(name, source)
    if source.stat().st_size > _BYTES_LIMIT:
        raise ExhibitTooLargeError(name, "is larger than 1 GB")
    return kind


def _take_pdf(name: str, source: Path, target: Path) -> Intake:
    taken = take_pdf(name, source, target)
    return Intake(taken.path, len(taken.texts), taken.texts, taken.removals, taken.notes)


def _take_pictures(name: str, kind: FileKind, source: Path, target: Path) -> Intake:
    with whole_file(target) as part:
        with part.open("wb") as stream:
            written = write_picture_pages(name, kind, source, stream)
        texts = shown_texts(name, part)
    return Intake(target, len(texts), texts, written.removals, written.notes)

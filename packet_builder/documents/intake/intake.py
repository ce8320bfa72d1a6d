"""An office's evidence file becomes a PDF that can be bound, showing all that it showed."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pypdf.errors import LimitReachedError

from packet_builder.documents.intake.errors import (
    ExhibitNestedError,
    ExhibitTooLargeError,
    ExhibitUnreadableError,
)
from packet_builder.documents.intake.kinds import FileKind, kind_of, misnaming
from packet_builder.documents.intake.pdf import take_pdf
from packet_builder.documents.intake.pdf_shown import Shown, shown_on
from packet_builder.documents.intake.pictures import write_picture_pages
from packet_builder.documents.intake.taken import Intake
from packet_builder.errors import PacketError
from packet_builder.unforeseen import is_of_storage
from packet_builder.workspace import whole_file

_BYTES_LIMIT = 1_000_000_000

Found = TypeVar("Found")


def intake(
    name: str,
    source: Path,
    target: Path,
    convert_word: Callable[[Path, Path], None],
    *,
    password: str | None = None,
) -> Intake:
    """Take one evidence file in; raises IntakeError for one that cannot be bound as it is.

    `name` is the path as the facts give it. The source is only read. Our own PDF, where one is
    needed, appears whole at `target`. `convert_word` makes a PDF of a .docx.
    """
    kind = guarded(name, lambda: _checked_kind(name, source))
    if kind is FileKind.WORD:
        convert_word(source, target)
        return guarded(name, lambda: _take_pdf(name, target, target))
    if kind is FileKind.PDF:
        taken = guarded(name, lambda: _take_pdf(name, source, target, password))
    else:
        taken = guarded(name, lambda: _take_pictures(name, kind, source, target))
    return replace(taken, notes=(*misnaming(name, kind), *taken.notes))


def guarded(name: str, look: Callable[[], Found]) -> Found:
    """Turn whatever a library raises at a hostile file into one sentence about that file.

    What is beyond a limit of this process is said by whoever set the limit.
    """
    try:
        with warnings.catch_warnings():  # Pillow warns on the terminal of metadata that is broken
            warnings.simplefilter("ignore")
            return look()
    except (PacketError, MemoryError):
        raise
    except (RecursionError, LimitReachedError) as error:
        raise ExhibitNestedError(name) from error
    except Exception as error:
        if is_of_storage(error):
            raise
        raise ExhibitUnreadableError(name) from error


def _checked_kind(name: str, source: Path) -> FileKind:
    kind = kind_of(name, source)
    if source.stat().st_size > _BYTES_LIMIT:
        raise ExhibitTooLargeError(name, "is larger than 1 GB")
    return kind


def _take_pdf(name: str, source: Path, target: Path, password: str | None = None) -> Intake:
    taken = take_pdf(name, source, target, password)
    return _intake(taken.path, taken.shown, taken.removals, taken.notes)


def _take_pictures(name: str, kind: FileKind, source: Path, target: Path) -> Intake:
    with whole_file(target) as part:
        with part.open("wb") as stream:
            written = write_picture_pages(name, kind, source, stream)
        shown = shown_on(name, part)
    return _intake(target, shown, written.removals, written.notes)


def _intake(
    path: Path, shown: Sequence[Shown], removals: tuple[str, ...], notes: tuple[str, ...]
) -> Intake:
    return Intake(
        path,
        len(shown),
        tuple(page.text for page in shown),
        removals,
        notes,
        tuple(number for number, page in enumerate(shown, 1) if page.is_covered),
        tuple(number for number, page in enumerate(shown, 1) if page.is_unredacted),
    )

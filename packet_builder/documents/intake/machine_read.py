"""A copy with words that a machine read stands for a file, if every page looks as it looked."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2

from packet_builder.documents.intake.errors import MachineReadCopyError
from packet_builder.documents.intake.intake import guarded
from packet_builder.documents.intake.pdf import take_pdf
from packet_builder.documents.intake.taken import Intake
from packet_builder.workspace import whole_file

_PIXELS_A_POINT = 1.5
_LONGEST = 3_000  # pixels


def with_words_of(name: str, taken: Intake, copy: Path, target: Path) -> Intake:
    """Give what was taken in with the words of its copy; its own words and findings stay.

    Raises MachineReadCopyError for a copy that shows, or says, anything else.
    """
    return guarded(name, lambda: _with_words(name, taken, copy, target))


def _with_words(name: str, taken: Intake, copy: Path, target: Path) -> Intake:
    with whole_file(target) as part:
        read = take_pdf(name, copy, part)
        if read.path != copy or len(read.shown) != taken.pages:
            raise MachineReadCopyError(name, copy.name, None)
        for number, (shown, text) in enumerate(zip(read.shown, taken.texts, strict=True), 1):
            if text and shown.text != text:
                raise MachineReadCopyError(name, copy.name, number)
        for number, is_alike in enumerate(_alike(taken.path, copy), 1):
            if not is_alike:
                raise MachineReadCopyError(name, copy.name, number)
        shutil.copyfile(copy, part)
    pages = tuple(
        number
        for number, (shown, text) in enumerate(zip(read.shown, taken.texts, strict=True), 1)
        if shown.text and not text
    )
    return replace(taken, path=target, read=pages)


def _alike(one: Path, other: Path) -> Iterator[bool]:
    """Tell of each page whether a viewer shows the very same, pixel by pixel."""
    with (
        contextlib.closing(pypdfium2.PdfDocument(one)) as before,
        contextlib.closing(pypdfium2.PdfDocument(other)) as after,
    ):
        for index in range(len(before)):
            yield _look(before, index) == _look(after, index)


def _look(document: pypdfium2.PdfDocument, index: int) -> tuple[tuple[int, int], bytes]:
    with contextlib.closing(document[index]) as page:
        scale = min(_PIXELS_A_POINT, _LONGEST / max(page.get_size()))
        picture = page.render(scale=scale).to_pil()
        return picture.size, picture.tobytes()

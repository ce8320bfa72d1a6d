"""An office's PDF becomes one that can be bound: itself, or our mended copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

from packet_builder.documents.intake.errors import (
    DynamicFormError,
    PagesDisagreeError,
    PortfolioError,
)
from packet_builder.documents.intake.pdf_fields import (
    UndrawnField,
    draw_fields,
    undrawn_fields,
)
from packet_builder.documents.intake.pdf_marks import (
    count_names,
    notes_of,
    plain,
    removals_of,
)
from packet_builder.documents.intake.pdf_open import OpenPdf, check_whole, open_pdf
from packet_builder.documents.intake.pdf_pages import PageMending, look_at_pages, mend_page
from packet_builder.documents.intake.pdf_shown import Shown, shown_on, shown_pages
from packet_builder.documents.intake.pdf_streams import check_streams
from packet_builder.workspace import whole_file

_BUFFER_BYTES = 1 << 20  # pypdf writes token by token
_FILLED = "filled form fields without an appearance were drawn"


@dataclass(frozen=True, slots=True)
class TakenPdf:
    """A PDF that can be bound, and what was found out about it."""

    path: Path
    shown: tuple[Shown, ...]  # one a page
    removals: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a PDF needs, decided before anything is touched."""

    pages: int
    mendings: tuple[PageMending, ...]
    fields: tuple[UndrawnField, ...]
    removals: tuple[str, ...]
    notes: tuple[str, ...]


def take_pdf(name: str, source: Path, target: Path, password: str | None = None) -> TakenPdf:
    """Look at a PDF, and mend it in a copy at `target` where it needs that."""
    check_streams(name, source)
    with open_pdf(name, source, password) as pdf:
        look = _look(name, pdf)
        _check_count(name, source, look)
        is_sound = not (pdf.is_damaged or pdf.is_encrypted or look.mendings or look.fields)
        if is_sound:
            return TakenPdf(source, shown_on(name, source), look.removals, look.notes)
        with whole_file(target) as part:
            _write_copy(name, pdf, look, part)
            check_streams(name, part)  # of a protected file only now to be seen
            _check_count(name, part, look)
            shown = shown_on(name, part)
    return TakenPdf(target, shown, look.removals, look.notes)


def _look(name: str, pdf: OpenPdf) -> _Look:
    reader = pdf.reader
    _refuse_what_is_no_paper(name, reader)
    if pdf.is_damaged:
        check_whole(name, reader)
    looked = look_at_pages(name, reader)
    fields = undrawn_fields(reader)
    mended = [note for mending in looked.mendings for note in mending.notes]
    drawn = (_FILLED,) if fields else ()
    return _Look(
        pages=len(reader.pages),
        mendings=looked.mendings,
        fields=fields,
        removals=removals_of(reader),
        notes=(*pdf.notes, *notes_of(reader), *looked.notes, *mended, *drawn),
    )


def _refuse_what_is_no_paper(name: str, reader: PdfReader) -> None:
    root = reader.root_object
    if "/Collection" in root:
        names = plain(root.get("/Names")) or {}
        raise PortfolioError(name, count_names(names.get("/EmbeddedFiles")))
    form = plain(root.get("/AcroForm"))
    if not isinstance(form, DictionaryObject) or "/XFA" not in form:
        return
    if plain(root.get("/NeedsRendering")) or not plain(form.get("/Fields")):
        raise DynamicFormError(name)


def _check_count(name: str, path: Path, look: _Look) -> None:
    """Refuse when two readers count differently; a damaged file may be closed to one of them."""
    shown = shown_pages(path)
    if shown is not None and shown != look.pages:
        raise PagesDisagreeError(name, look.pages, shown)


def _write_copy(name: str, pdf: OpenPdf, look: _Look, part: Path) -> None:
    writer = PdfWriter(clone_from=pdf.reader)
    for mending in look.mendings:
        mend_page(writer.pages[mending.page - 1], mending)
    if look.fields:
        draw_fields(name, writer, look.fields)
    with part.open("wb", buffering=_BUFFER_BYTES) as stream:
        writer.write(stream)

"""Writes the letters: templates become Word files, and all that changed become PDFs in one call."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from packet_builder.assembly.cache import Cache, digest_of_parts
from packet_builder.assembly.places import Corners, on_packet_pages
from packet_builder.assembly.sheets import Cited
from packet_builder.assembly.word import WordPress
from packet_builder.assembly.word_copies import Draft, Drafts, RenderedLetter
from packet_builder.documents.document import PdfFile
from packet_builder.plan.planned import PlannedDocument
from packet_builder.template_files import template_file
from packet_builder.workspace import digest_of, scratch_folder


@dataclass(frozen=True, slots=True)
class Stationery:
    """What letters are written on: the folder of templates, and the office's logo."""

    templates: Path
    logo: Path | None

    def digest_for(self, planned: PlannedDocument) -> str:
        """Give the digest of all that a letter takes from here."""
        template = template_file(self.templates, "letters", f"{planned.template}.docx")
        files = [file for file in (template, self.logo) if file is not None and file.is_file()]
        return digest_of_parts([digest_of(file) for file in files])


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter on paper."""

    planned: PlannedDocument
    docx: Path
    pdf: PdfFile
    cited: tuple[Cited, ...]  # every citation that a reader sees on its pages
    made_from: tuple[str, str]  # digests of its facts and of its template
    lines: tuple[tuple[int, Corners, str], ...]  # to sign on: page, place, the name below
    texts: tuple[str, ...]  # the words of each page
    own: Mapping[str, str] = field(
        default_factory=dict
    )  # digests of the attorney's own files that it was made from


@dataclass(frozen=True, slots=True)
class _Copy:
    """The Word copy of a letter that is printed: its render, or the attorney's draft."""

    planned: PlannedDocument
    docx: Path
    printed: Path  # the same, with open changes and comments as plain text
    name: str  # for messages
    made_from: tuple[str, str]
    own: Mapping[str, str]
    pdf: Path | None = None  # saved from Word, in place of the engine's

    @property
    def is_hers(self) -> bool:
        """Tell whether it is the attorney's file, and no render."""
        return "draft" in self.own


def render_letters(
    letters: Sequence[PlannedDocument],
    exhibits: Mapping[str, str],
    stationery: Stationery,
    cache: Cache,
) -> tuple[RenderedLetter, ...]:
    """Render letters, each anew only where its facts or its template changed.

    `exhibits` are the letters that stand for evidence, by its id.
    """
    return tuple(_render(letter, exhibits, stationery, cache) for letter in letters)


def print_letters(
    rendered: Sequence[RenderedLetter], drafts: Drafts, cache: Cache, press: WordPress
) -> tuple[WrittenLetter, ...]:
    """Print letters, each anew only where it, the fonts or the engine changed.

    An edited draft stands for the render; its open changes and comments are printed with it.
    """
    copies = [_copy(letter, drafts, cache, press) for letter in rendered]
    _typeset(copies, cache, press)
    return tuple(_written(letter, cache, press) for letter in copies)


def _render(
    planned: PlannedDocument, exhibits: Mapping[str, str], stationery: Stationery, cache: Cache
) -> RenderedLetter:
    made_from = (planned.digest, stationery.digest_for(planned))
    place = cache.kept(("letter", *made_from), lambda folder: _make(planned, stationery, folder))
    return RenderedLetter(planned, place / f"{planned.id}.docx", made_from, exhibits)


def _copy(letter: RenderedLetter, drafts: Drafts, cache: Cache, press: WordPress) -> _Copy:
    draft = drafts.of.get(letter.planned.id)
    pdf = drafts.pdfs.get(letter.planned.id)
    own = {} if pdf is None else {"pdf": digest_of(pdf)}
    if draft is None:
        name = f"{letter.planned.id}.docx"
        return _Copy(letter.planned, letter.docx, letter.docx, name, letter.made_from, own, pdf)
    own["draft"] = draft.made_from
    printed = draft.docx
    if draft.is_open:
        made_from = ("shown", draft.made_from, press.engine)
        place = cache.kept(made_from, lambda folder: _show(draft, press, folder))
        printed = place / "shown.docx"
    name = draft.seen.name
    return _Copy(letter.planned, draft.docx, printed, name, letter.made_from, own, pdf)


def _show(draft: Draft, press: WordPress, folder: Path) -> None:
    from packet_builder.drafts.apart import show_apart  # noqa: PLC0415 - only when not kept

    target = folder / "shown.docx"
    show_apart(draft.docx, draft.seen.name, target, struck=press.engine != "dxpdf")


def _make(planned: PlannedDocument, stationery: Stationery, folder: Path) -> None:
    from packet_builder.documents.letters.letter import render_letter  # noqa: PLC0415 - only when not kept

    target = folder / f"{planned.id}.docx"
    render_letter(planned, stationery.templates, target, logo=stationery.logo)


def _typeset(copies: Sequence[_Copy], cache: Cache, press: WordPress) -> None:
    """Turn the Word files that are not kept as PDF yet into PDF, all in one call."""
    missing = [letter for letter in copies if not cache.has(_key(letter, press))]
    if not missing:
        return
    with scratch_folder(cache.folder) as scratch:
        pdfs = [(letter, scratch / f"{letter.planned.id}.pdf") for letter in missing]
        _print([(one, pdf) for one, pdf in pdfs if one.pdf is None], press)
        for letter, pdf in pdfs:
            if letter.pdf is not None:
                shutil.copyfile(letter.pdf, pdf)
            cache.kept(_key(letter, press), partial(_keep, pdf))


def _print(copies: Sequence[tuple[_Copy, Path]], press: WordPress) -> None:
    """Print renders here, and what comes back from outside in a process of its own."""
    press.print([(one.printed, pdf, one.name) for one, pdf in copies if not one.is_hers])
    if hers := [(one.printed, pdf, one.name) for one, pdf in copies if one.is_hers]:
        from packet_builder.drafts.apart import print_apart  # noqa: PLC0415 - only when not kept

        print_apart(hers, press.engine, press.own_fonts)


def _keep(pdf: Path, folder: Path) -> None:
    from packet_builder.documents.letters.signature_lines import (  # noqa: PLC0415 - only when not kept
        signature_lines,
    )
    from packet_builder.packet.citations import citations_in  # noqa: PLC0415 - only when not kept

    cited = [(one.text, one.letter, one.first) for one in citations_in(pdf)]
    lines = signature_lines(pdf)
    places = on_packet_pages(pdf, [(line.page, line.box) for line in lines])
    row = {
        "texts": _texts(pdf),
        "sha256": digest_of(pdf),
        "cited": cited,
        "lines": [(*place, line.name) for place, line in zip(places, lines, strict=True)],
    }
    pdf.rename(folder / "letter.pdf")
    (folder / "letter.json").write_text(json.dumps(row), encoding="utf-8", newline="\n")


def _written(letter: _Copy, cache: Cache, press: WordPress) -> WrittenLetter:
    place = cache.place(_key(letter, press))
    row = json.loads((place / "letter.json").read_text(encoding="utf-8"))
    cited = tuple(Cited(letter.planned.title, *one) for one in row["cited"])
    texts = tuple(row["texts"])
    pdf = PdfFile(place / "letter.pdf", len(texts), row["sha256"])
    lines = tuple((page, corners, name) for page, corners, name in row["lines"])
    made_from = letter.made_from
    return WrittenLetter(
        letter.planned, letter.docx, pdf, cited, made_from, lines, texts, letter.own
    )


def _key(letter: _Copy, press: WordPress) -> tuple[str, ...]:
    made_by = press.name if letter.pdf is None else digest_of(letter.pdf)
    return ("letter-pdf", digest_of(letter.printed), made_by)


def _texts(pdf: Path) -> list[str]:
    import pypdfium2  # noqa: PLC0415 - only when not kept

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()

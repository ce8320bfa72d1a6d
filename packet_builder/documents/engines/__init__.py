"""Word documents become PDFs whose words are all there: checked, prepared, converted, compared."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from packet_builder.documents import fonts
from packet_builder.documents.engines import dxpdf, libreoffice
from packet_builder.documents.engines.engine import (
    Engine,
    EngineUnknownError,
    Job,
    NotConvertedError,
    raise_all,
)
from packet_builder.documents.text_gate import gate as text_gate
from packet_builder.documents.word.refusals import refusals_of
from packet_builder.documents.word.repair import repaired
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import Word, open_word, packed
from packet_builder.errors import UnusableError
from packet_builder.sandbox import closed
from packet_builder.workspace import scratch_folder, write_whole

ENGINES: Mapping[str, Engine] = {"dxpdf": dxpdf, "libreoffice": libreoffice}
PASSES = 1  # raised whenever a pass changes what reaches an engine, so that PDFs are made anew


@dataclass(frozen=True, slots=True)
class Toolchain:
    """All that shapes a PDF beside its Word document."""

    engine: str
    version: str
    options: str
    fonts: str  # digest of the fonts
    passes: int


@dataclass(frozen=True, slots=True)
class Typeset:
    """A Word document that became a PDF."""

    name: str
    pdf: Path
    pages: int
    engine: str
    version: str
    fonts: str


def choose(name: str) -> Engine:
    """Give the engine of a name; "auto" is LibreOffice where it is there, else dxpdf.

    Raises EngineMissingError for one that is not on this machine, EngineUnknownError.
    """
    if name == "auto":
        name = "libreoffice" if libreoffice.is_there() else "dxpdf"
    if name not in ENGINES:
        raise EngineUnknownError(name, ("auto", *ENGINES))
    ENGINES[name].version()
    return ENGINES[name]


def toolchain(engine: Engine, own_fonts: Path | None = None) -> Toolchain:
    """Give what a PDF of an engine depends on, beside its document."""
    digest = fonts.fonts_digest(fonts.own_font_files(own_fonts))
    return Toolchain(engine.name, engine.version(), engine.options, digest, PASSES)


def typeset(
    jobs: Sequence[Job], engine: Engine, own_fonts: Path | None = None
) -> tuple[Typeset, ...]:
    """Make the PDFs of all jobs, or none and raise everything that stands against them.

    `own_fonts` are those of the office, as `office_fonts` keeps them.
    """
    if not jobs:
        return ()
    words = _checked(jobs, engine, own_fonts)
    cjk = _cjk_fonts(words)
    with scratch_folder(jobs[0].pdf.parent) as scratch:
        environ = closed.environment(scratch, fonts.fontconfig_file(scratch, cjk, own_fonts))
        made = _converted(jobs, words, engine, environ)
    _compare(words, made)
    for job, (content, _) in zip(jobs, made, strict=True):
        write_whole(job.pdf, content)
    digest = fonts.fonts_digest((*fonts.own_font_files(own_fonts), *cjk))
    return tuple(
        Typeset(job.name, job.pdf, pages, engine.name, engine.version(), digest)
        for job, (_, pages) in zip(jobs, made, strict=True)
    )


def _checked(jobs: Sequence[Job], engine: Engine, own_fonts: Path | None) -> list[Word]:
    words: list[Word] = []
    faults: list[UnusableError] = []
    for job in jobs:
        try:
            word = open_word(job.docx, job.name)
        except UnusableError as error:
            faults.append(error)
            continue
        words.append(repaired(word))
        faults += refusals_of(word, words[-1], own_fonts)
        faults += engine.refusals(words[-1])
    raise_all(faults)
    return words


def _converted(
    jobs: Sequence[Job], words: Sequence[Word], engine: Engine, environ: Mapping[str, str]
) -> list[tuple[bytes, int]]:
    scratch = Path(environ["TMPDIR"])
    inner = [
        Job(scratch / f"{number}.docx", scratch / f"{number}.pdf", job.name)
        for number, job in enumerate(jobs)
    ]
    for job, word in zip(inner, words, strict=True):
        job.docx.write_bytes(packed(engine.prepared(word).parts))
    engine.convert(inner, environ)
    return [_rewritten(job, engine) for job in inner]


def _rewritten(job: Job, engine: Engine) -> tuple[bytes, int]:
    """Give a PDF without metadata, dates and identifiers, and the number of its pages."""
    try:
        writer = PdfWriter(clone_from=PdfReader(job.pdf))
        for key in ("/Metadata", "/OpenAction"):
            writer.root_object.pop(key, None)
        writer.metadata = None
        writer._ID = None  # noqa: SLF001 - pypdf 7.1 has no other way to leave the identifier out
        stream = io.BytesIO()
        writer.write(stream)
    except (PyPdfError, OSError) as error:
        raise NotConvertedError(engine.name, job.name) from error
    if not writer.pages:
        raise NotConvertedError(engine.name, job.name)
    return stream.getvalue(), len(writer.pages)


def _compare(words: Sequence[Word], made: Sequence[tuple[bytes, int]]) -> None:
    pairs = zip(words, made, strict=True)
    raise_all([fault for word, (pdf, _) in pairs for fault in text_gate.faults(word, pdf)])


def _cjk_fonts(words: Sequence[Word]) -> tuple[Path, ...]:
    texts = (paragraph.plain for word in words for paragraph in read(word).paragraphs)
    return fonts.cjk_font_files() if any(map(fonts.needs_cjk, texts)) else ()

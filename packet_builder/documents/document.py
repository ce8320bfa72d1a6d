"""What a finished document is: PDFs in order, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from packet_builder.plan.planned import DocumentKind


@dataclass(frozen=True, slots=True)
class Source:
    """The office's own file behind some pages."""

    name: str  # the path as the facts give it, relative to the case folder
    path: Path
    sha256: str  # of the file as the office put it there


@dataclass(frozen=True, slots=True)
class PdfFile:
    """One PDF whose pages stand in the packet, all of them, in order."""

    path: Path  # the PDF that is bound: the source itself, or our PDF made from it
    pages: int
    sha256: str  # of the PDF at `path`
    title: str | None = None  # for the outline, where a document has several files
    source: Source | None = None  # None for pages of our own making


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the packet. Page counts are of pages as bound."""

    id: str  # unique in the packet, stable from build to build
    kind: DocumentKind
    title: str
    files: tuple[PdfFile, ...]
    exhibit: str | None = None  # the exhibit's letter, on its separator and on its pages

    @property
    def pages(self) -> int:
        """Count the pages of all files."""
        return sum(file.pages for file in self.files)

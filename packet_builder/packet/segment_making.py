"""One file of a document becomes a segment: its pages, ready to be copied into any packet."""

from __future__ import annotations

from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from packet_builder.packet.addresses import addresses_in
from packet_builder.packet.body import Body
from packet_builder.packet.citations import citations_in
from packet_builder.packet.cited import Cited
from packet_builder.packet.copier import Copier
from packet_builder.packet.file_pages import FilePages, lost_with_file
from packet_builder.packet.segment import CONTENT, SHARED, FileToBind, write_table
from packet_builder.packet.source import PageCountError, opened, reading
from packet_builder.packet.source_layers import layers_in, name_apart
from packet_builder.plan.planned import DocumentKind

#: Documents whose citations become links.
_CITING = frozenset(
    {
        DocumentKind.LETTER,
        DocumentKind.INDEX,
        DocumentKind.SEPARATOR,
        DocumentKind.NOTICE,
        DocumentKind.SLIP,
    }
)
_BUFFER_BYTES = 1 << 20  # unbuffered, each small object costs a system call


def write_segment(file: FileToBind, folder: Path) -> None:
    """Write the segment of a file into a folder."""
    with (folder / CONTENT).open("wb", buffering=_BUFFER_BYTES) as stream:
        body = Body(stream, movable=True)
        with opened(file.pdf.path, file.name) as reader:
            parts = _written(file, reader, body)
    write_table(folder, body, parts)


def _written(file: FileToBind, reader: PdfReader, body: Body) -> dict[str, Any]:
    shared = SHARED if file.draft else replace(SHARED, draft=None)
    body.reserve(len(astuple(SHARED)))
    with reading(file.name):
        found = len(reader.pages)
        if found != file.pdf.pages:
            raise PageCountError(file.name, file.pdf.pages, found)
        lost = list(lost_with_file(reader))
        name_apart(reader, file.name)
    cited = _cited(file)
    copier = Copier(reader, body)
    pages = FilePages(file, reader, copier, shared)
    written = [asdict(page) for page in pages.write(cited.pages)]
    with reading(file.name):
        layers = layers_in(reader, copier)
        copier.drain()
    return {
        "pages": written,
        "layers": astuple(layers),
        "lost": lost + pages.lost,
        "cited": asdict(cited.moved(pages.placed)),
    }


def _cited(file: FileToBind) -> Cited:
    if file.kind not in _CITING:
        return Cited()
    return Cited(
        citations_in(file.pdf.path, file.name), tuple(addresses_in(file.pdf.path, file.name))
    )

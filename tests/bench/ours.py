"""Binds a corpus with packet_builder: python ours.py WAY SPEC TARGET.

WAY is `anew`; `warm`, with all segments kept from before and every page under another number; or
`changed`, with those of one exhibit gone.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from packet_builder.assembly.cache import Cache
from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet.bind import Binding, bind
from packet_builder.packet.naming import name_of
from packet_builder.packet.segment import FileToBind
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind

BINDING = Binding("Benchmark", draft=False)


def pdf_file(name: str, pages: int) -> PdfFile:
    path = Path(name)
    return PdfFile(path, pages, name, path.name)


def documents_of(spec: Path) -> list[Document]:
    documents: list[Document] = []
    for exhibit in json.loads(spec.read_text(encoding="utf-8")):
        letter, title = exhibit["letter"], exhibit["title"]
        tab = (pdf_file(exhibit["separator"], 1),)
        files = tuple(pdf_file(*file) for file in exhibit["files"])
        documents.append(Document(f"tab-{letter}", DocumentKind.SEPARATOR, title, tab, letter))
        documents.append(Document(letter, DocumentKind.EXHIBIT, title, files, letter))
    return documents


def shelf_of(spec: Path, documents: list[Document]) -> Cache:
    """Give the segments of a corpus, made once and kept beside it."""
    cache = Cache(spec.with_suffix(".segments"))
    with tempfile.TemporaryDirectory(dir=spec.parent) as folder:
        bind(documents, number(documents), Path(folder) / "packet.pdf", BINDING, cache)
    return cache


def without_one_exhibit(documents: list[Document], cache: Cache) -> None:
    """Take away the segments of the largest exhibit."""
    largest = max(documents, key=lambda one: sum(file.path.stat().st_size for file in one.files))
    for file in largest.files:
        bound = FileToBind(file, name_of(largest, file), largest.kind, draft=False)
        shutil.rmtree(cache.place(bound.made_from), ignore_errors=True)


def main(way: str, spec: Path, target: Path) -> float:
    documents = documents_of(spec)
    cache = None if way == "anew" else Cache(spec.with_suffix(".segments"))
    if way != "warm":
        importlib.import_module("packet_builder.packet.segment_making")
    before = time.process_time()
    bind(documents, number(documents), target, BINDING, cache)
    return time.process_time() - before


def prepare(way: str, spec: Path) -> None:
    if way != "anew":
        documents = documents_of(spec)
        cache = shelf_of(spec, documents)
        if way == "changed":
            without_one_exhibit(documents, cache)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2], Path(sys.argv[3]))
    else:
        print(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))  # noqa: T201 - for the benchmark to read

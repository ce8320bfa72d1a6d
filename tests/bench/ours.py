"""Binds a corpus with packet_builder: python ours.py SPEC TARGET."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet.bind import Binding, bind
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind


def pdf_file(name: str, pages: int) -> PdfFile:
    path = Path(name)
    return PdfFile(path, pages, "", path.name)


def main(spec: Path, target: Path) -> None:
    documents: list[Document] = []
    for exhibit in json.loads(spec.read_text(encoding="utf-8")):
        letter, title = exhibit["letter"], exhibit["title"]
        tab = (pdf_file(exhibit["separator"], 1),)
        files = tuple(pdf_file(*file) for file in exhibit["files"])
        documents.append(Document(f"tab-{letter}", DocumentKind.SEPARATOR, title, tab, letter))
        documents.append(Document(letter, DocumentKind.EXHIBIT, title, files, letter))
    bind(documents, number(documents), target, Binding("Benchmark", draft=False))


if __name__ == "__main__":
    before = time.process_time()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
    print(time.process_time() - before)  # noqa: T201 - for the benchmark to read

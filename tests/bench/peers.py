"""Binds a corpus as others would: python peers.py TOOL SPEC TARGET, in the benchmark's environment.

All merge the same separators and exhibits, stamp "Exhibit C, Page 3 of 12" and "Page 57 of 203" in
the foot of each page, and write an outline of exhibits and files (but for qpdf, which cannot).
"""

# ruff: noqa: PLC0415 - each tool is loaded by its own process only

from __future__ import annotations

import importlib
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WIDTH, MIDDLE, RIGHT, FOOT = 612, 306, 576, 10


@dataclass(frozen=True)
class Part:
    """One file, and the stamps of its pages."""

    path: str
    title: str
    letter: str
    pages: int
    before: int  # pages of the exhibit before this file
    of: int  # pages of the exhibit; 0 on its separator
    first: int  # packet page, from 1


def parts_of(spec: Path) -> tuple[list[Part], int]:
    parts, page = [], 1
    for exhibit in json.loads(spec.read_text(encoding="utf-8")):
        letter, title = exhibit["letter"], exhibit["title"]
        of = sum(pages for _, pages in exhibit["files"])
        parts.append(Part(exhibit["separator"], title, letter, 1, 0, 0, page))
        page += 1
        before = 0
        for name, pages in exhibit["files"]:
            file = Path(name).name
            parts.append(Part(name, file, letter, pages, before, of, page))
            before += pages
            page += pages
    return parts, page - 1


def stamps_of(part: Part, total: int) -> Iterator[tuple[str, str]]:
    for index in range(part.pages):
        exhibit = f"Exhibit {part.letter}, Page {part.before + index + 1} of {part.of}"
        yield exhibit if part.of else "", f"Page {part.first + index} of {total}"


def operators(exhibit: str, page: str) -> bytes:
    """Draw a stamp as content, with widths as Helvetica has them on the whole."""
    left, right = MIDDLE - len(exhibit) * 2.4, RIGHT - len(page) * 3.4
    return (
        f"BT /PkF 10 Tf {left:.1f} {FOOT} Td ({exhibit}) Tj ET "
        f"BT /PkF 7.5 Tf {right:.1f} {FOOT} Td ({page}) Tj ET"
    ).encode()


def overlay(parts: list[Part], total: int, target: object) -> None:
    """Draw all stamps as a PDF of their own with reportlab."""
    from reportlab.pdfgen import canvas

    paper = canvas.Canvas(target, pagesize=(WIDTH, 792), invariant=1)
    for part in parts:
        for exhibit, page in stamps_of(part, total):
            paper.setFont("Helvetica", 10)
            paper.drawCentredString(MIDDLE, FOOT, exhibit)
            paper.setFont("Helvetica", 7.5)
            paper.drawRightString(RIGHT, FOOT, page)
            paper.showPage()
    paper.save()


def pypdf_plain(spec: Path, target: Path) -> None:
    """Merge as tutorials do: append, then merge_page of a stamp drawn with reportlab."""
    from pypdf import PdfReader, PdfWriter

    parts, total = parts_of(spec)
    writer = PdfWriter()
    for part in parts:
        writer.append(part.path, import_outline=False)
        page = part.first - 1
        if part.of == 0:
            top = writer.add_outline_item(title=part.title, page_number=page)
        else:
            writer.add_outline_item(title=part.title, page_number=page, parent=top)
        stamps = io.BytesIO()
        overlay([part], total, stamps)
        stamps.seek(0)
        for index, stamp in enumerate(PdfReader(stamps).pages):
            writer.pages[part.first - 1 + index].merge_page(stamp)
    writer.write(target)


def pikepdf_best(spec: Path, target: Path) -> None:
    """Merge with what pikepdf does best: sources kept open, streams neither decoded nor packed."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream

    parts, total = parts_of(spec)
    pdf, opened = Pdf.new(), []
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    before = Stream(pdf, b"q\n")
    items: list[OutlineItem] = []
    for part in parts:
        opened.append(Pdf.open(part.path))
        pdf.pages.extend(opened[-1].pages)
        item = OutlineItem(part.title, part.first - 1)
        (items if part.of == 0 else items[-1].children).append(item)
        for index, stamp in enumerate(stamps_of(part, total)):
            page = pdf.pages[part.first - 1 + index].obj
            after = Stream(pdf, b"\nQ q " + operators(*stamp) + b" Q")
            content = page.get("/Contents")
            own = [] if content is None else content if isinstance(content, Array) else [content]
            page.Contents = Array([before, *own, after])
            if "/Resources" not in page:
                page.Resources = Dictionary()
            resources = page.Resources
            if "/Font" not in resources:
                resources.Font = Dictionary()
            resources.Font.PkF = font
    with pdf.open_outline() as outline:
        outline.root.extend(items)
    raw = pikepdf.StreamDecodeLevel.none
    pdf.save(target, stream_decode_level=raw, compress_streams=False)


def pymupdf(spec: Path, target: Path) -> None:
    """Merge with insert_pdf, insert_text and set_toc."""
    import pymupdf as mupdf  # type: ignore[import-not-found]  # in the benchmark's environment

    parts, total = parts_of(spec)
    document, outline = mupdf.open(), []
    for part in parts:
        with mupdf.open(part.path) as source:
            document.insert_pdf(source)
        outline.append([1 if part.of == 0 else 2, part.title, part.first])
        for index, (exhibit, number) in enumerate(stamps_of(part, total)):
            page = document[part.first - 1 + index]
            foot = page.rect.height - FOOT
            left = MIDDLE - len(exhibit) * 2.4
            if exhibit:
                page.insert_text((left, foot), exhibit, fontsize=10)
            page.insert_text((RIGHT - len(number) * 3.4, foot), number, fontsize=7.5)
    document.set_toc(outline)
    document.save(target)


def qpdf(spec: Path, target: Path) -> None:
    """Merge with the command line: --pages, and all stamps as one --overlay."""
    parts, total = parts_of(spec)
    with tempfile.TemporaryDirectory() as folder:
        stamps = str(Path(folder) / "stamps.pdf")
        overlay(parts, total, stamps)
        names = [part.path for part in parts]
        words = ["qpdf", "--empty", "--pages", *names, "--", "--overlay", stamps, "--", str(target)]
        done = subprocess.run(words, check=False)
    if done.returncode not in {0, 3}:  # 3: done, with warnings
        raise SystemExit(done.returncode)


def pdftk(spec: Path, target: Path) -> None:
    """Merge with the command line: cat, all stamps as one multistamp, then the outline."""
    parts, total = parts_of(spec)
    with tempfile.TemporaryDirectory() as folder:
        stamps, merged, stamped = (str(Path(folder) / f"{name}.pdf") for name in "abc")
        overlay(parts, total, stamps)
        outline = Path(folder) / "outline.txt"
        outline.write_text(
            "".join(
                f"BookmarkBegin\nBookmarkTitle: {part.title}\n"
                f"BookmarkLevel: {1 if part.of == 0 else 2}\nBookmarkPageNumber: {part.first}\n"
                for part in parts
            ),
            encoding="utf-8",
        )
        names = [part.path for part in parts]
        subprocess.run(["pdftk", *names, "cat", "output", merged], check=True)
        subprocess.run(["pdftk", merged, "multistamp", stamps, "output", stamped], check=True)
        words = ["pdftk", stamped, "update_info", str(outline), "output", str(target)]
        subprocess.run(words, check=True)


def copy(spec: Path, target: Path) -> None:
    """Copy the bytes of all inputs, one after the other: the least that any tool could do."""
    with target.open("wb") as written:
        for part in parts_of(spec)[0]:
            with Path(part.path).open("rb") as read:
                shutil.copyfileobj(read, written, 1 << 20)


TOOLS = {tool.__name__: tool for tool in (pypdf_plain, pikepdf_best, pymupdf, qpdf, pdftk, copy)}
LIBRARIES = {
    "pypdf_plain": ("pypdf", "reportlab.pdfgen.canvas"),
    "pikepdf_best": ("pikepdf",),
    "pymupdf": ("pymupdf",),
    "qpdf": ("reportlab.pdfgen.canvas",),
    "pdftk": ("reportlab.pdfgen.canvas",),
    "copy": (),
}


def cpu_seconds() -> float:
    """Give what this process and the programs that it called have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main(tool: str, spec: Path, target: Path) -> None:
    for library in LIBRARIES[tool]:
        importlib.import_module(library)
    before = cpu_seconds()
    TOOLS[tool](spec, target)
    print(cpu_seconds() - before)  # noqa: T201 - for the benchmark to read


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))

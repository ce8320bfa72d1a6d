"""What was stripped, waived and counted becomes tables of the preflight report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from packet_builder.assembly.preflight.tables import table_of
from packet_builder.documents.sheets.report import Piece, Row, Table

_UNHEARD = (
    "No word on them can be searched or read aloud. Nothing is wrong with that for filing; a quote "
    "from them, or another client's name on them, is not found by the program: look yourself. "
    "packet-builder ocr gives them words that can be searched."
)
_READ = (
    "Read by machine: {} page(s). Their words can be searched and read aloud, and may be wrong; no "
    "check of the program rests on them."
)


def left_out(manifest: Mapping[str, Any]) -> Table:
    """Give what was stripped from the evidence, file by file."""
    rows = [
        Row(((Piece(row["file"]),), tuple(map(Piece, (*row["removals"], *row["notes"])))))
        for row in manifest["intake"]
    ]
    rows += [
        Row(((Piece(_place(row)),), (Piece(f"not carried into the packet: {row['what']}"),)))
        for row in manifest["removals"]
    ]
    columns = (("File", 0.4), ("What was left out or mended", 0.6))
    return table_of("What was stripped", columns, rows, "Nothing was left out of any file.")


def _place(row: Mapping[str, Any]) -> str:
    file = row["file"] or row["document"]
    return f"{file}, page {row['page']}" if row["page"] else str(file)


def waived(manifest: Mapping[str, Any]) -> Table:
    """Give evidence that is not filed, with the reason."""
    rows = [
        Row(((Piece(row["title"]),), (Piece(row["waived"]),)))
        for row in manifest["exhibits"]
        if row["waived"]
    ]
    columns = (("Evidence that is not filed", 0.5), ("Reason", 0.5))
    return table_of("Waived evidence", columns, rows, "No evidence is waived.")


def pictures(manifest: Mapping[str, Any]) -> Table:
    """Give the exhibits with pages that are only pictures."""
    rows = [
        Row(
            (
                (Piece(f"Exhibit {row['letter']}: {row['title']}"),),
                (Piece(f"{len(row['picture_pages'])} of {row['pages']}"),),
                (Piece(spoken(row["picture_pages"])),),
            )
        )
        for row in manifest["exhibits"]
        if row["picture_pages"]
    ]
    read = [len(row["machine_read_pages"]) for row in manifest["exhibits"]]
    columns = (("Exhibit", 0.6), ("Pages", 0.14), ("Which of it", 0.26))
    table = table_of(
        "Pages that are only pictures", columns, rows, "Every page of every exhibit has text."
    )
    notes = (*((_UNHEARD,) if rows else ()), *((_READ.format(sum(read)),) if sum(read) else ()))
    return replace(table, notes=(*table.notes, *notes))


def spoken(numbers: Sequence[int]) -> str:
    """Give page numbers as a person writes them: "1-3, 7"."""
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    spans = ([number for _, number in run] for _, run in runs)
    return ", ".join(_span(span[0], span[-1]) for span in spans)


def pages(manifest: Mapping[str, Any]) -> Table:
    """Give the account of the pages: all, of the office, of our making."""
    pages = manifest["pages"]
    bound = manifest["packet"]
    sources = Counter(row["source"]["sha256"] for row in pages if row["source"])
    kinds = Counter(_kinds(manifest))
    rows = [
        _count("Pages of the packet, each accounted for exactly once", len(pages)),
        _count("of these, pages of the office's own files", sum(sources.values())),
        _count("of these, pages that the program made", len(pages) - sum(sources.values())),
        _count("Files of evidence", len(sources)),
        *(_count(f"Pages of kind {kind}", count) for kind, count in sorted(kinds.items())),
    ]
    notes = (f"{bound['file']}, {bound['bytes']:,} bytes, sha256 {bound['sha256']}",)
    return Table("Accounting", (("What", 0.8), ("Count", 0.2)), tuple(rows), notes)


def _kinds(manifest: Mapping[str, Any]) -> Iterator[str]:
    kinds = {row["id"]: row["kind"] for row in manifest["documents"]}
    yield from (kinds[row["document"]] for row in manifest["pages"])


def _count(what: str, count: int) -> Row:
    return Row(((Piece(what),), (Piece(f"{count:,}"),)))


def spans(manifest: Mapping[str, Any]) -> Table:
    """Give the pages of each document."""
    rows = tuple(
        Row(
            (
                (Piece(_named(row), row["first_page"]),),
                (Piece(_span(row["first_page"], row["last_page"])),),
            )
        )
        for row in manifest["documents"]
        if row["kind"] != "separator"
    )
    return Table("Documents, in order", (("Document", 0.8), ("Packet pages", 0.2)), rows)


def _named(row: Mapping[str, Any]) -> str:
    return f"Exhibit {row['exhibit']}: {row['title']}" if row["exhibit"] else str(row["title"])


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\u2013{last}"

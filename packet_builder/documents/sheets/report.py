"""A report for the office becomes a PDF and a page of HTML, both with its mark on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder import workspace
from packet_builder.documents.sheets.content import packet_address
from packet_builder.documents.sheets.packet_links import linked_to_packet
from packet_builder.documents.sheets.typeset import typeset

WHOLE_PAGE = (0.0, 0.0, 612.0, 792.0)
#: How a row is set off. Its state also stands in it as a word, for paper without colour.
_TONES = MappingProxyType(
    {"gap": "loud", "error": "loud", "weak": "quiet", "warning": "quiet", "sum": "sum"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on a line of its own, which may lead to a page of the packet."""

    text: str
    page: int | None = None  # of the packet


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `state` colours it and is printed in one of its cells."""

    cells: tuple[tuple[Piece, ...], ...]
    state: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a heading."""

    heading: str
    columns: tuple[tuple[str, float], ...]  # head, and width in parts of the whole
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()  # above the table, a paragraph each


@dataclass(frozen=True, slots=True)
class Part:
    """Tables that belong together."""

    heading: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the office reads before it files. It is never part of a packet."""

    title: str
    mark: str  # that says so, on every page
    packet: str  # the file that its links lead into, as seen from the report
    caption: tuple[str, ...]
    summary: tuple[str, ...]
    parts: tuple[Part, ...]


def report_values(report: Report) -> Mapping[str, Any]:
    """Give what report.typ receives."""
    return {
        "heading": report.title,
        "mark": report.mark,
        "caption": report.caption,
        "summary": report.summary,
        "parts": [
            {"heading": part.heading, "tables": [_table_values(table) for table in part.tables]}
            for part in report.parts
        ],
    }


def render_report(report: Report, target: Path, templates: Path) -> None:
    """Write a report as a PDF whose links lead into the packet beside it."""
    pdf = typeset(templates / "report.typ", report.title, report_values(report))
    workspace.write_whole(target, linked_to_packet(pdf.content, report.packet))


def report_html(report: Report) -> bytes:
    """Give a report as one page of HTML that needs nothing else and runs nothing."""
    body = "\n".join(_part_html(part, report.packet) for part in report.parts)
    lines = "".join(f"<p>{escape(line)}</p>" for line in report.caption)
    summary = "".join(f"<li>{escape(line)}</li>" for line in report.summary)
    page = _PAGE.format(
        title=escape(report.title),
        mark=escape(report.mark),
        style=_STYLE,
        caption=lines,
        summary=f"<ul>{summary}</ul>",
        body=body,
    )
    return page.encode()


def _table_values(table: Table) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "notes": table.notes,
        "columns": [{"head": head, "width": width} for head, width in table.columns],
        "rows": [
            {"tone": _tone(row.state), "cells": [_cell_values(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }


def _cell_values(cell: tuple[Piece, ...]) -> list[dict[str, str]]:
    return [{"text": piece.text, "target": _target(piece)} for piece in cell]


def _target(piece: Piece) -> str:
    return packet_address(piece.page, WHOLE_PAGE) if piece.page else ""


def _tone(state: str) -> str:
    return _TONES.get(state, "")


def _part_html(part: Part, packet: str) -> str:
    tables = "\n".join(_table_html(table, packet) for table in part.tables)
    return f"<section><h2>{escape(part.heading)}</h2>\n{tables}</section>"


def _table_html(table: Table, packet: str) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    head = "".join(
        f'<th scope="col" style="width:{width:.0%}">{escape(name)}</th>'
        for name, width in table.columns
    )
    rows = "\n".join(_row_html(row, packet) for row in table.rows)
    heading = f"<h3>{escape(table.heading)}</h3>{notes}"
    if not table.rows:
        return heading
    caption = f'<caption class="hidden">{escape(table.heading)}</caption>'
    return f"{heading}<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"


def _row_html(row: Row, packet: str) -> str:
    cells = "".join(f"<td>{_cell_html(cell, packet)}</td>" for cell in row.cells)
    tone = _tone(row.state)
    return f'<tr class="{tone}">{cells}</tr>' if tone else f"<tr>{cells}</tr>"


def _cell_html(cell: tuple[Piece, ...], packet: str) -> str:
    return "<br>".join(_piece_html(piece, packet) for piece in cell)


def _piece_html(piece: Piece, packet: str) -> str:
    text = f"<bdi>{escape(piece.text)}</bdi>"
    if piece.page is None:
        return text
    return f'<a href="{escape(packet, quote=True)}#page={piece.page}">{text}</a>'


_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.45 Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 68rem; margin: 0 auto; padding: 0 1.5rem 3rem; }
.mark { position: sticky; top: 0; background: #fff; border-bottom: 2px solid #a40000;
  color: #a40000; font-weight: bold; padding: .6rem 0; letter-spacing: .03em; }
h1 { font-size: 1.7rem; margin: 1.2rem 0 .4rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .3rem; border-bottom: 1px solid #111; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .2rem; }
p { margin: .2rem 0; }
h3 + p { color: #444; font-style: italic; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .4rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
th { font-size: .85rem; border-bottom: 2px solid #111; }
tr.loud td { color: #a40000; background: #fdeeee; font-weight: bold; }
tr.quiet td { color: #7a4b00; background: #fff6e5; }
tr.sum td { font-weight: bold; }
a { color: #00407a; }
.hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
@media print {
  .mark { position: static; }
  body { padding: 0; max-width: none; }
  tr { break-inside: avoid; }
  thead tr { break-after: avoid; }
  h2, h3 { break-after: avoid; }
}
""".strip()

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
{style}
@page {{
  margin: 20mm 15mm;
  @top-center {{ content: "{mark}"; color: #a40000; font-weight: bold; }}
}}
</style>
</head>
<body>
<p class="mark" role="note">{mark}</p>
<main>
<h1>{title}</h1>
{caption}
{summary}
{body}
</main>
<p class="mark" role="note">{mark}</p>
</body>
</html>
"""

"""A report for the office becomes a PDF, with its mark on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    share: float | None = None  # from 0 to 1: a bar above the text fills so much of its cell
    boxes: tuple[tuple[str, str], ...] = ()  # a letter each, and the state that colours it


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


def _table_values(table: Table) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "notes": table.notes,
        "columns": [{"head": head, "width": width} for head, width in table.columns],
        "rows": [
            {"tone": tone_of(row.state), "cells": [_cell_values(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }


def _cell_values(cell: tuple[Piece, ...]) -> list[dict[str, Any]]:
    return [
        {
            "text": piece.text,
            "target": _target(piece),
            "share": piece.share,
            "boxes": [{"letter": letter, "tone": tone_of(state)} for letter, state in piece.boxes],
        }
        for piece in cell
    ]


def _target(piece: Piece) -> str:
    return packet_address(piece.page, WHOLE_PAGE) if piece.page else ""


def tone_of(state: str) -> str:
    """Give how a row of a state is set off: `loud`, `quiet`, `sum`, or not at all."""
    return _TONES.get(state, "")

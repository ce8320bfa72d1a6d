"""The manifest becomes what lies beside a packet, for the office alone, and is never filed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.assembly.matrix_report import matrix_report
from packet_builder.assembly.preflight import preflight_report
from packet_builder.assembly.sheets import Printer
from packet_builder.assembly.signing_sheet import signing_sheet
from packet_builder.documents.sheets.content import SigningSheet
from packet_builder.documents.sheets.report import Report

SIGNING_SHEET = "signing-sheet"

REPORTS: Mapping[str, Callable[[Mapping[str, Any], str], Report]] = MappingProxyType(
    {"evidence-matrix": matrix_report, "preflight": preflight_report}
)


def papers_beside(manifest: Mapping[str, Any], packet: str, printer: Printer) -> Iterator[Path]:
    """Give signing sheet and reports, each made again only where what it says changed.

    `packet` is its file as seen from them.
    """
    sheet = signing_sheet(manifest, packet)
    yield from _kept(SIGNING_SHEET, sheet, printer)
    for name, make in REPORTS.items():
        yield from _kept(name, make(manifest, packet), printer)


def _kept(name: str, says: SigningSheet | Report, printer: Printer) -> Iterator[Path]:
    made_from = ("beside", name, printer.look, json.dumps(asdict(says)))
    place = printer.cache.kept(
        made_from, lambda folder: _make(name, says, folder, printer.templates)
    )
    yield from sorted(place.iterdir(), reverse=True)


def _make(name: str, says: SigningSheet | Report, folder: Path, templates: Path) -> None:
    from packet_builder.documents.sheets.report import render_report  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.sheets.report_html import report_html  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.sheets.sheets import render_signing_sheet  # noqa: PLC0415 - only when not kept

    pdf = folder / f"{name}.pdf"
    if isinstance(says, SigningSheet):
        render_signing_sheet(says, pdf, templates)
        return
    render_report(says, pdf, templates)
    (folder / f"{name}.html").write_bytes(report_html(says))

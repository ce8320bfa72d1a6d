"""The manifest becomes the reports that lie beside a packet, for the office alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.assembly.matrix_report import matrix_report
from packet_builder.assembly.preflight import preflight_report
from packet_builder.documents.sheets.report import Report, render_report
from packet_builder.documents.sheets.report_html import report_html

REPORTS: Mapping[str, Callable[[Mapping[str, Any], str], Report]] = MappingProxyType(
    {"evidence-matrix": matrix_report, "preflight": preflight_report}
)


def write_reports(
    manifest: Mapping[str, Any], packet: str, folder: Path, templates: Path
) -> Iterator[Path]:
    """Write each report as PDF and as HTML; `packet` is its file as seen from them."""
    for name, make in REPORTS.items():
        report = make(manifest, packet)
        pdf, html = folder / f"{name}.pdf", folder / f"{name}.html"
        render_report(report, pdf, templates)
        html.write_bytes(report_html(report))
        yield from (pdf, html)

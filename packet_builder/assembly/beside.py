"""The manifest becomes what lies beside a packet, for the office alone, and is never filed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packet_builder.assembly.sheets import Printer
from packet_builder.hands import Hands

if TYPE_CHECKING:  # start-up time
    from packet_builder.documents.sheets.content import SigningSheet
    from packet_builder.documents.sheets.report import Report

_PREFLIGHT, _MATRIX, _SIGNING_SHEET = "preflight", "evidence-matrix", "signing-sheet"
_PAPERS = (_PREFLIGHT, _MATRIX, _SIGNING_SHEET)  # the one that changes most first


@dataclass(frozen=True, slots=True)
class Paper:
    """One of the papers that lie beside a packet."""

    name: str
    manifest: Mapping[str, Any]  # all of it but for these papers
    printer: Printer


def begin_papers(
    manifest: Mapping[str, Any], printer: Printer, hands: Hands
) -> Callable[[], tuple[Path, ...]]:
    """Begin reports and signing sheet, and give what waits for their files."""
    begun = hands.begin(kept_paper, [Paper(name, manifest, printer) for name in _PAPERS])
    return lambda: tuple(path for paths in begun() for path in paths)


def kept_paper(paper: Paper) -> tuple[Path, ...]:
    """Give the files of a paper, made again only where what it says changed."""
    says = _said(paper)
    made_from = ("beside", paper.name, paper.printer.look, json.dumps(asdict(says)))
    place = paper.printer.cache.kept(made_from, lambda folder: _make(paper, says, folder))
    return tuple(sorted(place.iterdir(), reverse=True))


def _said(paper: Paper) -> SigningSheet | Report:
    packet = f"../{paper.manifest['packet']['file']}"  # as seen from the paper
    if paper.name == _SIGNING_SHEET:
        from packet_builder.assembly.signing_sheet import signing_sheet  # noqa: PLC0415 - start-up time

        return signing_sheet(paper.manifest, packet)
    from packet_builder.assembly.matrix_report import matrix_report  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.preflight import preflight_report  # noqa: PLC0415 - start-up time

    report = preflight_report if paper.name == _PREFLIGHT else matrix_report
    return report(paper.manifest, packet)


def _make(paper: Paper, says: SigningSheet | Report, folder: Path) -> None:
    from packet_builder.documents.sheets.content import SigningSheet  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.sheets.report import render_report  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.sheets.report_html import report_html  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.sheets.sheets import render_signing_sheet  # noqa: PLC0415 - only when not kept

    pdf = folder / f"{paper.name}.pdf"
    if isinstance(says, SigningSheet):
        render_signing_sheet(says, pdf, paper.printer.templates)
        return
    render_report(says, pdf, paper.printer.templates)
    (folder / f"{paper.name}.html").write_bytes(report_html(says))

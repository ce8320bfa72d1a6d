"""Binds what is on paper, accounts for every page, and publishes packet, letters and manifest."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder import __version__
from packet_builder.assembly.cache import digest_of_parts
from packet_builder.assembly.forms import form_rows
from packet_builder.assembly.paper import Paper
from packet_builder.assembly.reasons import reasons_for
from packet_builder.assembly.signatures import signature_rows
from packet_builder.packet.manifest import (
    MANIFEST,
    document_rows,
    exhibit_rows,
    manifest_bytes,
    waived_rows,
)
from packet_builder.plan.arrange import Plan
from packet_builder.rules.finding import Finding
from packet_builder.rules.report import finding_row
from packet_builder.workspace import digest_of, scratch_folder, write_whole

PACKET = "packet-DRAFT.pdf"
SIGNING_SHEET = Path("internal") / "signing-sheet.pdf"  # beside the packet: it is never filed


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a filing's packet lies, and what its manifest says in its head."""

    path: Path
    case: str
    filing: str
    date: dt.date
    engine: str
    templates: Path  # of pages


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    packet: Path | None  # None: findings stopped it, and nothing was written
    findings: tuple[Finding, ...]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()  # why documents were made again
    unchanged: bool = False

    @property
    def said(self) -> str:
        """Say in one line what was done."""
        pages = self.manifest["packet"]["pages"]
        if self.unchanged:
            return f"Nothing changed; the packet of {pages} pages is as it was."
        megabytes = self.manifest["packet"]["bytes"] / 1e6
        removals = len(self.manifest["removals"])
        things = "1 thing" if removals == 1 else f"{removals} things"
        left_out = f"; {things} left out, listed in {MANIFEST}" if removals else ""
        return f"Bound {pages} pages, {megabytes:.1f} MB; every page is accounted for{left_out}."


def publish(
    paper: Paper,
    plan: Plan,
    findings: Sequence[Finding],
    folder: Folder,
    tell: Callable[[str], None],
) -> Built:
    """Give the packet: the one that lies there when nothing changed, else one bound anew.

    Packet, signing sheet, letters and manifest are moved into place only after every page was
    accounted for; the manifest comes last and names the digest of its packet.
    """
    former = read_manifest(folder.path)
    head = _head(paper, plan, findings, folder)
    if former and former["made_from"] == head["made_from"] and _is_whole(folder.path, former):
        return Built(folder.path / PACKET, tuple(findings), former, unchanged=True)
    tell(f"binding {paper.numbering.pages} pages")
    with scratch_folder(folder.path) as scratch:
        manifest = {**head, **_bound(paper, plan, scratch / PACKET)}
        sheet = _signing_sheet(manifest, scratch, folder.templates)
        for letter in paper.letters:
            write_whole(folder.path / "letters" / letter.docx.name, letter.docx.read_bytes())
        for form in paper.forms:
            name = f"{form.planned.id}.pdf"
            write_whole(folder.path / "forms" / name, form.filled.read_bytes())
        write_whole(folder.path / SIGNING_SHEET, sheet.read_bytes())
        (scratch / PACKET).replace(folder.path / PACKET)
        write_whole(folder.path / MANIFEST, manifest_bytes(manifest))
    reasons = reasons_for(former, manifest)
    return Built(folder.path / PACKET, tuple(findings), manifest, reasons)


def read_manifest(folder: Path) -> Mapping[str, Any] | None:
    """Give the manifest of the packet in a folder; None where there is none that can be read."""
    try:
        content: Mapping[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content


def _head(paper: Paper, plan: Plan, findings: Sequence[Finding], folder: Folder) -> dict[str, Any]:
    """Give all of the manifest that is known before binding, and the digest of it."""
    made_from = {letter.planned.id: letter.made_from for letter in paper.letters}
    head = {
        "case": folder.case,
        "filing": folder.filing,
        "title": plan.title,
        "date": folder.date.isoformat(),
        "state": "draft",
        "versions": {"program": __version__, "engine": folder.engine},
        "documents": document_rows(paper.documents, paper.numbering, made_from),
        "exhibits": [*exhibit_rows(paper.documents, _cited_by(paper)), *waived_rows(plan.waived)],
        "forms": form_rows(plan.documents, paper.forms),
        "signatures": signature_rows(paper),
        "findings": [finding_row(finding) for finding in findings],
    }
    return {**head, "made_from": digest_of_parts((json.dumps(head, sort_keys=True),))}


def _bound(paper: Paper, plan: Plan, target: Path) -> dict[str, Any]:
    """Bind the packet and open it again: every source page must be found on its packet page."""
    from packet_builder.packet.accounting import account  # noqa: PLC0415 - only when bound anew
    from packet_builder.packet.bind import Binding, bind  # noqa: PLC0415 - only when bound anew
    from packet_builder.packet.record import bound_rows  # noqa: PLC0415 - only when bound anew

    bound = bind(paper.documents, paper.numbering, target, Binding(plan.title, draft=True))
    entries = account(target, paper.documents, paper.numbering)
    packet = {
        "file": PACKET,
        "sha256": digest_of(target),
        "pages": bound.pages,
        "bytes": target.stat().st_size,
    }
    return {"packet": packet, **bound_rows(bound, entries)}


def _signing_sheet(manifest: Mapping[str, Any], scratch: Path, templates: Path) -> Path:
    from packet_builder.assembly.signing_sheet import write_signing_sheet  # noqa: PLC0415 - only when bound anew

    sheet = scratch / SIGNING_SHEET.name
    write_signing_sheet(manifest, f"../{PACKET}", sheet, templates)
    return sheet


def _cited_by(paper: Paper) -> dict[str, list[str]]:
    cited: dict[str, list[str]] = {}
    for one in paper.cited:
        cited.setdefault(one.exhibit, []).append(f"{one.document}: {one.text}")
    return cited


def _is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    path = folder / PACKET
    is_there = path.is_file() and (folder / SIGNING_SHEET).is_file()
    return is_there and digest_of(path) == manifest["packet"]["sha256"]

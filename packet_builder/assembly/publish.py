"""Binds what is on paper, accounts for every page, and publishes packet, letters and manifest."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder import __version__, system
from packet_builder.assembly.answers import enclosure_rows
from packet_builder.assembly.builds import remember
from packet_builder.assembly.cache import Cache, digest_of_parts, program_digest
from packet_builder.assembly.facts_seen import FactsSeen
from packet_builder.assembly.form_rows import form_rows
from packet_builder.assembly.forms import addendum_id
from packet_builder.assembly.letter_facts import letter_rows
from packet_builder.assembly.order import Built
from packet_builder.assembly.paper import Paper
from packet_builder.assembly.reasons import reasons_for
from packet_builder.assembly.sheets import Printer
from packet_builder.assembly.signatures import signature_rows
from packet_builder.assembly.weighed import Weighed, weighed_rows
from packet_builder.hands import Hands
from packet_builder.kept import keep, keep_file, place_of
from packet_builder.model.audience import Audience
from packet_builder.packet.manifest import (
    FORMAT,
    MANIFEST,
    Origin,
    document_rows,
    exhibit_rows,
    manifest_bytes,
    packet_name,
    read_manifest,
    waived_rows,
)
from packet_builder.plan.arrange import Plan
from packet_builder.workspace import digest_of, put_in_place, scratch_folder, write_whole

#: What a case's cache may take: so much, and as much as so many of its packets.
_CACHE_BYTES, _CACHE_TIMES = 256_000_000, 4
INTERNAL = "internal"  # what lies in this folder beside the packet is never filed


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a filing's packet lies, and what its manifest says in its head."""

    path: Path
    case: str
    filing: str
    date: dt.date
    engine: str
    printer: Printer
    facts: FactsSeen
    filing_row: Mapping[str, Any]  # what date matters, who may approve
    signers: Mapping[str, str]  # roles, by name


def publish(  # noqa: PLR0913, PLR0917 - all that a build came to, and who does the work
    paper: Paper,
    plan: Plan,
    weighed: Weighed,
    folder: Folder,
    tell: Callable[[str], None],
    hands: Hands,
) -> Built:
    """Give the packet: the one that lies there when nothing changed, else one bound anew.

    Packet, letters, what lies beside them and the manifest are moved into place only after every
    page was accounted for. All that the manifest names is kept by its digest first; the manifest
    comes last.
    """
    name, former = packet_name(plan.audience), read_manifest(folder.path)
    if former is not None:
        remember(folder.path, former)
    head = _head(paper, plan, weighed, folder)
    if former and _is_of(former, head) and _is_whole(folder.path, former):
        manifest = _with_facts(former, folder)
        return Built(folder.path / name, tuple(head["findings"]), manifest, unchanged=True)
    tell(f"binding {paper.numbering.pages} pages")
    with scratch_folder(folder.path) as scratch:
        bound = _bound(paper, plan, scratch / name, folder.printer.cache, hands)
        manifest = {**head, **bound, **_keep_facts(folder)}
        begun = _begin_papers(manifest, folder.printer, hands)
        tell("keeping what was made")
        _keep(paper, plan, folder.path)
        keep_file(folder.path, scratch / name, manifest["packet"]["sha256"])
        beside = begun()
        manifest["internal"] = [
            {"file": path.name, "sha256": keep_file(folder.path, path)} for path in beside
        ]
        for letter in paper.letters:
            copy = folder.path / "letters" / f"{letter.planned.id}.docx"
            write_whole(copy, letter.docx.read_bytes())
        for form in paper.forms:
            copy = folder.path / "forms" / f"{form.planned.id}.pdf"
            write_whole(copy, form.filled.read_bytes())
        for path in beside:
            write_whole(folder.path / INTERNAL / path.name, path.read_bytes())
        put_in_place(scratch / name, folder.path / name)
        write_whole(folder.path / MANIFEST, manifest_bytes(manifest))
    _remove_others(folder.path, name)
    remember(folder.path, manifest)
    folder.printer.cache.trim(_CACHE_BYTES + _CACHE_TIMES * manifest["packet"]["bytes"])
    reasons = reasons_for(former, manifest)
    return Built(folder.path / name, tuple(head["findings"]), manifest, reasons)


def _remove_others(folder: Path, name: str) -> None:
    """Remove a packet under another name: the filing was of another kind before."""
    for other in map(packet_name, Audience):
        if other != name:
            system.remove(folder / other)


def _is_of(former: Mapping[str, Any], head: Mapping[str, Any]) -> bool:
    """Tell whether a packet was made from the same, and its manifest says all that ours would."""
    return bool(former["format"] == FORMAT and former["made_from"] == head["made_from"])


def _with_facts(former: Mapping[str, Any], folder: Folder) -> Mapping[str, Any]:
    """Give the manifest of a packet that stays, with the facts as they are written now."""
    manifest = {**former, **_keep_facts(folder)}
    if manifest != former:
        write_whole(folder.path / MANIFEST, manifest_bytes(manifest))
    return manifest


def _keep_facts(folder: Folder) -> dict[str, Any]:
    kept = keep(folder.path, folder.facts.text)
    return {"facts": {"sha256": kept, "files": list(folder.facts.files)}}


def _keep(paper: Paper, plan: Plan, folder: Path) -> None:
    """Keep all that an approval may have to be compared with."""
    for planned in plan.documents:
        keep(folder, planned.text.encode())
    for path in (*(one.docx for one in paper.letters), *(one.filled for one in paper.forms)):
        keep_file(folder, path)


def _origins(paper: Paper, plan: Plan) -> dict[str, Origin]:
    origins = {planned.id: Origin(planned.digest) for planned in plan.documents}
    for letter in paper.letters:
        facts, template = letter.made_from
        made_from = {"facts": facts, "template": template, **letter.own}
        origins[letter.planned.id] = Origin(facts, made_from, digest_of(letter.docx))
    for form in paper.forms:
        blank = (form.planned.context or {})["sha256"]
        made_from = {"facts": form.planned.digest, "blank": blank}
        origins[form.planned.id] = Origin(form.planned.digest, made_from, digest_of(form.filled))
        origins[addendum_id(form.planned)] = Origin(form.planned.digest, made_from)
    return origins


def _head(paper: Paper, plan: Plan, weighed: Weighed, folder: Folder) -> dict[str, Any]:
    """Give all of the manifest that is known before binding, and the digest of it."""
    head = {
        "case": folder.case,
        "filing": folder.filing,
        "title": plan.title,
        "audience": plan.audience.value,
        "date": folder.date.isoformat(),
        **folder.filing_row,
        "state": "internal" if plan.audience is Audience.OFFICE else "draft",
        "versions": {"program": __version__, "engine": folder.engine},
        "documents": document_rows(paper.documents, paper.numbering, _origins(paper, plan)),
        "exhibits": [
            *exhibit_rows(paper.documents, _cited_by(paper), _pictures(weighed)),
            *waived_rows(plan.waived),
        ],
        "enclosures": enclosure_rows(paper.documents),
        "forms": form_rows(plan.documents, paper.forms, weighed.forms),
        "letters": letter_rows(paper.letters, weighed.forms.files),
        "signatures": signature_rows(paper, folder.signers),
        **weighed_rows(weighed, paper, plan),
    }
    parts = (json.dumps(head, sort_keys=True), program_digest(), folder.printer.look)
    return {**head, "made_from": digest_of_parts(parts)}


def _bound(paper: Paper, plan: Plan, target: Path, cache: Cache, hands: Hands) -> dict[str, Any]:
    """Bind the packet and open it again: every source page must be found on its packet page."""
    from packet_builder.packet.accounting import account  # noqa: PLC0415 - only when bound anew
    from packet_builder.packet.bind import Binding, bind  # noqa: PLC0415 - only when bound anew
    from packet_builder.packet.proofs import Proofs  # noqa: PLC0415 - only when bound anew
    from packet_builder.packet.record import bound_rows  # noqa: PLC0415 - only when bound anew

    documents, numbering = paper.documents, paper.numbering
    internal = plan.audience is Audience.OFFICE
    binding = Binding(plan.title, draft=not internal, internal=internal)
    bound = bind(documents, numbering, target, binding, cache)
    proofs = None if internal else Proofs(bound, cache)  # what may stand here may not stand there
    entries = account(target, documents, numbering, hands, proofs, internal=internal)
    packet = {
        "file": target.name,
        "sha256": digest_of(target),
        "pages": bound.pages,
        "bytes": target.stat().st_size,
    }
    return {"packet": packet, **bound_rows(bound, entries)}


def _begin_papers(
    manifest: Mapping[str, Any], printer: Printer, hands: Hands
) -> Callable[[], tuple[Path, ...]]:
    """Begin what lies beside the packet and is never filed: reports and signing sheet."""
    from packet_builder.assembly.beside import begin_papers  # noqa: PLC0415 - only when bound anew

    return begin_papers(manifest, printer, hands)


def _pictures(weighed: Weighed) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    return {name: (seen.picture_pages, seen.read) for name, seen in weighed.dossier.seen.items()}


def _cited_by(paper: Paper) -> dict[str, list[str]]:
    cited: dict[str, list[str]] = {}
    for one in paper.cited:
        cited.setdefault(one.exhibit, []).append(f"{one.document}: {one.text}")
    return cited


def _is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    path, packet = folder / manifest["packet"]["file"], manifest["packet"]["sha256"]
    beside = [folder / INTERNAL / row["file"] for row in manifest["internal"]]
    is_there = all(one.is_file() for one in (path, *beside))
    if not is_there or digest_of(path) != packet:
        return False
    rows = manifest["documents"]
    named = {packet, *(row[key] for row in rows for key in ("planned", "editable"))} - {None}
    return all(place_of(folder, digest).is_file() for digest in named)

"""A final packet and the law of its day become the list by which a person sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from packet_builder.documents.sheets.report import Part, Piece, Report, Row, Table
from packet_builder.law.delivery_limits import DELIVERY_LIMITS
from packet_builder.law.law import Law
from packet_builder.law.table import SourceStatus
from packet_builder.model.audience import Audience
from packet_builder.packet import parts as upload
from packet_builder.packet.manifest import audience_of
from packet_builder.review.answering import NOTICE, in_time, noted, on_top
from packet_builder.review.handover import OFFICE, PACKET, Step, carried, given
from packet_builder.review.log import short
from packet_builder.review.photographs import photographs
from packet_builder.rules.internal_mark import INTERNAL_MARK

_BOX = "\u25a1"
_COLUMNS = (("", 0.04), ("What to do", 0.56), ("Source", 0.4))
_PART_COLUMNS = (("File", 0.2), ("Pages", 0.1), ("Bytes, of the limit", 0.22), ("Holds", 0.48))
_PAYMENT_FORMS = frozenset({"G-1450", "G-1650"})
Way = Callable[[Mapping[str, Any]], Iterator[tuple[str, tuple[Step, ...]]]]


def checklist(
    manifest: Mapping[str, Any], law: Law, on: dt.date, parts: Sequence[upload.Part]
) -> Report:
    """Give the list for a final packet."""
    final, packet = manifest["final"], manifest["packet"]
    how, tables = _way(manifest, law, on, parts)
    return Report(
        title="Delivery Checklist",
        mark=INTERNAL_MARK,
        packet=packet["file"],
        caption=(
            manifest["title"],
            f"Case {manifest['case']}, made final on {final['date']}",
            f"{packet['file']}, {packet['pages']} pages, fingerprint {short(packet['sha256'])}",
            f"Head of the log: {short(final['log_head'])}",
        ),
        summary=(how,),
        parts=(Part("Step by step", tuple(tables)),),
    )


def _way(
    manifest: Mapping[str, Any], law: Law, on: dt.date, parts: Sequence[upload.Part]
) -> tuple[str, Iterator[Table]]:
    """Say in words how the packet reaches whom it is for, and give the steps."""
    audience = audience_of(manifest)
    if audience is Audience.PAROLEE:
        return "To be carried to the port of entry; not filed", _handed(manifest, carried)
    if audience is Audience.CLIENT:
        return "To be handed to the client; not filed", _handed(manifest, given)
    if manifest["delivery"]["mode"] is None:
        return "Handed over", _by_hand(manifest)
    if manifest["delivery"]["mode"] == "paper":
        return "By mail", _paper(manifest, law, on)
    return "Through the online account", _online(manifest, law, on, parts)


def _handed(manifest: Mapping[str, Any], way: Way) -> Iterator[Table]:
    yield Table("Print and sign", _COLUMNS, tuple(_signing(manifest)))
    for heading, steps in way(manifest):
        yield Table(heading, _COLUMNS, tuple(map(_stepped, steps)))


def _by_hand(manifest: Mapping[str, Any]) -> Iterator[Table]:
    yield Table("Print and sign", _COLUMNS, tuple(_signing(manifest)))


def _paper(manifest: Mapping[str, Any], law: Law, on: dt.date) -> Iterator[Table]:
    yield Table("Print and sign", _COLUMNS, tuple(_signing(manifest)))
    yield Table("Pay", _COLUMNS, tuple(_payment(manifest)))
    inside = (*on_top(manifest), *photographs(manifest, law, on))
    together = (*map(_stepped, inside), *_limits(manifest, law, "paper", on))
    yield Table("Put together", _COLUMNS, together)
    address = [row for row in manifest["law"] if row["table"] == "filing_addresses"]
    sources = [_source(row) for row in address] or [(Piece(NOTICE),)]
    lines = tuple(Piece(line) for line in manifest["delivery"]["address"])
    rows = tuple(Row(((Piece(_BOX),), lines, source)) for source in sources)
    sent = (*rows, *map(_stepped, in_time(manifest)))
    yield Table(f"Send, by {manifest['delivery']['carrier']}", _COLUMNS, sent)
    yield Table("Afterwards", _COLUMNS, tuple(_afterwards(manifest)))


def _online(
    manifest: Mapping[str, Any], law: Law, on: dt.date, parts: Sequence[upload.Part]
) -> Iterator[Table]:
    yield Table("Sign", _COLUMNS, tuple(_signing(manifest)))
    yield Table("Pay", _COLUMNS, tuple(_payment(manifest)))
    beside = (*photographs(manifest, law, on), *in_time(manifest))
    uploading = (*_limits(manifest, law, "online", on), *map(_stepped, beside))
    yield Table("Upload", _COLUMNS, uploading)
    limit = law.any_in_force(DELIVERY_LIMITS, "upload_bytes", on).limit
    rows = tuple(_part(part, limit) for part in parts)
    notes = ("Each file in the order of its number. Every page of the packet is in one of them.",)
    yield Table("Files in the folder upload", _PART_COLUMNS, rows, notes)
    yield Table("Afterwards", _COLUMNS, tuple(_afterwards(manifest)))


def _signing(manifest: Mapping[str, Any]) -> Iterator[Row]:
    pages, file = manifest["packet"]["pages"], manifest["packet"]["file"]
    yield _step(f"Print all {pages} pages of {file} at their full size, US Letter.", PACKET)
    people = {row["person"] for row in manifest["signatures"] if row["person"]}
    signed = [row for row in manifest["signatures"] if row["what"] == "signature"]
    if signed:
        words = (
            f"Have {len(signed)} signature(s) of {len(people)} person(s) written by hand in black "
            "ink, as signing-sheet.pdf lists them. A typed or stamped name is none."
        )
        yield _step(words, "Instructions for Form I-131, p. 16", "primary")


def _payment(manifest: Mapping[str, Any]) -> Iterator[Row]:
    for row in manifest["forms"]:
        if row["form"] in _PAYMENT_FORMS:
            page = _page_of(manifest, row["document"])
            words = f"Form {row['form']} on top of the request of {row['person']}: page {page}"
            source = "Forms G-1450 and G-1650: on top of the package; one for each request"
            yield _step(words, source, "primary", page=page)
    for row in manifest["fees"]:
        amount = f"${row['usd']:,}, {row['what']}, {row['person']}: {row['how']}"
        yield _step(amount, row["source"], row["status"], row["checked_on"])


def _limits(manifest: Mapping[str, Any], law: Law, mode: str, on: dt.date) -> Iterator[Row]:
    forms = {row["form"] for row in manifest["forms"]}
    documents = {row["id"] for row in manifest["documents"]}
    idle = set() if "G-1145" in forms else {"e_notification"}
    idle |= set() if "expedite" in documents else {"expedite_mark"}
    for row in law.rows(DELIVERY_LIMITS):
        if row.mode == mode and row.is_in_force(on) and row.id not in idle:
            checked = row.checked_on.isoformat()
            yield _step(row.text, row.source, row.status.value, checked)


def _afterwards(manifest: Mapping[str, Any]) -> Iterator[Row]:
    yield _step("Keep the tracking number, or the confirmation of the account.", OFFICE)
    if manifest.get("answers"):
        yield from map(_stepped, noted(manifest))
    else:
        command = f"packet-builder receipt {manifest['case']} NUMBER"
        yield _step(f"When the receipt notice comes: {command}", OFFICE)
    if manifest["key_date"]:
        key = manifest["key_date"]
        yield _step(f"The date that matters: {key['date']}, {key['event']}", "the facts")


def _part(part: upload.Part, limit: int | None) -> Row:
    pages = f"{part.first}-{part.last}" if part.first != part.last else str(part.first)
    cells = ((Piece(part.file),), (Piece(pages, part.first),), (_size(part.bytes, limit),))
    return Row((*cells, tuple(map(Piece, part.titles))))


def _size(size: int, limit: int | None) -> Piece:
    if not limit:
        return Piece(f"{size:,}")
    return Piece(f"{size:,}, {size / limit:.0%}", share=size / limit)


def _stepped(step: Step) -> Row:
    return _step(step.words, step.source, step.status, step.checked)


def _step(
    words: str,
    source: str,
    status: str | None = None,
    checked: str | None = None,
    *,
    page: int | None = None,
) -> Row:
    proof = [Piece(source)]
    if status is not None:
        since = f"; checked on {checked}" if checked else ""
        proof.append(Piece(f"{SourceStatus(status).words}{since}"))
    state = "warning" if status in {"secondary", "unverified"} else ""
    return Row(((Piece(_BOX),), (Piece(words, page),), tuple(proof)), state)


def _source(row: Mapping[str, Any]) -> tuple[Piece, ...]:
    sure = f"{SourceStatus(row['status']).words}; checked on {row['checked_on']}"
    confirm = (Piece(f"confirm: {row['confirm']}"),) if row["confirm"] else ()
    return (Piece(row["source"]), Piece(sure), *confirm)


def _page_of(manifest: Mapping[str, Any], document: str) -> int:
    page: int = next(row["first_page"] for row in manifest["documents"] if row["id"] == document)
    return page

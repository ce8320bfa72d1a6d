"""An approved packet becomes the final one: its own bytes without the mark, and all to file it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from packet_builder.case_lock import case_lock
from packet_builder.errors import ExitCode, PacketError, UsageError
from packet_builder.kept import kept_file
from packet_builder.law.delivery_limits import DELIVERY_LIMITS
from packet_builder.law.law import Law
from packet_builder.law.office import FILE, read_office_law
from packet_builder.model.audience import Audience
from packet_builder.packet.finals import FINAL, FINAL_PACKET, Final, finals_of
from packet_builder.packet.manifest import MANIFEST, audience_of, manifest_bytes
from packet_builder.packet.parts import Part, Unit, write_parts
from packet_builder.packet.unmarked import Mark, prove, write_unmarked
from packet_builder.review.docket import Docket, check_whole, open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.log import Log, append
from packet_builder.review.obstacles import obstacles_of
from packet_builder.review.record import Record
from packet_builder.review.standing import Standing, standings
from packet_builder.workspace import digest_of, whole_folder, write_whole

UPLOAD = "upload"
_FINALIZED = "finalized"

#: Writes the signing sheet and the checklist of a final packet into a folder.
Sheets = Callable[[Mapping[str, Any], Law, Sequence[Part], Path], None]


class NotReadyError(PacketError):
    """A packet cannot be made final yet; every reason is in the message."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, case: str, reasons: Sequence[str]) -> None:
        listed = "\n".join(f"  - {reason}" for reason in reasons)
        super().__init__(
            f'the packet of "{case}" cannot be filed yet:\n{listed}\n'
            "Nothing final was made; the draft and its approvals are as they were."
        )
        self.reasons = tuple(reasons)


class NeverFinalError(UsageError):
    """What is internal to the office is never made final: nothing of it is filed or handed out."""

    def __init__(self, case: str, filing: str) -> None:
        super().__init__(
            f'"{filing}" of "{case}" is internal to the office. It is never made final, filed or '
            "handed to anybody. Nothing was made; read it where it lies."
        )


@dataclass(frozen=True, slots=True)
class Finalized:
    """What was made final."""

    folder: Path
    manifest: Mapping[str, Any]
    log: Log
    was_there: bool  # made by an earlier run, from the same packet


def finalize(
    case: Path, case_output: Path, filing: str | None, on: dt.date, sheets: Sheets
) -> Finalized:
    """Promote the approved bytes into a folder of their own, which is never changed again.

    Raises NeverFinalError for what is internal; NotReadyError with every reason at once;
    MarkUnclearError, FinalDiffersError, PageTooLargeError; and what open_docket, check_whole and
    read_record raise.
    """
    with case_lock(case, case_output):
        docket = open_docket(case, case_output, filing)
        if audience_of(docket.manifest) is Audience.OFFICE:
            raise NeverFinalError(docket.case, docket.filing.name)
        check_whole(docket)
        record = record_of(docket)
        decided = standings(docket, record.of_filing(docket.manifest["filing"]))
        reasons = (*_missing(decided), *_replaced(docket), *obstacles_of(docket, on))
        if reasons:
            raise NotReadyError(docket.case, reasons)
        there = _final_of(docket)
        if there is not None:
            log = _logged(docket, there.folder, there.manifest)
            return Finalized(there.folder, there.manifest, log, was_there=True)
        return _made(docket, decided, record, on, sheets)


def _missing(decided: Sequence[Standing]) -> Iterator[str]:
    for one in decided:
        if one.is_approved:
            continue
        why = f": {'; '.join(one.reasons)}" if one.reasons else ""
        yield f"{one.subject.short}: {one.state.value}{why}"


def _replaced(docket: Docket) -> Iterator[str]:
    for name in docket.replaced_since():
        yield f"{name} was changed or removed since the packet was built: build again"


def _final_of(docket: Docket) -> Final | None:
    """Give the final that was made of this very packet, if there is one."""
    packet = docket.manifest["packet"]["sha256"]
    return next((one for one in finals_of(docket.filing) if one.approved == packet), None)


def _made(
    docket: Docket, decided: Sequence[Standing], record: Record, on: dt.date, sheets: Sheets
) -> Finalized:
    approved = docket.manifest["packet"]["sha256"]
    draft = kept_file(docket.filing, approved)
    law = read_office_law(docket.facts.parent / FILE)
    target = _next_folder(docket.filing / FINAL, on)
    with whole_folder(target) as folder:
        packet = folder / FINAL_PACKET
        mark = write_unmarked(draft, packet)
        prove(draft, packet, mark, approved)
        parts = _parts(docket, law, on, packet)
        manifest = _final_manifest(docket, decided, record, packet, mark)
        manifest["final"]["date"] = on.isoformat()
        manifest["final"]["parts"] = [asdict(part) for part in parts]
        sheets(manifest, law, parts, folder)
        manifest["final"]["files"] = list(_files(folder))
        write_whole(folder / MANIFEST, manifest_bytes(manifest))
    return Finalized(target, manifest, _logged(docket, target, manifest), was_there=False)


def _next_folder(finals: Path, on: dt.date) -> Path:
    """Give a name that no final has yet: the day, and a number where there are several."""
    number = 1
    while (folder := finals / f"{on.isoformat()}-{number}").exists():
        number += 1
    return folder


def _parts(docket: Docket, law: Law, on: dt.date, packet: Path) -> tuple[Part, ...]:
    is_filed = audience_of(docket.manifest) is Audience.AGENCY
    if not is_filed or docket.manifest["delivery"]["mode"] != "online":
        return ()
    limit = law.any_in_force(DELIVERY_LIMITS, "upload_bytes", on).limit
    units = tuple(_units(docket.manifest["documents"]))
    return write_parts(packet, units, packet.parent / UPLOAD, limit or 0)


def _units(rows: Sequence[Mapping[str, Any]]) -> Iterator[Unit]:
    """Give what stays together: each document, and each exhibit with its separator."""
    separator: Mapping[str, Any] | None = None
    for row in rows:
        if row["kind"] == "separator":
            separator = row
            continue
        first = separator["first_page"] if separator else row["first_page"]
        title = f"Exhibit {row['exhibit']}, {row['title']}" if row["exhibit"] else row["title"]
        yield Unit(title, first, row["last_page"])
        separator = None


def _final_manifest(
    docket: Docket, decided: Sequence[Standing], record: Record, packet: Path, mark: Mark
) -> dict[str, Any]:
    by = {one.subject.id: _approval(one) for one in decided}
    documents = [
        {**row, "approved_by": by.get(row["id"], by["packet"])}
        for row in docket.manifest["documents"]
    ]
    return {
        **docket.manifest,
        "state": "final",
        "documents": documents,
        "packet": {
            "file": FINAL_PACKET,
            "sha256": digest_of(packet),
            "pages": docket.manifest["packet"]["pages"],
            "bytes": packet.stat().st_size,
        },
        "final": {
            "approved_packet": docket.manifest["packet"]["sha256"],
            "approved_by": by["packet"],
            "mark": {"offset": mark.offset, "drawn": mark.drawn.decode("latin-1")},
            "log_head": record.log.head,
        },
    }


def _approval(one: Standing) -> dict[str, str | None]:
    assert one.decision is not None, one.subject.id  # noqa: S101 - it is approved
    return {"by": one.decision.by, "role": one.decision.role, "when": one.decision.when}


def _files(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield {"file": path.relative_to(folder).as_posix(), "sha256": digest_of(path)}


def _logged(docket: Docket, folder: Path, manifest: Mapping[str, Any]) -> Log:
    """Note the final in the log; also one that a run could not note before it was cut off."""
    said = {"folder": folder.name, "packet": manifest["packet"]["sha256"]}
    record = record_of(docket)
    if said in [dict(entry.said) for entry in record.log.of_kind(_FINALIZED)]:
        return record.log
    return append(docket.review, _FINALIZED, [said])

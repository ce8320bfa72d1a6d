"""Manifests and decisions become a table of many cases, or of one case's documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packet_builder.agenda.agenda import read_agenda
from packet_builder.agenda.rows import next_row
from packet_builder.errors import PacketError
from packet_builder.packet.finals import Final, finals_of
from packet_builder.review.docket import Docket, filings_of, open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.obstacles import obstacles_of
from packet_builder.review.receipts import receipts_of
from packet_builder.review.standing import Standing, State, standings, why_stale

_HEAD = (
    *("case", "filing", "days", "date that matters", "next deadline"),
    *("against", "stale", "to approve", "state"),
)
_DOCUMENT_HEAD = ("state", "pages", "decided", "document")


def cases(case_folders: Path, output: Path, on: dt.date) -> list[dict[str, Any]]:
    """Give one row for each filing of each case; a case without a packet has one row too.

    A case whose decisions cannot be read says so in its row, and hides no other.
    """
    rows: list[dict[str, Any]] = []
    for folder in sorted(case_folders.glob("*/")):
        if any(folder.glob("*.y*ml")):
            place = output / folder.name
            built = [_row(folder, place, filing, on) for filing in filings_of(place)]
            deadline = _deadline(folder, place, on)
            found = built or [{**_NOTHING, "case": folder.name}]
            rows += [{**row, "deadline": deadline} for row in found]
    return rows


def one_case(case: Path, case_output: Path, filing: str | None, on: dt.date) -> dict[str, Any]:
    """Give the row of a filing with all its documents; raises what open_docket raises."""
    docket = open_docket(case, case_output, filing)
    decisions = record_of(docket).of_filing(docket.manifest["filing"])
    found = standings(docket, decisions)
    return {
        **_summary(docket, found, on),
        "deadline": _deadline(case, case_output, on),
        "documents": [_document_row(one) for one in found],
        "why_stale": list(why_stale(found)),
        "against_filing": list(obstacles_of(docket, on)),
        "finals": [_final_row(docket, one) for one in finals_of(docket.filing)],
    }


def case_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Give the table of many cases as it is printed."""
    cells = [_HEAD, *(_cells(row) for row in rows)]
    yield from _table(cells)


def document_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """Give one case as it is printed: its documents, why some are stale, what else is open."""
    yield f"{row['case']}, {row['filing']}: {row['state']}"
    if row["key_date"]:
        yield f"{_days(row)} days to {row['key_date']['event']} on {row['key_date']['date']}"
    yield ""
    cells = [_DOCUMENT_HEAD]
    for one in row["documents"]:
        by = f"{one['when'][:10]} {one['by']}" if one["by"] else ""
        remarks = f" ({one['comments']} remarked)" if one["comments"] else ""
        cells.append((one["state"], one["pages"], by, one["title"] + remarks))
    yield from _table(cells)
    asked = [one for one in row["documents"] if one["state"] == State.CHANGES_REQUESTED]
    yield from _part("Why", (*row["why_stale"], *_whole(row)))
    yield from _part("Asked for", tuple(reason for one in asked for reason in one["reasons"]))
    yield from _part("Against filing it", row["against_filing"])
    yield from _part("Filed", [f"{one['folder']}: {one['said']}" for one in row["finals"]])


def _whole(row: Mapping[str, Any]) -> tuple[str, ...]:
    packet = row["documents"][-1]
    if packet["state"] != State.STALE:
        return ()
    return (f"{'; '.join(packet['reasons'])}: the packet as a whole needs approval again",)


def _row(folder: Path, case_output: Path, filing: str, on: dt.date) -> dict[str, Any]:
    try:
        docket = open_docket(folder, case_output, filing)
        decisions = record_of(docket).of_filing(docket.manifest["filing"])
        return _summary(docket, standings(docket, decisions), on)
    except PacketError:
        return {**_NOTHING, "case": folder.name, "filing": filing, "state": "cannot be read"}


_NOTHING: Mapping[str, Any] = {
    "case": "",
    "filing": None,
    "key_date": None,
    "days": None,
    "deadline": None,
    "against": None,
    "stale": None,
    "missing": None,
    "state": "no packet",
}


def _summary(docket: Docket, found: Sequence[Standing], on: dt.date) -> dict[str, Any]:
    key = docket.manifest["key_date"]
    against = list(obstacles_of(docket, on))
    return {
        "case": docket.case,
        "filing": docket.manifest["filing"],
        "key_date": key,
        "days": (dt.date.fromisoformat(key["date"]) - on).days if key else None,
        "against": len(against),
        "stale": sum(one.state is State.STALE for one in found),
        "missing": sum(one.state in {State.NOT_APPROVED, State.CHANGES_REQUESTED} for one in found),
        "state": _state(docket, found, against),
    }


def _deadline(folder: Path, case_output: Path, on: dt.date) -> dict[str, Any] | None:
    """Give the case's next deadline; None where there is none, or the facts cannot be read."""
    try:
        return next_row(read_agenda(folder, case_output), on)
    except PacketError:
        return None


def _state(docket: Docket, found: Sequence[Standing], against: Sequence[str]) -> str:
    filed = [one for one in finals_of(docket.filing) if one.approved == _packet(docket)]
    if filed:
        return "final"
    if docket.edited_since():
        return "facts changed: build again"
    if any(not one.is_approved for one in found):
        return "in review"
    return "approved" if not against else "approved, and not ready"


def _final_row(docket: Docket, final: Final) -> dict[str, Any]:
    name = final.folder.name
    receipts = tuple(receipts_of(record_of(docket).log, docket.filing.name, name))
    pages = f"{final.manifest['packet']['pages']} pages"
    return {
        "folder": name,
        "date": final.manifest["final"]["date"],
        "packet": final.manifest["packet"]["sha256"],
        "receipts": list(receipts),
        "said": ", ".join((pages, *(f"receipt {one}" for one in receipts))),
    }


def _packet(docket: Docket) -> str:
    digest: str = docket.manifest["packet"]["sha256"]
    return digest


def _document_row(one: Standing) -> dict[str, Any]:
    decision = one.decision
    return {
        "document": one.subject.id,
        "title": one.subject.title,
        "pages": one.subject.pages,
        "state": one.state.value,
        "by": decision.by if decision else None,
        "role": decision.role if decision else None,
        "when": decision.when if decision else None,
        "note": decision.note if decision else None,
        "reasons": list(one.reasons),
        "comments": one.comments,
    }


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    key = row["key_date"]
    matters = f"{key['date']} {key['event']}" if key else ""
    counts = ("" if row[name] is None else str(row[name]) for name in ("against", "stale"))
    missing = "" if row["missing"] is None else str(row["missing"])
    next_one = row["deadline"]
    deadline = f"{_past(next_one)}{next_one['date']} {next_one['what']}" if next_one else ""
    names = (row["case"], row["filing"] or "", _days(row), matters, deadline)
    return (*names, *counts, missing, row["state"])


def _past(deadline: Mapping[str, Any]) -> str:
    return "PAST " if deadline["days"] < 0 else ""


def _days(row: Mapping[str, Any]) -> str:
    return "" if row["days"] is None else str(row["days"])


def _part(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{heading}:"
        yield from (f"  - {line}" for line in lines)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()

"""Events, filings and decisions become the story of a case, with what comes next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.agenda.agenda import Agenda, read_agenda
from packet_builder.agenda.filings import FilingSeen, sent_on
from packet_builder.agenda.rows import SURE, rows_of
from packet_builder.agenda.words import people_of, words_of
from packet_builder.deadlines.chronicle import chronicle_of
from packet_builder.deadlines.deadline import Force, State
from packet_builder.law.law import SHIPPED
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import Receipt
from packet_builder.packet.finals import Final, finals_of
from packet_builder.review.decision import Decision, Kind
from packet_builder.review.docket import open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.receipts import noted_of
from packet_builder.review.standing import Standing, standings

_SHOWN = 6  # of what comes next; `calendar` has all
_DECIDED = {Kind.APPROVE: "approved", Kind.REQUEST_CHANGES: "asked for changes of"}


@dataclass(frozen=True, slots=True)
class _Filing:
    """One filing, how it stands, and what the office did about it."""

    seen: FilingSeen
    state: str
    receipts: tuple[str, ...]
    final: str | None = None  # the folder of the newest
    steps: tuple[Mapping[str, str], ...] = ()


def story_of(case: Path, case_output: Path, on: dt.date) -> dict[str, Any]:
    """Give the story of a case as of a day; raises FactsError, and what record_of raises."""
    agenda = read_agenda(case, case_output)
    filings = [_filing(agenda, seen, case, case_output) for seen in agenda.filings]
    told = [*_events(agenda, on), *(step for filing in filings for step in filing.steps)]
    rows = [row for row in rows_of([agenda], on) if row["force"] != Force.MARK]
    missed, ahead = {State.MISSED, State.SENT}, {State.OPEN, State.SENT}
    return {
        "on": on.isoformat(),
        "told": sorted(told, key=lambda step: step["date"]),
        "filings": [_filing_row(filing) for filing in filings],
        "missed": [row for row in rows if row["state"] in missed and row["days_left"] < 0],
        "next": [row for row in rows if row["state"] in ahead and row["days_left"] >= 0],
    }


def story_lines(story: Mapping[str, Any]) -> Iterator[str]:
    """Give a story as it is printed."""
    yield from _part("What happened", [_told(step) for step in story["told"]])
    width = max(len(filing["filing"]) for filing in story["filings"])
    lines = [f"{one['filing']:<{width}}  {one['state']}" for one in story["filings"]]
    yield from _part("Filings", lines)
    yield from _part("Past, and not done", [_due(row) for row in story["missed"]])
    shown = [_due(row) for row in story["next"][:_SHOWN]]
    more = len(story["next"]) - len(shown)
    yield from _part("What comes next", shown)
    if more:
        yield f"  and {more} more: packet-builder calendar"


def _events(agenda: Agenda, on: dt.date) -> Iterator[dict[str, str]]:
    for placed in chronicle_of(agenda.case, SHIPPED).events:
        if placed.event.date <= on:
            filing = placed.event.filing or ""
            people = people_of(placed.persons, agenda)
            yield _step(placed.event.date.isoformat(), words_of(placed), people, filing)


def _filing(agenda: Agenda, seen: FilingSeen, case: Path, case_output: Path) -> _Filing:
    """Give how a filing stands, and what the office did about it."""
    sent = sent_on(seen)
    receipts = [*_receipts(agenda, seen)]
    if seen.manifest is None:
        state = _state(sent, receipts, None, ()) if sent else "no packet yet"
        return _Filing(seen, state, tuple(receipts))
    docket = open_docket(case, case_output, seen.id)
    record = record_of(docket)
    decisions = record.of_filing(seen.id)
    finals = tuple(finals_of(docket.filing))
    noted = [one for final in finals for one in noted_of(record.log, seen.id, final.folder.name)]
    steps = (
        *_decided(seen.id, decisions),
        *(_made_final(seen.id, final) for final in finals),
        *(
            _step(when, f"Receipt {number} noted", "", seen.id)
            for when, number in noted
            if number not in receipts
        ),
    )
    numbers = tuple(dict.fromkeys((*receipts, *(number for _, number in noted))))
    final = finals[-1].folder.name if finals else None
    state = _state(sent, numbers, final, standings(docket, decisions))
    return _Filing(seen, state, numbers, final, steps)


def _filing_row(filing: _Filing) -> dict[str, Any]:
    sent = sent_on(filing.seen)
    return {
        "filing": filing.seen.id,
        "kind": filing.seen.case.filing.kind,
        "state": filing.state,
        "sent": sent.isoformat() if sent else None,
        "receipts": list(filing.receipts),
        "final": filing.final,
    }


def _state(
    sent: dt.date | None, receipts: Sequence[str], final: str | None, found: Sequence[Standing]
) -> str:
    if sent is not None:
        return ", ".join((f"filed {sent:%Y-%m-%d}", *(f"receipt {one}" for one in receipts)))
    if final is not None:
        return f"final, {final}; no event says that it was sent"
    approved = sum(one.is_approved for one in found)
    if approved == len(found):
        return "approved"
    return f"draft, {approved} of {len(found)} approved"


def _receipts(agenda: Agenda, seen: FilingSeen) -> Iterator[str]:
    for event in agenda.case.events:
        if isinstance(event, Receipt) and event.filing == seen.id:
            yield event.receipt_number


def _decided(filing: str, decisions: Sequence[Decision]) -> Iterator[dict[str, str]]:
    """Give what was decided, all of one person on one day together."""
    counts = Counter(
        (one.when[:10], one.by, one.decision) for one in decisions if one.decision in _DECIDED
    )
    for (day, by, kind), count in counts.items():
        documents = f"{count} document{'' if count == 1 else 's'}"
        yield _step(day, f"{by} {_DECIDED[kind]} {documents}", "", filing)


def _made_final(filing: str, final: Final) -> dict[str, str]:
    pages = final.manifest["packet"]["pages"]
    return _step(final.manifest["final"]["date"], f"Made final, {pages} pages", "", filing)


def _step(date: str, what: str, people: str, filing: str) -> dict[str, str]:
    return {"date": date[:10], "what": what, "people": people, "filing": filing}


def _told(step: Mapping[str, str]) -> str:
    people = f" ({step['people']})" if step["people"] else ""
    filing = f"  [{step['filing']}]" if step["filing"] else ""
    return f"{step['date']}  {step['what']}{people}{filing}"


def _due(row: Mapping[str, Any]) -> str:
    days = row["days_left"]
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    left = "today" if days == 0 else f"in {many}" if days > 0 else f"{many} ago"
    early = f"; act by {row['act_by']}" if row["closed"] else ""
    detail = f": {row['detail']}" if row["detail"] else ""
    who = f" – {row['who']}" if row["who"] else ""
    sure = SURE[SourceStatus(row["status"])]
    return f"{row['date']}  {left:<12}  {row['what']}{detail}{who} ({row['force']}; {sure}{early})"


def _part(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{heading}:"
        yield from (f"  {line}" for line in lines)

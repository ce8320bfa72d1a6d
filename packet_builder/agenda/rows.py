"""An agenda becomes rows, as `--json` gives them, and the table that is printed of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.agenda.agenda import Agenda, Entry
from packet_builder.agenda.words import people_of
from packet_builder.deadlines.deadline import Deadline, Force, State
from packet_builder.deadlines.of_case import coming, overdue
from packet_builder.law.table import SourceStatus

_HEAD = ("date", "act by", "days", "state", "case", "what", "who", "how sure", "rests on")
_SETTLED = frozenset({State.DONE.value, State.PASSED.value})
#: What is said of each status; what is chosen is no law.
SURE: Mapping[SourceStatus, str] = {
    SourceStatus.PRIMARY: "official text",
    SourceStatus.SECONDARY: "as reported: confirm",
    SourceStatus.UNVERIFIED: "counsel confirms",
    SourceStatus.DESIGN: "chosen, no law",
}


def rows_of(agendas: Sequence[Agenda], on: dt.date) -> list[dict[str, Any]]:
    """Give one row for each deadline of several cases, in the order of their days."""
    rows = [_row(agenda, entry, on) for agenda in agendas for entry in agenda.entries]
    return sorted(rows, key=lambda row: (row["date"], row["case"]))


def open_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Give what is not done, and has not passed as a day on which nothing is due."""
    return tuple(row for row in rows if row["state"] not in _SETTLED)


def next_row(agenda: Agenda, on: dt.date) -> dict[str, Any] | None:
    """Give what comes first: a hard deadline that was missed, or else the next deadline."""
    missed = (one for one in overdue(agenda.deadlines, on) if one.force is Force.HARD)
    ahead = (one for one in coming(agenda.deadlines, on) if one.force is not Force.MARK)
    one = next(missed, None) or next(ahead, None)
    if one is None:
        return None
    return {
        "date": one.date.isoformat(),
        "what": f"{one.title}{': ' if one.detail else ''}{one.detail}",
        "days": one.days_left(on),
    }


def row_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Give rows as a table, what has to be said of one below it."""
    cells = [_HEAD, *(tuple(_cells(row)) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for line, row in zip(cells, (None, *rows), strict=True):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()
        for remark in row["remarks"] if row else ():
            yield f"{' ' * (widths[0] + 2)}! {remark}"


def _row(agenda: Agenda, entry: Entry, on: dt.date) -> dict[str, Any]:
    one = entry.deadline
    return {
        "case": agenda.name,
        "id": one.id,
        "kind": one.kind.value,
        "what": one.title,
        "detail": one.detail,
        "date": one.date.isoformat(),
        "act_by": one.aim.isoformat(),
        "closed": one.closed,
        "days_left": one.days_left(on),
        "state": one.state_on(on).value,
        "force": one.force.value,
        "people": list(agenda.names_of(one.persons)),
        "who": people_of(one.persons, agenda),
        "open_for": list(agenda.names_of(one.open_for(on))),
        "awaits": one.awaits,
        "done": [_done(agenda, one, position) for position in range(len(one.done))],
        "rule": one.rule.text,
        "source": one.rule.source,
        "status": one.status.value,
        "checked_on": one.rule.checked_on.isoformat(),
        "event": one.event,
        "rests_on": str(entry.source),
        "remarks": list(one.remarks),
    }


def _done(agenda: Agenda, one: Deadline, position: int) -> dict[str, Any]:
    done = one.done[position]
    (name,) = agenda.names_of((done.person,))
    return {
        "person": name,
        "event": done.event,
        "date": done.date.isoformat(),
        "arrived": done.arrived,
    }


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["date"]
    yield row["act_by"] if row["closed"] else ""
    yield str(row["days_left"])
    yield row["state"]
    yield row["case"]
    yield f"{row['what']}{': ' if row['detail'] else ''}{row['detail']}"
    yield row["who"] or ("all" if len(row["people"]) > 1 else "".join(row["people"]))
    yield f"{SURE[SourceStatus(row['status'])]}{', target' if row['force'] == 'target' else ''}"
    yield row["rests_on"]

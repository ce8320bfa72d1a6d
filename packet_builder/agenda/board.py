"""The deadlines of many cases become a board: all that is open, the nearest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.agenda.rows import SURE, open_rows
from packet_builder.deadlines.deadline import Force, State
from packet_builder.documents.sheets.report import Part, Piece, Report, Row, Table
from packet_builder.law.table import SourceStatus
from packet_builder.rules.internal_mark import INTERNAL_MARK

_COLUMNS = (("Days", 0.17), ("Day", 0.13), ("Case", 0.16), ("What", 0.36), ("How sure", 0.18))
_WIDTH = 90  # days that a whole bar stands for
_LATER = "Later"
#: The heading of what comes within so many days, and how its rows are set off.
_WITHIN = (
    (7, "Within a week", "error"),
    (30, "Within 30 days", "warning"),
    (_WIDTH, "Within 90 days", ""),
)
_WORDS = {
    State.MISSED.value: "PAST, NOT DONE",
    State.SENT.value: "sent, arrival not confirmed",
    State.OPEN.value: "",
}


def board_of(rows: Sequence[Mapping[str, Any]], on: dt.date) -> Report:
    """Give the board of rows as `rows_of` gives them, as of a day."""
    shown = [row for row in open_rows(rows) if row["force"] != Force.MARK.value]
    cases = len({row["case"] for row in shown})
    return Report(
        title="Deadlines",
        mark=INTERNAL_MARK,
        packet="",
        caption=(f"As of {on.isoformat()}", f"{len(shown)} open, of {cases} case(s)"),
        summary=tuple(_summary(shown)),
        parts=tuple(_parts(shown)),
    )


def _summary(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    missed = sum(_group(row) == "Past" for row in rows)
    yield f"Past, and not done: {missed}."
    for _, heading, _ in _WITHIN[:2]:
        yield f"{heading}: {sum(_group(row) == heading for row in rows)}."
    yield f"A bar is as long as the days that are left; a whole one is {_WIDTH} days."


def _parts(rows: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    for heading in ("Past", *(name for _, name, _ in _WITHIN), _LATER):
        found = tuple(_row(row) for row in rows if _group(row) == heading)
        if found:
            yield Part(heading, (Table("", _COLUMNS, found),))


def _group(row: Mapping[str, Any]) -> str:
    left = row["days_left"]
    if left < 0:
        return "Past"
    return next((name for days, name, _ in _WITHIN if left <= days), _LATER)


def _row(row: Mapping[str, Any]) -> Row:
    left = row["days_left"]
    share = left / _WIDTH if 0 <= left <= _WIDTH else None
    tone = "error" if left < 0 else next((tone for days, _, tone in _WITHIN if left <= days), "")
    days = (Piece(_days(left), share=share),)
    return Row(
        (days, tuple(_day(row)), (Piece(row["case"]),), tuple(_what(row)), (_sure(row),)), tone
    )


def _days(left: int) -> str:
    if left == 0:
        return "TODAY"
    unit = "day" if abs(left) == 1 else "days"
    return f"{left:,} {unit} left" if left > 0 else f"{-left:,} {unit} ago"


def _day(row: Mapping[str, Any]) -> Iterator[Piece]:
    yield Piece(row["date"])
    if row["closed"]:
        yield Piece(f"act by {row['act_by']}")


def _what(row: Mapping[str, Any]) -> Iterator[Piece]:
    yield Piece(f"{row['what']}{': ' if row['detail'] else ''}{row['detail']}")
    if row["who"]:
        yield Piece(row["who"])
    if words := _WORDS[row["state"]]:
        yield Piece(words)


def _sure(row: Mapping[str, Any]) -> Piece:
    target = ", target" if row["force"] == Force.TARGET.value else ""
    return Piece(f"{SURE[SourceStatus(row['status'])]}{target}")

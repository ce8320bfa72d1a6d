"""Days of a case become a picture to scale on one page: what happened above, what is due below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from packet_builder import workspace
from packet_builder.documents.sheets.sheets import PageOverflowError
from packet_builder.documents.sheets.typeset import typeset

_ROOM = 30  # days at each end of what has to be shown
_FEW_MONTHS, _SOME_MONTHS = 14, 40  # up to which every month, every third has its name
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on a day."""

    text: str
    shape: str = "event"  # of its sign: "event", "hard", "target", "mark"
    state: str = ""  # in a word or two: "done", "PAST"
    remark: str = ""  # how sure it is


@dataclass(frozen=True, slots=True)
class Day:
    """What happened, or is due, on one day."""

    date: dt.date
    lines: tuple[Line, ...]
    note: str = ""  # beside the date: "in 12 days"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of days."""

    title: str
    mark: str  # that it is not for filing
    caption: tuple[str, ...]
    on: dt.date
    above: tuple[Day, ...]  # in order
    below: tuple[Day, ...]  # in order
    later: tuple[str, ...] = ()  # what lies beyond the picture
    cure: str = "Show fewer people."  # where it does not fit on a page


def timeline_values(timeline: Timeline) -> Mapping[str, Any]:
    """Give what timeline.typ receives."""
    shown = [day.date for day in (*timeline.above, *timeline.below)]
    room = dt.timedelta(days=_ROOM)
    first, last = min((*shown, timeline.on)) - room, max((*shown, timeline.on)) + room

    def place(day: dt.date) -> float:
        return round((day - first) / (last - first), 5)

    return {
        "heading": timeline.title,
        "mark": timeline.mark,
        "caption": timeline.caption,
        "on": {"at": place(timeline.on), "label": f"{timeline.on:%Y-%m-%d}"},
        "ticks": [{"at": place(day), "label": label} for day, label in _ticks(first, last)],
        "above": [_day_values(day, place(day.date)) for day in timeline.above],
        "below": [_day_values(day, place(day.date)) for day in timeline.below],
        "later": timeline.later,
    }


def render_timeline(timeline: Timeline, target: Path, templates: Path) -> None:
    """Write the picture; raises PageOverflowError where so much does not fit on a page."""
    pdf = typeset(templates / "timeline.typ", timeline.title, timeline_values(timeline))
    if pdf.pages > 1:
        what = "The timeline"
        raise PageOverflowError(what, timeline.cure)
    workspace.write_whole(target, pdf.content)


def by_day(lines: Sequence[tuple[dt.date, Line]]) -> Iterator[tuple[dt.date, tuple[Line, ...]]]:
    """Put lines of one day together, in the order of the days."""
    ordered = sorted(lines, key=lambda one: one[0])
    for date, group in groupby(ordered, key=lambda one: one[0]):
        yield date, tuple(line for _, line in group)


def _day_values(day: Day, at: float) -> dict[str, Any]:
    return {
        "at": at,
        "date": f"{day.date:%Y-%m-%d}",
        "note": day.note,
        "lines": [asdict(line) for line in day.lines],
    }


def _ticks(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    """Give the first day of each month, with a name where there is room for it."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    step = 1 if months <= _FEW_MONTHS else 3 if months <= _SOME_MONTHS else _MONTHS
    for count in range(1, months + 1):
        years, month = divmod(first.month - 1 + count, _MONTHS)
        day = dt.date(first.year + years, month + 1, 1)
        named = month % step == 0
        if step < _MONTHS or named:
            yield day, (f"{day:%Y}" if month == 0 else f"{day:%b}") if named else ""

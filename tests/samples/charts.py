"""Days in a hospital become pages of progress notes, observations and laboratory values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tests.samples.drawing import seeded


@dataclass(frozen=True, slots=True)
class Trend:
    """How a value moves over a stay."""

    label: str
    first: float
    last: float
    spread: float
    digits: int = 1

    def at(self, share: float, seed: str) -> str:
        """Give the value at a share of the stay, with a day's chance in it."""
        wobble = (seeded(f"{self.label}{seed}").random() - 0.5) * self.spread
        value = self.first + (self.last - self.first) * share + wobble
        return f"{max(value, 0):.{self.digits}f}"


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in hospital, as its chart tells it."""

    patient: str
    number: str
    first: dt.date
    days: int
    trends: Sequence[Trend]
    notes: Sequence[str]  # what a day may bring; told in turn
    signers: Sequence[str]

    def day(self, position: int) -> dt.date:
        """Give the date of a day, counted from 0."""
        return self.first + dt.timedelta(days=position)


def printed_day(day: dt.date) -> str:
    """Give a date as 5 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def progress_page(stay: Stay, positions: Sequence[int]) -> str:
    """Give one page of progress notes, a section for each day."""
    return "\n\n".join(_progress(stay, position) for position in positions)


def observation_page(stay: Stay, position: int) -> str:
    """Give one page of observations, every two hours of one day."""
    day = stay.day(position)
    rows = [f"|= Hour | {' | '.join(trend.label for trend in stay.trends)} | By"]
    for hour in range(0, 24, 2):
        share = (position + hour / 24) / stay.days
        values = " | ".join(trend.at(share, f"{position}-{hour}") for trend in stay.trends)
        rows.append(f"| {hour:02d}:00 | {values} | {_initials(stay, position + hour)}")
    table = "\n".join(rows)
    return (
        f"# Nursing observations, {printed_day(day)}\n\n"
        f"{stay.patient}   {stay.number}   hospital day {position + 1}\n\n{table}\n\n"
        f"## Fluids\n\n{_fluids(stay, position)}\n\n## Notes\n\n{_hourly_notes(stay, position)}"
        f"\n\n> {_signer(stay, position)}"
    )


def laboratory_page(stay: Stay, positions: Sequence[int]) -> str:
    """Give one page of laboratory values, a column for each day."""
    heads = " | ".join(f"{stay.day(position):%d.%m.}" for position in positions)
    rows = [f"|= Test | {heads}"]
    for trend in stay.trends:
        values = " | ".join(trend.at(position / stay.days, str(position)) for position in positions)
        rows.append(f"| {trend.label} | {values}")
    first, last = printed_day(stay.day(positions[0])), printed_day(stay.day(positions[-1]))
    table = "\n".join(rows)
    return f"# Laboratory, {first} to {last}\n\n{stay.patient}   {stay.number}\n\n{table}"


def _progress(stay: Stay, position: int) -> str:
    share = position / stay.days
    values = "; ".join(f"{trend.label} {trend.at(share, str(position))}" for trend in stay.trends)
    return (
        f"# {printed_day(stay.day(position))}, day {position + 1}\n\n"
        f"{_note(stay, 2 * position)} {_note(stay, 2 * position + 1)}\n\n"
        f"Values: {values}.\n\n> {_signer(stay, position)}"
    )


def _fluids(stay: Stay, position: int) -> str:
    dice = seeded(f"{stay.number}{position}")
    early, late, night = (_initials(stay, position + shift) for shift in range(3))
    drunk, infused, passed = (300 + 50 * int(dice.random() * 16) for _ in range(3))
    return (
        "|= Shift | By mouth, ml | By vein, ml | Urine, ml | Signed\n"
        f"| 07-15 | {drunk // 2} | {infused} | {passed // 2} | {early}\n"
        f"| 15-23 | {drunk // 3} | {infused // 2} | {passed // 3} | {late}\n"
        f"| 23-07 | {drunk // 6} | {infused} | {passed // 4} | {night}"
    )


def _hourly_notes(stay: Stay, position: int) -> str:
    hours = ("07:40", "09:15", "11:30", "14:05", "17:50", "21:20")
    told = (f"{hour}  {_note(stay, 5 * position + 2 * n)}" for n, hour in enumerate(hours))
    return "\n\n".join(told)


def _note(stay: Stay, position: int) -> str:
    return stay.notes[position % len(stay.notes)]


def _signer(stay: Stay, position: int) -> str:
    return stay.signers[position % len(stay.signers)]


def _initials(stay: Stay, position: int) -> str:
    return "".join(word[0] for word in _signer(stay, position).split()[:2])


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

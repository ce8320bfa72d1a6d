"""A day becomes the last day on or before it on which federal offices are open."""

from __future__ import annotations

import calendar
import datetime as dt

from packet_builder.law.federal_holidays import FederalHoliday, federal_holidays
from packet_builder.law.law import Law

_DAY = dt.timedelta(days=1)
_OBSERVED = {calendar.SATURDAY: -_DAY, calendar.SUNDAY: _DAY}  # 5 U.S.C. 6103(b)(1); E.O. 11582


def working_day_by(day: dt.date, law: Law) -> dt.date:
    """Give the last working day on or before a day: what is due is never moved to a later one."""
    while why_closed(day, law):
        day -= _DAY
    return day


def why_closed(day: dt.date, law: Law) -> str:
    """Say why offices are closed on a day: `a Saturday`, `Labor Day`; "" on a working day."""
    if day.weekday() in _OBSERVED:
        return f"a {calendar.day_name[day.weekday()]}"
    for holiday in federal_holidays(law):
        for year in (day.year, day.year + 1):  # that of January 1 may be observed the year before
            nominal = day_of(holiday, year)
            if nominal and holiday.is_in_force(nominal):
                if day == nominal:
                    return holiday.title
                if day == nominal + _OBSERVED.get(nominal.weekday(), 0 * _DAY):
                    return f"{holiday.title}, observed"
    return ""


def day_of(holiday: FederalHoliday, year: int) -> dt.date | None:
    """Give the day of a holiday in a year, before it is moved off a weekend."""
    last = calendar.monthrange(year, holiday.month)[1]
    if holiday.day is not None:
        return dt.date(year, holiday.month, holiday.day) if holiday.day <= last else None
    days = [dt.date(year, holiday.month, day) for day in range(1, last + 1)]
    nth = holiday.nth or 0
    wanted = [day for day in days if day.weekday() == holiday.weekday]
    position = nth - 1 if nth > 0 else nth
    return wanted[position] if -len(wanted) <= position < len(wanted) and nth else None

"""A day and a rule become another day; what a month lacks becomes its last day."""

from __future__ import annotations

import calendar
import datetime as dt

from packet_builder.law.deadlines import DeadlineRule, ResponseLimit

_MONTHS = 12


def months_after(start: dt.date, months: int) -> dt.date:
    """Give the day some months later, or earlier; a day that the month lacks becomes its last."""
    years, month = divmod(start.month - 1 + months, _MONTHS)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def counted(start: dt.date, rule: DeadlineRule) -> dt.date:
    """Give the day that a rule counts from another: years and months first, then days."""
    return months_after(start, _MONTHS * rule.years + rule.months) + dt.timedelta(rule.days)


def counted_back(start: dt.date, limit: ResponseLimit) -> dt.date:
    """Give the day that lies as many days before another as a limit says."""
    return start - dt.timedelta(limit.days or 0)


def as_printed(start: dt.date, _: ResponseLimit) -> dt.date:
    """Give the day itself: what a notice prints controls, whatever the law would count."""
    return start

"""Days are counted as the calendar has them, and no working day is ever later than what is due."""

from __future__ import annotations

import calendar
import datetime as dt
import os
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from packet_builder.deadlines.counting import counted, months_after
from packet_builder.deadlines.working_days import day_of, why_closed, working_day_by
from packet_builder.law.deadlines import DeadlineRule
from packet_builder.law.federal_holidays import FEDERAL_HOLIDAYS, FederalHoliday
from packet_builder.law.law import SHIPPED
from tests.laws import own

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2120, 12, 31))
DAY = dt.timedelta(days=1)
ROW = {"id": "x", "source": "x", "status": "primary", "checked_on": "2026-12-11"}


def rule(years: int = 0, months: int = 0, days: int = 0) -> DeadlineRule:
    counts = {"years": str(years), "months": str(months), "days": str(days)}
    return DeadlineRule.model_validate({**ROW, "text": "x", "from_event": "x", **counts})


def holiday(**given: str) -> FederalHoliday:
    return FederalHoliday.model_validate({**ROW, "title": "Closed", **given})


@given(start=DAYS, months=st.integers(-600, 600))
def test_months_later_is_the_same_day_or_the_last_of_the_month(start: dt.date, months: int) -> None:
    end = months_after(start, months)
    last = calendar.monthrange(end.year, end.month)[1]

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == min(start.day, last)


@given(start=DAYS, months=st.integers(0, 600), more=st.integers(0, 600))
def test_more_months_are_never_earlier(start: dt.date, months: int, more: int) -> None:
    assert months_after(start, months + more) >= months_after(start, months)


@given(start=DAYS, days=st.integers(-400, 400))
def test_days_are_counted_one_by_one(start: dt.date, days: int) -> None:
    assert counted(start, rule(days=days)).toordinal() == start.toordinal() + days


@given(start=DAYS)
def test_one_year_less_a_day_is_never_a_whole_year_away(start: dt.date) -> None:
    end = counted(start, rule(years=1, days=-1))

    assert 363 <= (end - start).days <= 365
    assert (end - start).days >= 364 or (start.month, start.day) == (2, 29)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2028-02-29", "2029-02-27"),  # the anniversary becomes February 28: never late
        ("2027-02-28", "2028-02-27"),
        ("2027-03-01", "2028-02-29"),
        ("2028-03-01", "2029-02-28"),
        ("2027-01-01", "2027-12-31"),
        ("2027-12-31", "2028-12-30"),
    ],
)
def test_a_year_less_a_day_at_the_edges_of_months(start: str, end: str) -> None:
    day = counted(dt.date.fromisoformat(start), rule(years=1, days=-1))

    assert day == dt.date.fromisoformat(end)


@given(day=DAYS)
def test_the_working_day_is_the_last_on_or_before(day: dt.date) -> None:
    aim = working_day_by(day, SHIPPED)
    between = [aim + DAY * count for count in range(1, (day - aim).days + 1)]

    assert aim <= day
    assert (day - aim).days <= 4
    assert not why_closed(aim, SHIPPED)
    assert all(why_closed(one, SHIPPED) for one in between)


@given(year=st.integers(1987, 2120))
def test_a_year_has_its_holidays_on_days_on_which_offices_would_be_open(year: int) -> None:
    first = dt.date(year, 1, 1)
    days = [first + DAY * count for count in range(366) if (first + DAY * count).year == year]
    names = [why_closed(day, SHIPPED) for day in days if day.weekday() < 5]
    closed = [name for name in names if name]

    # that of January 1 may be observed at the end of December, and may so be there twice or not
    assert len(set(closed) - {"New Year's Day", "New Year's Day, observed"}) == (
        10 if year >= 2022 else 9 + (year == 2021)
    )
    assert len(closed) in {len(set(closed)), len(set(closed)) + 1}


#: As the Office of Personnel Management lists them, as reported for those years.
LISTED = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}


@pytest.mark.parametrize("year", sorted(LISTED))
def test_the_holidays_of_a_year_are_those_that_are_listed(year: int) -> None:
    first = dt.date(year, 1, 1)
    days = [first + DAY * count for count in range(366) if (first + DAY * count).year == year]

    assert (
        " ".join(f"{day:%m-%d}" for day in days if day.weekday() < 5 and why_closed(day, SHIPPED))
        == (LISTED[year])
    )


@given(year=st.integers(1900, 2120), month=st.integers(1, 12), weekday=st.integers(0, 6))
def test_the_last_weekday_of_a_month_is_followed_by_none(
    year: int, month: int, weekday: int
) -> None:
    day = day_of(holiday(month=str(month), weekday=str(weekday), nth="-1"), year)

    assert day is not None
    assert day.weekday() == weekday
    assert (day + 7 * DAY).month != month


def test_a_day_that_a_year_lacks_is_no_holiday_of_it() -> None:
    leap = holiday(month="2", day="29")
    fifth = holiday(month="2", weekday="0", nth="5")

    assert day_of(leap, 2027) is None
    assert day_of(leap, 2028) == dt.date(2028, 2, 29)
    assert day_of(fifth, 2027) is None


@pytest.mark.parametrize("given", [{}, {"weekday": "0"}, {"day": "1", "nth": "1"}])
def test_a_holiday_says_its_day_in_one_way(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match='give "day:", or both "weekday:" and "nth:"'):
        holiday(month="1", **given)


def test_an_office_adds_a_day_on_which_offices_are_closed_once() -> None:
    closing = dt.date(2026, 12, 24)
    day = {"effective_from": "2026-12-24", "effective_to": "2026-12-24"}
    row = holiday(month="12", day="24", **day)
    law = own((FEDERAL_HOLIDAYS, row))

    assert working_day_by(dt.date(2026, 12, 26), SHIPPED) == closing
    assert working_day_by(dt.date(2026, 12, 26), law) == closing - DAY
    assert why_closed(dt.date(2027, 12, 24), law) == "Christmas Day, observed"


PROGRAM = """
import datetime as dt
from tests.happenings import found
EVENTS = '''
{id: r, event: rfe, date: 2027-03-13, served_on: 2027-03-13, served_by: mail, DUE}
{id: entry, event: entry, date: 2028-02-29, paroled_until: 2028-11-05}
'''
EVENTS = EVENTS.replace('DUE', 'due_printed: 2027-06-05')
for one in found(EVENTS).deadlines:
    print(one.id, one.date, one.aim, one.days_left(dt.date(2027, 11, 7)))
"""


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/Sao_Paulo"])
def test_the_time_zone_of_the_machine_has_no_influence(zone: str) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "TZ": name},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in ("UTC", zone)
    ]

    assert said[0] == said[1]
    assert said[0].count("\n") == 11


@given(start=DAYS, days=st.integers(1, 30))
def test_no_day_is_passed_over_where_clocks_change(start: dt.date, days: int) -> None:
    assume(start.year < 2119)

    assert (counted(start, rule(days=days)) - start).days == days

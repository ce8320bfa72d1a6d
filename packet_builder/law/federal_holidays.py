"""The days on which federal offices are closed, by rule."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count, Line, WholeNumber


class FederalHoliday(Row):
    """One holiday of each year: a day of a month, or the nth weekday of a month.

    A day on which offices are closed once is a row that is in force on that day only.
    """

    title: Line
    """What the day is called: `Labor Day`."""
    month: Annotated[Count, Field(ge=1, le=12)]
    """The month as a number, 1 to 12."""
    day: Annotated[Count, Field(ge=1, le=31)] | None = None
    """The day of the month, 1 to 31; where it is left out, `weekday` and `nth` say the day."""
    weekday: Annotated[Count, Field(le=6)] | None = None
    """The day of the week as a number: 0 is Monday, 6 is Sunday."""
    nth: WholeNumber | None = None
    """Which of those weekdays in the month: the third is 3; the last is -1."""

    @model_validator(mode="after")
    def _says_its_day(self) -> Self:
        rule = (self.weekday is not None, self.nth is not None)
        if rule != ((self.day is None),) * 2:
            message = 'give "day:", or both "weekday:" and "nth:"'
            raise PydanticCustomError("holiday_unclear", message)
        return self


FEDERAL_HOLIDAYS = Table("federal_holidays", FederalHoliday)


def federal_holidays(law: Law) -> tuple[FederalHoliday, ...]:
    """Give every holiday."""
    return law.rows(FEDERAL_HOLIDAYS)

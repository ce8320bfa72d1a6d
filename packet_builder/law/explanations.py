"""What a client is told of parole, in plain words, and how parole compares with other routes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Line
from packet_builder.model.strategy import Route


class Topic(StrEnum):
    """What a client asks about."""

    PAROLE = "parole"
    OFFICER = "officer"
    TRAVEL = "travel"
    WORK = "work"
    END = "end"
    LONGER = "longer"
    PROTECTION = "protection"
    ADDRESS = "address"
    SCAMS = "scams"


class Explanation(Row):
    """One thing that a client has to know."""

    topic: Topic
    """In which section of the letter it stands."""
    text: Line
    """What the client is told, in plain words."""
    words: Line | None = None
    """The words of the official text that it rests on."""


class Aspect(StrEnum):
    """By what routes are compared."""

    HOW = "how"
    HOW_LONG = "how_long"
    WORK = "work"
    TRAVEL = "travel"
    AFTERWARDS = "afterwards"


class RoutePoint(Row):
    """What holds for one route in one respect."""

    route: Route
    """Which way to be in the United States it is about."""
    aspect: Aspect
    """In which row of the comparison it stands: how, how long, work, travel, afterwards."""
    text: Line
    """What holds, in plain words; client letter and memorandum print it."""
    words: Line | None = None
    """The words of the official text that it rests on."""


EXPLANATIONS = Table("explanations", Explanation)
ROUTE_POINTS = Table("route_points", RoutePoint)


def explanations(law: Law, on: dt.date) -> tuple[Explanation, ...]:
    """Give what a client may be told on a date."""
    return law.printable(EXPLANATIONS, on)


def route_points(law: Law, on: dt.date) -> tuple[RoutePoint, ...]:
    """Give what may be said of routes on a date."""
    return law.printable(ROUTE_POINTS, on)

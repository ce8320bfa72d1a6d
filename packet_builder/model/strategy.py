"""What counsel thinks of a case beyond its filing: for the office alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from packet_builder.model.base import Part
from packet_builder.model.scalars import Day, Identifier, Line, OneOrMany, Prose


class Route(StrEnum):
    """A way to be in the United States, in the order in which they are compared."""

    PAROLE = "parole"
    ASYLUM = "asylum"
    TPS = "tps"
    IMMIGRANT_VISA = "immigrant_visa"


class StrategyRoute(Part):
    """What counsel thinks of one route for these people."""

    route: Route | None = None
    """One that the tables of law compare; the memorandum then shows their rows."""
    title: Line | None = None
    """What another route is called."""
    beneficiaries: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """Whom it concerns; none named means every beneficiary."""
    assessment: Prose
    """What speaks for it and against it, in counsel's words."""
    next_step: Line | None = None
    """What to do about the route, in one line: `ask again before the summer`."""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.route is None and self.title is None:
            message = 'a route has a name: give "route:" or "title:"'
            raise PydanticCustomError("route_unnamed", message)
        return self


class StrategyStep(Part):
    """One thing to do."""

    what: Line
    """What is to be done, in one line: `compare Form I-94`."""
    by: Day | None = None
    """The day by which it is to be done, where there is one."""
    who: Line | None = None
    """Who in the office does it."""


class Strategy(Part):
    """Counsel's view of the case. It is privileged: only a filing for the office prints it."""

    summary: Prose | None = None
    """Where the case stands."""
    routes: tuple[StrategyRoute, ...] = ()
    """Parole and other ways, each with what speaks for it and against it."""
    risks: Annotated[tuple[Prose, ...], OneOrMany()] = ()
    """What can go wrong, a paragraph each."""
    steps: tuple[StrategyStep, ...] = ()
    """What has to be done next."""

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

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.route is None and self.title is None:
            message = 'a route has a name: give "route:" or "title:"'
            raise PydanticCustomError("route_unnamed", message)
        return self


class StrategyStep(Part):
    """One thing to do."""

    what: Line
    by: Day | None = None
    who: Line | None = None


class Strategy(Part):
    """Counsel's view of the case. It is privileged: only a filing for the office prints it."""

    summary: Prose | None = None
    """Where the case stands."""
    routes: tuple[StrategyRoute, ...] = ()
    risks: Annotated[tuple[Prose, ...], OneOrMany()] = ()
    steps: tuple[StrategyStep, ...] = ()
    """What has to be done next."""

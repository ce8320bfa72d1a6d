"""What is for the office alone becomes words: clocks, other routes, risks, next steps.

Here alone a letter names what no source establishes, and says so beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.deadlines.deadline import Deadline, Force, State
from packet_builder.deadlines.of_case import deadlines_of
from packet_builder.law.explanations import RoutePoint, route_points
from packet_builder.law.law import Law
from packet_builder.model.case import Case
from packet_builder.model.strategy import Route, Strategy, StrategyRoute
from packet_builder.plan.letter_claims import dated, prose, words
from packet_builder.plan.letter_explained import ASPECTS
from packet_builder.plan.wording import joined, long_date

ROUTES: Mapping[Route, str] = MappingProxyType(
    {
        Route.PAROLE: "Parole",
        Route.ASYLUM: "Asylum",
        Route.TPS: "Temporary Protected Status",
        Route.IMMIGRANT_VISA: "Immigrant visa",
    }
)
_FORCE: Mapping[Force, str] = MappingProxyType(
    {Force.HARD: "deadline", Force.TARGET: "target", Force.MARK: "for information"}
)


def strategy_context(case: Case, law: Law) -> dict[str, Any]:
    """Give what counsel thinks of the case, and all its clocks with what each rests on."""
    return {
        "strategy": _strategy(case, law),
        "clocks": list(_clocks(case, law)),
    }


def _strategy(case: Case, law: Law) -> dict[str, Any]:
    strategy = case.strategy or Strategy()
    points = route_points(law, case.filing.date)
    return {
        "summary": prose(strategy.summary),
        "routes": [_route(case, one, points) for one in strategy.routes],
        "risks": [paragraph for risk in strategy.risks for paragraph in prose(risk)],
        "steps": [
            {"what": words(one.what), "by": dated(one.by), "who": words(one.who)}
            for one in strategy.steps
        ],
    }


def _route(case: Case, one: StrategyRoute, points: tuple[RoutePoint, ...]) -> dict[str, Any]:
    people = case.beneficiaries_of(one.beneficiaries)
    return {
        "title": words(one.title) or (ROUTES[one.route] if one.route else ""),
        **_who(case, {person.id for person in people}),
        "points": [
            {
                "aspect": ASPECTS[row.aspect],
                "text": row.text,
                "source": row.source,
                "status": row.status.words,
            }
            for row in points
            if row.route is one.route
        ],
        "assessment": prose(one.assessment),
        "next_step": words(one.next_step),
    }


def _clocks(case: Case, law: Law) -> Iterator[dict[str, Any]]:
    """Give what is not done, each day once, those of several people as one, in their order."""
    on = case.filing.date
    grouped: dict[tuple[dt.date, str, str], list[Deadline]] = {}
    for one in deadlines_of(case, law).deadlines:
        if one.state_on(on) is not State.DONE:
            grouped.setdefault((one.date, one.kind, one.detail), []).append(one)
    for (date, _, detail), found in grouped.items():
        first = found[0]
        persons = {person for one in found for person in one.persons}
        yield {
            "date": long_date(date),
            "what": f"{first.title}{f': {words(detail)}' if detail else ''}",
            **_who(case, persons),
            "force": _FORCE[first.force],
            "state": first.state_on(on).value,
            "source": first.rule.source,
            "status": ""
            if first.rule.status.words in first.rule.source
            else first.rule.status.words,
            "unsure": not first.rule.is_sure,
            "remarks": "; ".join(dict.fromkeys(first.remarks)),
        }


def _who(case: Case, persons: Collection[str]) -> dict[str, Any]:
    return {
        "who": joined([one.name.full for one in case.beneficiaries if one.id in persons]),
        "everyone": len(case.beneficiaries) == len(persons) > 1,
    }

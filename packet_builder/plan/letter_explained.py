"""What a client is told becomes words: parole in plain words, dates, other routes, and sources.

Each statement carries a mark, the number of its source; a star stands beside what was not read in
the official text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from packet_builder.deadlines.chronicle import chronicle_of
from packet_builder.deadlines.deadline import Deadline, Force
from packet_builder.deadlines.of_case import coming, deadlines_of
from packet_builder.deadlines.stays import Stay, stays_of
from packet_builder.law.explanations import (
    Aspect,
    Explanation,
    RoutePoint,
    Topic,
    explanations,
    route_points,
)
from packet_builder.law.law import Law
from packet_builder.law.table import Row
from packet_builder.model.case import Case
from packet_builder.model.events import DeadlineKind as Kind
from packet_builder.model.events import Entry
from packet_builder.model.strategy import Route
from packet_builder.plan.letter_claims import words
from packet_builder.plan.wording import curled, joined, long_date

ASPECTS: Mapping[Aspect, str] = MappingProxyType(
    {
        Aspect.HOW: "How you get it",
        Aspect.HOW_LONG: "How long it lasts",
        Aspect.WORK: "Work",
        Aspect.TRAVEL: "Travel",
        Aspect.AFTERWARDS: "What can come next",
    }
)
#: What a day means to a client; of the days that are not here the office alone keeps count.
_PLAIN: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TRAVEL_DOCUMENT_ENDS: "The last day to use the paper that lets you travel here",
        Kind.FEE_ON_NOTICE: "The last day to pay the parole fee that your notice asks for",
        Kind.RESPONSE_TARGET: "We want to send the answer to the government\u2019s questions",
        Kind.RESPONSE_DUE: "The answer has to be with the government",
        Kind.APPOINTMENT: "You have an appointment",
        Kind.RE_PAROLE_REMINDER: "Call us: do you need more time in the United States?",
        Kind.RE_PAROLE_TARGET: "If you need more time, we want to send the request by this day",
        Kind.PAROLE_ENDS: "Your parole ends (the date on Form I-94)",
        Kind.ASYLUM: "The last day for a request for asylum to arrive, as a rule",
        Kind.EAD_RENEWAL: "From this day you can ask for a new work permit",
        Kind.EAD_ENDS: "Your work permit ends. Do not work after this day without a new one",
        Kind.ADDRESS: "The last day to tell USCIS your new address",
        Kind.PASSPORT_RENEWAL: "Renew your passport",
        Kind.PASSPORT_ENDS: "Your passport ends",
    }
)


@dataclass(slots=True)
class Sources:
    """The sources of a letter, numbered as they are first cited."""

    found: dict[tuple[str, bool], str] = field(default_factory=dict)

    def mark(self, row: Row) -> str:
        """Give the number of a row's source; nothing for what is a choice of ours."""
        if not row.is_printable:
            return ""
        unsure, number = not row.is_sure, str(len(self.found) + 1)
        return self.found.setdefault((row.source, unsure), f"{number}*" if unsure else number)

    def listed(self) -> list[dict[str, Any]]:
        """Give them in the order of their numbers."""
        return [
            {"mark": mark, "source": source, "unsure": unsure}
            for (source, unsure), mark in self.found.items()
        ]


def explained_context(case: Case, law: Law) -> dict[str, Any]:
    """Give what a client is told, the dates, the comparison of routes, and all sources."""
    on, sources = case.filing.date, Sources()
    told = explanations(law, on)
    points = route_points(law, on)
    return {
        "explained": {topic.value: list(_points(told, topic, sources)) for topic in Topic},
        "stays": list(_stays(case, law)),
        "client_dates": list(_dates(case, law, sources)),
        "routes": [_compared(points, aspect, sources) for aspect in Aspect],
        "sources": sources.listed(),
    }


def _points(
    told: tuple[Explanation, ...], topic: Topic, sources: Sources
) -> Iterator[dict[str, str]]:
    for row in told:
        if row.topic is topic:
            yield {"text": curled(row.text), "mark": sources.mark(row)}


def _compared(points: tuple[RoutePoint, ...], aspect: Aspect, sources: Sources) -> dict[str, Any]:
    """Give one line of the comparison; what no source says is asked of the attorney."""
    of = {row.route: row for row in points if row.aspect is aspect}
    cells = {
        route.value: {
            "text": curled(of[route].text) if route in of else "Ask us.",
            "mark": sources.mark(of[route]) if route in of else "",
        }
        for route in Route
    }
    return {"aspect": ASPECTS[aspect], **cells}


def _stays(case: Case, law: Law) -> Iterator[dict[str, Any]]:
    """Give the stays that last on the day of the letter."""
    for stay in stays_of(chronicle_of(case, law)):
        persons = _applicants(case, stay.persons)
        if persons and stay.left is None:
            yield {
                "names": joined(persons),
                "entered": long_date(stay.arrived) if stay.arrived else "",
                "port": words(_port(stay)),
                "until": long_date(stay.last_day),
            }


def _port(stay: Stay) -> str | None:
    first = stay.chain[0].event
    return first.port if isinstance(first, Entry) else None


def _dates(case: Case, law: Law, sources: Sources) -> Iterator[dict[str, Any]]:
    """Give the days that are still to come, those of several people as one."""
    grouped: dict[tuple[dt.date, Kind, str], list[Deadline]] = {}
    for one in coming(deadlines_of(case, law).deadlines, case.filing.date):
        if one.kind in _PLAIN and one.rule.is_established:
            grouped.setdefault((one.date, one.kind, one.detail), []).append(one)
    for (date, kind, detail), found in grouped.items():
        open_for = {person for one in found for person in one.open_for(case.filing.date)}
        persons = _applicants(case, tuple(open_for))
        if persons:
            yield {
                "date": long_date(date),
                "what": f"{_PLAIN[kind]}{f': {words(detail)}' if detail else ''}",
                "who": joined(persons),
                "everyone": len(persons) == len(case.applicants) > 1,
                "mark": _mark(found[0], sources),
            }


def _mark(deadline: Deadline, sources: Sources) -> str:
    """Give the mark of a day that a rule makes; a target is a plan of ours."""
    return "" if deadline.force is Force.TARGET else sources.mark(deadline.rule)


def _applicants(case: Case, persons: tuple[str, ...]) -> list[str]:
    return [person.name.full for person in case.applicants if person.id in persons]

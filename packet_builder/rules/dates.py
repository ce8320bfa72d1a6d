"""Dates stand in an order that can be, and leave time for what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.counting import months_after
from packet_builder.facts.tree import FactPath
from packet_builder.model.arrivals import arrival_of
from packet_builder.model.request import GroundKind
from packet_builder.outline import Subject
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.instructions import asks_reason
from packet_builder.rules.persons import age_on, applicants, roles

_OLDEST = 120  # years
_SHORT = frozenset({GroundKind.FUNERAL, GroundKind.LEGAL_PROCEEDINGS})
_AFTERWARDS = 90  # days: a choice of this program


def dates_are_in_order(dossier: Dossier) -> Iterator[Finding]:
    """Find pairs of dates of which the later stands before the earlier."""
    for path, earlier, later, what in _pairs(dossier):
        if later < earlier:
            yield Finding(
                "dates-out-of-order",
                Weight.ERROR,
                f"{what}: {later:%Y-%m-%d} is before {earlier:%Y-%m-%d}",
                "Correct one of the two dates.",
                path,
            )


def births_are_possible(dossier: Dossier) -> Iterator[Finding]:
    """Find dates of birth that nobody alive has. Instructions for Form I-131, p. 19."""
    filed = dossier.case.filing.date
    for role in roles(dossier.case):
        born = role.person.date_of_birth
        if born > filed or age_on(born, filed) > _OLDEST:
            yield Finding(
                "birth-impossible",
                Weight.ERROR,
                f'"{role.id}" cannot have been born on {born:%Y-%m-%d}',
                "Correct the date: the form is rejected without a date of birth.",
                (*role.path, "date_of_birth"),
                "Instructions for Form I-131, p. 19",
            )


def passports_last(dossier: Dossier) -> Iterator[Finding]:
    """Find passports that end before the arrival, or before the period that is asked for."""
    arrival = period_starts(dossier)
    end = months_after(arrival, dossier.case.request.period.months)
    for position, person in applicants(dossier.case):
        expires = person.passport.expires if person.passport else None
        if expires is not None and expires < end:
            is_before = expires < arrival
            begins = "the arrival" if Subject.ENTRY in dossier.outline.about else "the new period"
            yield Finding(
                "passport-ends",
                Weight.ERROR if is_before else Weight.WARNING,
                f'the passport of "{person.id}" ends on {expires:%Y-%m-%d}, before '
                f"{begins if is_before else 'the period that is asked for'}",
                "Renew it, or ask for a shorter period and say why.",
                ("beneficiaries", position, "passport", "expires"),
            )


def period_covers_the_purpose(dossier: Dossier) -> Iterator[Finding]:
    """Find dates that the period asked for does not reach.

    An explanation for the length of time is required: Instructions for Form I-131, p. 26.
    """
    request = dossier.case.request
    end = months_after(period_starts(dossier), request.period.months)
    for position, ground in enumerate(request.grounds):
        appointment = ground.appointment
        if appointment and appointment.date > end:
            yield Finding(
                "period-misses-purpose",
                Weight.ERROR,
                f"{appointment.event} on {appointment.date:%Y-%m-%d} is after the stay, which ends "
                f"on {end:%Y-%m-%d}",
                "Correct the arrival, the months or the date.",
                ("request", "grounds", position, "appointment", "date"),
                asks_reason(dossier.outline),
            )


def period_is_no_longer_than_the_purpose(dossier: Dossier) -> Iterator[Finding]:
    """Find a stay that goes on long after a funeral or a hearing, its only purpose.

    Recommended: a plan of a short stay, or parole for the time of the proceedings only.
    """
    request = dossier.case.request
    grounds = request.grounds
    ends = [ground.appointment.date for ground in grounds if ground.appointment]
    is_short = all(ground.ground in _SHORT for ground in grounds) and len(ends) == len(grounds)
    end = months_after(period_starts(dossier), request.period.months)
    if is_short and (end - max(ends)).days > _AFTERWARDS:
        yield Finding(
            "period-beyond-purpose",
            Weight.WARNING,
            f"the stay ends on {end:%Y-%m-%d}, {(end - max(ends)).days} days after the last date "
            "of its purpose",
            "Ask for fewer months, or say why so many are needed and accept the finding.",
            ("request", "period", "months"),
            asks_reason(dossier.outline),
        )


def period_starts(dossier: Dossier) -> dt.date:
    """Give the day on which the period begins that is asked for.

    A new period follows the present one: a choice of this program, for the notice decides.
    """
    case = dossier.case
    if Subject.ENTRY in dossier.outline.about:
        return case.request.arrival or case.filing.date
    ends = (arrival_of(case, person).record for person in case.applicants)
    last = (record.admit_until for record in ends if record and record.admit_until)
    return max((case.filing.date, *last))


def _pairs(dossier: Dossier) -> Iterator[tuple[FactPath, dt.date, dt.date, str]]:
    """Give places with two dates, the one that must not be later first."""
    case = dossier.case
    filed = case.filing.date
    if case.request.arrival and Subject.ENTRY in dossier.outline.about:
        yield ("request", "arrival"), filed, case.request.arrival, "arrival and filing"
    for position, attempt in enumerate(case.request.visa_attempts):
        path: FactPath = ("request", "visa_attempts", position, "date")
        yield path, attempt.date, filed, "filing and visa attempt"
        if attempt.earliest:
            path = ("request", "visa_attempts", position, "earliest")
            yield path, attempt.date, attempt.earliest, "earliest appointment and visa attempt"
    for position, ground in enumerate(case.request.grounds):
        if ground.relative and ground.relative.died:
            path = ("request", "grounds", position, "relative", "died")
            yield path, ground.relative.died, filed, "filing and death"
    for position, one in enumerate(case.others):
        if one.date_of_birth:
            yield (
                ("others", position, "date_of_birth"),
                one.date_of_birth,
                filed,
                "filing and birth",
            )
    yield from _pairs_of_people(dossier)


def _pairs_of_people(dossier: Dossier) -> Iterator[tuple[FactPath, dt.date, dt.date, str]]:
    filed = dossier.case.filing.date
    for number, person in applicants(dossier.case):
        place: FactPath = ("beneficiaries", number)
        passport = person.passport
        if passport and passport.issued and passport.expires:
            path: FactPath = (*place, "passport", "expires")
            yield path, passport.issued, passport.expires, "end and issue of the passport"
        if passport and passport.issued:
            path = (*place, "passport", "issued")
            yield path, passport.issued, filed, "filing and issue of the passport"
        for position, event in enumerate(person.immigration_history):
            path = (*place, "immigration_history", position)
            yield (*path, "date"), event.date, filed, "filing and event"
            yield (*path, "date"), person.date_of_birth, event.date, "event and birth"
            if event.until:
                yield (*path, "until"), event.date, event.until, "end and start of the event"
    for number, supporter in enumerate(dossier.case.supporters):
        for position, dependent in enumerate(supporter.dependents):
            path = ("supporters", number, "dependents", position, "date_of_birth")
            yield path, dependent.date_of_birth, filed, "filing and birth"
        if supporter.employment and supporter.employment.since:
            path = ("supporters", number, "employment", "since")
            yield path, supporter.employment.since, filed, "filing and start of employment"

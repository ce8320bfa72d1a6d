"""The date that matters is known, and the filing comes in time for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.law.deadlines import days_on_the_way
from packet_builder.law.office import FILE
from packet_builder.law.table import LawGapError
from packet_builder.model.case import Case, Filing
from packet_builder.rules.finding import Dossier, Finding, Weight

_KEY_DATE: FactPath = ("filing", "key_date", "date")
_CLOSE = 21  # days: a choice of this program


def key_date_is_ahead(dossier: Dossier) -> Iterator[Finding]:
    """Find a date that matters which has passed on the day of filing."""
    for path, date, event in _dates(dossier.case):
        if date <= dossier.case.filing.date:
            yield Finding(
                "key-date-passed",
                Weight.ERROR,
                f"{date:%Y-%m-%d} ({event}) is not after the filing date",
                "Correct one of the two dates; if it has passed, get a new one and its proof.",
                path,
            )


def arrival_is_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Find an arrival after the date that it is to be in time for."""
    arrival = dossier.case.request.arrival
    told: set[dt.date] = set()
    for path, date, event in _dates(dossier.case):
        is_late = arrival is not None and arrival > date > dossier.case.filing.date
        if arrival is not None and is_late and date not in told:
            told.add(date)
            yield Finding(
                "arrival-too-late",
                Weight.ERROR,
                f"the arrival on {arrival:%Y-%m-%d} is after {date:%Y-%m-%d} ({event})",
                "Correct one of the two dates.",
                path,
            )


def key_date_is_given(dossier: Dossier) -> Iterator[Finding]:
    """Find a request that turns on a date, or asks to expedite, and names no date that matters."""
    filing = dossier.case.filing
    if filing.key_date is not None:
        return
    is_hurried = filing.expedite is not None and filing.expedite.requested
    if is_hurried or tuple(_dates_of_grounds(dossier.case)):
        yield Finding(
            "key-date-missing",
            Weight.WARNING,
            "the cover letter and the EXPEDITE page have no date to rest on",
            'Give "key_date:" under "filing:": the surgery, funeral, hearing or prognosis.',
            ("filing", "expedite") if is_hurried else ("filing",),
        )


def key_date_is_that_of_a_ground(dossier: Dossier) -> Iterator[Finding]:
    """Find a date that matters which no ground explains."""
    key_date = dossier.case.filing.key_date
    dates = [date for _, date, _ in _dates_of_grounds(dossier.case)]
    if key_date is not None and key_date.date not in dates:
        yield Finding(
            "key-date-unfounded",
            Weight.WARNING,
            f"no ground has {key_date.date:%Y-%m-%d} ({key_date.event}) as its date",
            'Give the ground "appointment:" or its relative "prognosis:" with this date, or '
            "correct it.",
            _KEY_DATE,
        )


def expedite_has_a_reason(dossier: Dossier) -> Iterator[Finding]:
    """Find a request to expedite without a reason."""
    expedite = dossier.case.filing.expedite
    if expedite is not None and expedite.requested and expedite.reason is None:
        yield Finding(
            "expedite-without-reason",
            Weight.ERROR,
            "asks to expedite and gives no reason",
            'Add "reason:".',
            ("filing", "expedite"),
        )


def days_are_left(dossier: Dossier) -> Iterator[Finding]:
    """Say how many days are left to each date that matters, and how many once it has arrived."""
    filing = dossier.case.filing
    try:
        carried = days_on_the_way(dossier.law, filing.carrier, filing.date) if filing.carrier else 0
    except LawGapError as gap:
        yield Finding(
            "deadline-unknown",
            Weight.ERROR,
            f"it is not known how many days the carrier takes: {gap}",
            f"Add the row to {FILE}.",
            ("filing", "carrier"),
        )
        return
    told: set[dt.date] = set()
    for path, date, event in _dates(dossier.case):
        if date <= filing.date or date in told:
            continue
        told.add(date)
        yield _days(filing, carried, path, (date, event))


def _days(filing: Filing, carried: int, path: FactPath, dated: tuple[dt.date, str]) -> Finding:
    date, event = dated
    days = (date - filing.date).days
    is_hurried = filing.expedite is not None and filing.expedite.requested
    is_close = days - carried <= _CLOSE and not is_hurried
    return Finding(
        "days-left",
        Weight.WARNING if is_close or days <= carried else Weight.NOTE,
        f"{days} {'day' if days == 1 else 'days'} from filing{_arrived(days, carried)} "
        f"{date:%Y-%m-%d}: {event}",
        'Consider "expedite:" with its reason, and filing online.'
        if is_close
        else "Nothing to do; the days of carriage are an allowance of this program.",
        path,
    )


def _arrived(days: int, carried: int) -> str:
    """Say what is left of the days when the filing has arrived."""
    if days <= carried:
        return f"; with {carried} days on the way it comes too late for"
    return f", {days - carried} from its arrival at USCIS, to" if carried else ", to"


def _dates(case: Case) -> Iterator[tuple[FactPath, dt.date, str]]:
    """Give every date that the request must be in time for."""
    if case.filing.key_date is not None:
        yield _KEY_DATE, case.filing.key_date.date, case.filing.key_date.event
    yield from _dates_of_grounds(case)


def _dates_of_grounds(case: Case) -> Iterator[tuple[FactPath, dt.date, str]]:
    for position, ground in enumerate(case.request.grounds):
        place: FactPath = ("request", "grounds", position)
        if ground.appointment:
            yield (*place, "appointment", "date"), ground.appointment.date, ground.appointment.event
        relative = ground.relative
        if relative and relative.prognosis:
            event = f"last day expected for {relative.name}"
            yield (*place, "relative", "prognosis"), relative.prognosis, event

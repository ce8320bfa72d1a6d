"""Every kind of deadline: its words, its force, its row of law, and what settles it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from packet_builder.deadlines.counting import as_printed, counted, counted_back
from packet_builder.deadlines.deadline import Force
from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS
from packet_builder.law.table import Table
from packet_builder.model.events import DeadlineKind as Kind

_HARD, _TARGET, _MARK = Force.HARD, Force.TARGET, Force.MARK
_RESPONSE = "a `filed` that answers the notice"
_RE_PAROLE = "`filed` with `what: re_parole`"
_DEPARTURE = "a `departure`"


@dataclass(frozen=True, slots=True)
class KindOfDeadline:
    """What all deadlines of a kind have in common."""

    title: str  # braces stand for the notice or the form
    force: Force
    awaits: str  # what settles it, beside `settled`; "" where nothing is due
    at_office: bool = False  # an office has to be open on the day
    needs_arrival: bool = False  # sending it is not enough
    table: Table[Any] = DEADLINES
    count: Callable[[dt.date, Any], dt.date] = counted


KINDS: Mapping[Kind, KindOfDeadline] = MappingProxyType(
    {
        Kind.RESPONSE_DUE: KindOfDeadline(
            "{} response due: received by",
            _HARD,
            _RESPONSE,
            at_office=True,
            needs_arrival=True,
            table=RESPONSE_LIMITS,
            count=as_printed,
        ),
        Kind.RESPONSE_MAIL_BY: KindOfDeadline(
            "{} response: send by",
            _TARGET,
            _RESPONSE,
            at_office=True,
            table=RESPONSE_LIMITS,
            count=counted_back,
        ),
        Kind.RESPONSE_TARGET: KindOfDeadline(
            "{} response: target",
            _TARGET,
            _RESPONSE,
            at_office=True,
            table=RESPONSE_LIMITS,
            count=counted_back,
        ),
        Kind.FEE_ON_NOTICE: KindOfDeadline(
            "Parole fee: pay by", _HARD, "`paid` in the notice", at_office=True
        ),
        Kind.APPOINTMENT: KindOfDeadline("{} appointment", _HARD, "`attended: yes`"),
        Kind.TRAVEL_DOCUMENT_ENDS: KindOfDeadline(
            "Parole document ends: enter by", _HARD, "an `entry`"
        ),
        Kind.PAROLE_ENDS: KindOfDeadline(
            "Parole ends (Form I-94)", _HARD, f"{_DEPARTURE}; a `re_parole` moves it"
        ),
        Kind.RE_PAROLE_REMINDER: KindOfDeadline(
            "Re-parole: begin", _TARGET, _RE_PAROLE, at_office=True
        ),
        Kind.RE_PAROLE_TARGET: KindOfDeadline(
            "Re-parole: file by, target", _TARGET, _RE_PAROLE, at_office=True
        ),
        Kind.RE_PAROLE_LAST: KindOfDeadline(
            "Re-parole: last day to file", _HARD, _RE_PAROLE, at_office=True, needs_arrival=True
        ),
        Kind.PRESENCE_BEGINS: KindOfDeadline("Unlawful presence: day 1", _MARK, ""),
        Kind.THREE_YEAR_BAR: KindOfDeadline(
            "Last departure before the 3-year bar", _HARD, _DEPARTURE
        ),
        Kind.TEN_YEAR_BAR: KindOfDeadline("Line of the 10-year bar", _HARD, _DEPARTURE),
        Kind.ASYLUM: KindOfDeadline(
            "Asylum, one year: received by",
            _HARD,
            "`filed` with `what: asylum`",
            at_office=True,
            needs_arrival=True,
        ),
        Kind.EAD_RENEWAL: KindOfDeadline(
            "Work permit: renewal can be filed from",
            _TARGET,
            "`filed` with `what: employment_authorization`, or a later `ead`",
        ),
        Kind.EAD_ENDS: KindOfDeadline("Work permit ends", _HARD, f"a later `ead`, or {_DEPARTURE}"),
        Kind.ADDRESS: KindOfDeadline(
            "Change of address due (AR-11)",
            _HARD,
            "`filed` with `what: address_change`",
            at_office=True,
        ),
        Kind.PASSPORT_RENEWAL: KindOfDeadline(
            "Passport: renew", _TARGET, "the new passport in the facts"
        ),
        Kind.PASSPORT_ENDS: KindOfDeadline("Passport ends", _HARD, "the new passport in the facts"),
        Kind.KEY_DATE: KindOfDeadline("The date that matters", _HARD, ""),
        Kind.LAW_CHECK: KindOfDeadline(
            "Compare fees, editions, addresses again", _TARGET, "`checked` in law.yaml"
        ),
        Kind.FORM_EDITION: KindOfDeadline(
            "Edition of Form {} ends", _HARD, "a new row of its edition"
        ),
    }
)

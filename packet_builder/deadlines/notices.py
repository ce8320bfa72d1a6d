"""A Request for Evidence, or a Notice of Intent to Deny, becomes the days of its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.chronicle import Chronicle, Placed
from packet_builder.deadlines.kinds import KINDS
from packet_builder.deadlines.wanted import Wanted, done_by
from packet_builder.deadlines.working_days import working_day_by
from packet_builder.law.deadlines import response_limit
from packet_builder.law.law import Law
from packet_builder.model.case import Case, Delivery
from packet_builder.model.events import AnswerGoesBy, DeadlineKind, Notice, ServedBy

_DAY = dt.timedelta(days=1)


def of_notices(chronicle: Chronicle) -> Iterator[Wanted]:
    """Give the days of each answer: due, to be sent, aimed at; raises LawGapError."""
    for placed, notice in chronicle.of(Notice):
        yield _wanted(chronicle, placed, DeadlineKind.RESPONSE_DUE, notice.due_printed)
        earliest = min(notice.due_printed, counted_due(notice, chronicle.law) or dt.date.max)
        yield _wanted(chronicle, placed, DeadlineKind.RESPONSE_TARGET, earliest, "target")
        way = way_of(notice, chronicle.case)
        if way is not AnswerGoesBy.ONLINE:
            there = working_day_by(earliest, chronicle.law)
            row = f"carried_{way}"
            yield _wanted(chronicle, placed, DeadlineKind.RESPONSE_MAIL_BY, there, row)


def counted_due(notice: Notice, law: Law) -> dt.date | None:
    """Count the day from service and the days that the notice gives; None where it gives none."""
    if notice.days is None:
        return None
    return notice.served_on + notice.days * _DAY + _days_for_mail(notice, law)


def latest_due(notice: Notice, law: Law) -> dt.date:
    """Give the last day that a notice of that kind can give."""
    most = response_limit(law, notice.event, notice.date).days or 0
    return notice.served_on + most * _DAY + _days_for_mail(notice, law)


def way_of(notice: Notice, case: Case) -> AnswerGoesBy:
    """Say how the answer goes: as the facts say, or as the filing went, or by mail.

    A filing that is the answer goes as it says itself.
    """
    if notice.answer_goes_by is not None:
        return notice.answer_goes_by
    if notice == case.answered and case.filing.delivery is Delivery.ONLINE:
        return AnswerGoesBy.ONLINE
    carrier = case.filing.carrier
    return AnswerGoesBy(carrier.value) if carrier else AnswerGoesBy.USPS


def _days_for_mail(notice: Notice, law: Law) -> dt.timedelta:
    by_mail = notice.served_by is ServedBy.MAIL
    return (response_limit(law, "served_by_mail", notice.date).days or 0) * by_mail * _DAY


def _wanted(
    chronicle: Chronicle, placed: Placed, kind: DeadlineKind, start: dt.date, row: str = ""
) -> Wanted:
    notice = placed.event
    needs_arrival = KINDS[kind].needs_arrival
    return Wanted(
        kind,
        notice.id,
        start,
        placed.persons,
        placed.path,
        notice.id,
        done=done_by(
            placed.persons,
            lambda person: chronicle.answered(person, notice.id, needs_arrival=needs_arrival),
            lambda person: chronicle.settled(person, kind, notice.date),
        ),
        row=row or notice.event,
        about=notice.event.upper(),
    )

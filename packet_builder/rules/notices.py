"""A notice that has to be answered says one day, which can be, and is answered by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.chronicle import Chronicle, Placed, chronicle_of
from packet_builder.deadlines.notices import counted_due, latest_due, way_of
from packet_builder.deadlines.working_days import why_closed, working_day_by
from packet_builder.law.deadlines import response_limit
from packet_builder.law.table import LawGapError
from packet_builder.model.events import AnswerGoesBy, Filed, Notice
from packet_builder.rules.finding import Dossier, Finding, Weight


def notices_give_no_more_days_than_they_may(dossier: Dossier) -> Iterator[Finding]:
    """Find notices that give more days than the law lets them: 8 CFR 103.2(b)(8)(iv)."""
    for placed, notice in chronicle_of(dossier.case, dossier.law).of(Notice):
        try:
            limit = response_limit(dossier.law, notice.event, notice.date)
        except LawGapError:  # told by deadlines_can_be_counted
            continue
        if notice.days is not None and limit.days is not None and notice.days > limit.days:
            yield Finding(
                "notice-days-exceed",
                Weight.ERROR,
                f"{notice.days} days are more than the {limit.days} that such a notice can give",
                "Read the notice again. The date that it prints controls: meet it, ask counsel.",
                (*placed.path, "days"),
                limit.source,
            )


def notices_print_the_day_that_is_counted(dossier: Dossier) -> Iterator[Finding]:
    """Find due dates that are not those that follow from service and days: both are shown."""
    for placed, notice, counted, latest in _counted(dossier):
        due = notice.due_printed
        if counted is not None and counted != due:
            yield Finding(
                "notice-due-differs",
                Weight.ERROR,
                f"the notice prints {due:%Y-%m-%d}, but the days that it gives, counted from its "
                f"service on {notice.served_on:%Y-%m-%d}, end on {counted:%Y-%m-%d}",
                "Read the notice again. If it is so, accept this finding by name: the printed date "
                "controls, and the target is before the earlier of the two.",
                (*placed.path, "due_printed"),
                "8 CFR 103.8(b), older print",
            )
        elif counted is None and due > latest:
            yield Finding(
                "notice-due-late",
                Weight.WARNING,
                f"the notice prints {due:%Y-%m-%d}, later than the last day that such a notice can "
                f"give, {latest:%Y-%m-%d}",
                'Read the notice again, and give "days:" if it says how many.',
                (*placed.path, "due_printed"),
                "8 CFR 103.2(b)(8)(iv), as reported",
            )


def due_dates_are_working_days(dossier: Dossier) -> Iterator[Finding]:
    """Find due dates on which offices are closed.

    That such a day is moved to the next was not read in the law: it is never moved here.
    """
    for placed, notice in _unanswered(dossier):
        due = notice.due_printed
        closed = why_closed(due, dossier.law)
        if closed:
            aim = working_day_by(due, dossier.law)
            yield Finding(
                "notice-due-closed",
                Weight.WARNING,
                f"{due:%Y-%m-%d} is {closed}",
                f"Let the answer arrive by {aim:%A, %Y-%m-%d}: no rule that moves the day later is "
                "relied on.",
                (*placed.path, "due_printed"),
                "8 CFR 1.2, not read",
            )


def answers_have_an_address(dossier: Dossier) -> Iterator[Finding]:
    """Find notices to be answered on paper that do not say where."""
    for placed, notice in _unanswered(dossier):
        online = way_of(notice, dossier.case) is AnswerGoesBy.ONLINE
        is_answered_here = notice == dossier.case.answered
        if not notice.answer_to and not online:
            yield Finding(
                "notice-address-missing",
                Weight.ERROR if is_answered_here else Weight.WARNING,
                "the address for the answer is not given",
                'Add "answer_to:" from the notice, or "answer_goes_by: online". The answer does '
                "not go to the lockbox.",
                placed.path,
                "as reported",
            )


def answers_arrive_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Find answers that were sent, or arrived, after the due date: receipt counts, not posting."""
    chronicle = chronicle_of(dossier.case, dossier.law)
    notices = {notice.id: notice for _, notice in chronicle.of(Notice)}
    for placed, filed in chronicle.of(Filed):
        notice = notices.get(filed.answers or "")
        arrived = filed.received or filed.date
        if notice is not None and arrived > notice.due_printed:
            yield Finding(
                "response-late",
                Weight.ERROR,
                f"the answer arrived on {arrived:%Y-%m-%d}, after {notice.due_printed:%Y-%m-%d}"
                if filed.received
                else f"the answer was sent on {arrived:%Y-%m-%d}, after "
                f"{notice.due_printed:%Y-%m-%d}",
                "Correct the date; if it is so, counsel decides what to do.",
                (*placed.path, "received" if filed.received else "date"),
                "8 CFR 103.2(b)(13), as reported",
            )


def _counted(dossier: Dossier) -> Iterator[tuple[Placed, Notice, dt.date | None, dt.date]]:
    """Give each notice with the day that is counted, and the last that it can give."""
    law = dossier.law
    for placed, notice in chronicle_of(dossier.case, law).of(Notice):
        try:
            yield placed, notice, counted_due(notice, law), latest_due(notice, law)
        except LawGapError:  # told by deadlines_can_be_counted
            continue


def _unanswered(dossier: Dossier) -> Iterator[tuple[Placed, Notice]]:
    chronicle = chronicle_of(dossier.case, dossier.law)
    for placed, notice in chronicle.of(Notice):
        if not _is_answered(chronicle, notice):
            yield placed, notice


def _is_answered(chronicle: Chronicle, notice: Notice) -> bool:
    return any(filed.answers == notice.id for _, filed in chronicle.of(Filed))

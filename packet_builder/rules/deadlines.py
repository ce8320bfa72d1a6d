"""No deadline has passed before what is filed, and each can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.deadlines.deadline import Deadline, Force, State
from packet_builder.deadlines.of_case import deadlines_of, overdue
from packet_builder.law.office import FILE
from packet_builder.law.table import SourceStatus
from packet_builder.model.events import DeadlineKind
from packet_builder.rules.finding import Dossier, Finding, Weight

_OF_PASSPORTS = frozenset({DeadlineKind.PASSPORT_RENEWAL, DeadlineKind.PASSPORT_ENDS})


def deadlines_have_not_passed(dossier: Dossier) -> Iterator[Finding]:
    """Find deadlines that have passed on the filing date, and that no event settles."""
    on = dossier.case.filing.date
    for one in overdue(deadlines_of(dossier.case, dossier.law).deadlines, on):
        if one.force is Force.HARD and one.kind not in _OF_PASSPORTS and one.event is not None:
            is_response = one.kind is DeadlineKind.RESPONSE_DUE
            yield Finding(
                "deadline-passed",
                Weight.ERROR if is_response else Weight.WARNING,
                f"{one.title}: {one.date:%Y-%m-%d}, before the filing date; {_state(one)}",
                f"Add what settles it ({one.awaits}), or an event `settled` with the reason.",
                one.path,
                one.rule.source,
            )


def deadlines_can_be_counted(dossier: Dossier) -> Iterator[Finding]:
    """Find deadlines for which the tables of law have no row; nothing is extrapolated."""
    for gap in deadlines_of(dossier.case, dossier.law).gaps:
        yield Finding(
            "deadline-unknown",
            Weight.ERROR,
            f"a deadline cannot be counted: {gap.gap}",
            f"Add the row with its official source to {FILE}, or correct the date.",
            gap.path,
        )


def _state(one: Deadline) -> str:
    unsure = "; counsel confirms" if one.status is SourceStatus.UNVERIFIED else ""
    sent = any(not done.arrived for done in one.done)
    return f"{State.SENT if sent else 'nothing settles it'}{unsure}"

"""The kinds of deadlines become a table: from what each is counted, by which row of law."""

from __future__ import annotations

from collections.abc import Sequence

from docs.reference.table import table
from packet_builder.deadlines.kinds import KINDS, KindOfDeadline
from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS, DeadlineRule, ResponseLimit
from packet_builder.model.events import DeadlineKind

#: Of the days of an answer, which are counted by rows that are called otherwise than the kind.
_ROWS = {
    DeadlineKind.RESPONSE_DUE: ("rfe", "noid"),
    DeadlineKind.RESPONSE_MAIL_BY: ("carried_usps", "carried_courier"),
    DeadlineKind.RESPONSE_TARGET: ("target",),
}
_COUNTED = {
    DeadlineKind.RESPONSE_DUE: "as the notice prints it",
    DeadlineKind.RESPONSE_MAIL_BY: "{days} days before the last working day by which it is due",
    DeadlineKind.RESPONSE_TARGET: "{days} days before the earlier due date, printed or counted",
}


def kinds_block() -> str:
    """Give every kind of deadline, and how sure what it rests on is."""
    rows = [_row(kind, of_kind) for kind, of_kind in KINDS.items()]
    head = ("`deadlines:`", "Deadline", "Counted", "Force", "Settled by", "Source", "Status")
    return "\n".join(table(head, rows))


def _row(kind: DeadlineKind, of_kind: KindOfDeadline) -> Sequence[str]:
    rules = [_rule(kind, row) for row in _ROWS.get(kind, (kind.value,))]
    sources = dict.fromkeys(f"{rule.source}" for rule in rules)
    statuses = dict.fromkeys(rule.status.value for rule in rules)
    return (
        f"`{kind}`",
        of_kind.title.format("…"),
        "\n".join(dict.fromkeys(_counted(kind, rule) for rule in rules)),
        of_kind.force.value,
        of_kind.awaits or "nothing: it passes",
        "\n".join(sources),
        "\n".join(statuses),
    )


def _rule(kind: DeadlineKind, row: str) -> DeadlineRule | ResponseLimit:
    rows: Sequence[DeadlineRule | ResponseLimit] = (
        RESPONSE_LIMITS.shipped if kind in _ROWS else DEADLINES.shipped
    )
    return next(one for one in rows if one.id == row)


def _counted(kind: DeadlineKind, rule: DeadlineRule | ResponseLimit) -> str:
    if isinstance(rule, ResponseLimit):
        carrier = f" ({rule.id.removeprefix('carried_')})" if "carried" in rule.id else ""
        return _COUNTED[kind].format(days=rule.days) + carrier
    counts = ((rule.years, "years"), (rule.months, "months"), (rule.days, "days"))
    counted = [f"{count:+d} {unit}" for count, unit in counts if count]
    return " ".join((rule.from_event, *counted))

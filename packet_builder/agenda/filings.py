"""A filing that was not sent yet becomes its days: what it has to come in time for, and the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from packet_builder.deadlines.chronicle import chronicle_of
from packet_builder.deadlines.wanted import Wanted, done_by
from packet_builder.law.form_editions import FormEdition
from packet_builder.law.freshness import ACTED_ON
from packet_builder.law.law import Law
from packet_builder.law.office import TABLES
from packet_builder.law.table import LawGapError, Row
from packet_builder.model.case import Case
from packet_builder.model.events import CaseEvent, DeadlineKind, Filed

_TABLES = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class FilingSeen:
    """A filing as its facts describe it, and the packet of it that lies there."""

    id: str
    case: Case  # as the filing sees it
    manifest: Mapping[str, Any] | None


def sent_on(filing: FilingSeen) -> dt.date | None:
    """Give the day on which a filing was sent, as an event says; None where none does."""
    return min((event.date for event in filing.case.events if _is_of(event, filing)), default=None)


def of_filing(filing: FilingSeen, law: Law) -> Iterator[Wanted]:
    """Give the days of a filing that was not sent yet."""
    if sent_on(filing) is not None:
        return
    key_date = filing.case.filing.key_date
    if key_date is not None:
        yield _wanted(filing, law, DeadlineKind.KEY_DATE, key_date.date)
    rows = tuple(_rows(filing, law))
    if rows:
        yield _wanted(filing, law, DeadlineKind.LAW_CHECK, min(row.checked_on for row in rows))
    for row in rows:
        if isinstance(row, FormEdition) and row.expires_on_face and not row.expiry_is_ignored:
            wanted = _wanted(filing, law, DeadlineKind.FORM_EDITION, row.expires_on_face)
            yield replace(wanted, anchor=f"{filing.id}.{row.id}", about=row.form)


def _is_of(event: CaseEvent, filing: FilingSeen) -> bool:
    """Tell whether an event is the sending of a filing, by its id, or else by what it is."""
    if not isinstance(event, Filed):
        return False
    return filing.id == event.filing or (
        event.filing is None and event.what.value in {filing.id, filing.case.filing.kind}
    )


def _rows(filing: FilingSeen, law: Law) -> Iterator[Row]:
    """Give the rows that the packet is paid and sent by, as the law has them now."""
    for used in filing.manifest["law"] if filing.manifest else ():
        if used["table"] in ACTED_ON:
            try:
                yield law.any_in_force(_TABLES[used["table"]], used["id"], filing.case.filing.date)
            except LawGapError:  # the packet cannot be filed as it is: `check` says so
                continue


def _wanted(filing: FilingSeen, law: Law, kind: DeadlineKind, start: dt.date) -> Wanted:
    concerned = filing.case.beneficiaries_of(filing.case.filing.beneficiaries)
    persons = tuple(person.id for person in concerned)
    chronicle = chronicle_of(filing.case, law)
    key_date = filing.case.filing.key_date if kind is DeadlineKind.KEY_DATE else None
    return Wanted(
        kind,
        filing.id,
        start,
        persons,
        ("filing", "key_date", "date") if key_date else ("filing", "date"),
        done=done_by(persons, lambda person: chronicle.settled(person, kind, dt.date.min)),
        detail=key_date.event if key_date else f"filing {filing.id}",
    )

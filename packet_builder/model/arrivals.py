"""What a person has and what events say become the arrival record as of the filing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.events import I94, Ead, Entry, Event, ReParole
from packet_builder.model.people import ArrivalRecord, Beneficiary

_NOWHERE: Mapping[str, FactPath] = MappingProxyType({})
#: Which field of an event says what of the arrival record.
_SAYS: Mapping[type[Event], Mapping[str, str]] = MappingProxyType(
    {
        Entry: MappingProxyType(
            {
                "i94_number": "i94_number",
                "class_of_admission": "class_of_admission",
                "admit_until": "paroled_until",
                "arrived": "date",
                "arrived_at": "port",
            }
        ),
        I94: MappingProxyType(
            {
                "i94_number": "i94_number",
                "class_of_admission": "class_of_admission",
                "admit_until": "paroled_until",
            }
        ),
        ReParole: MappingProxyType({"admit_until": "until"}),
    }
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An arrival record, and where events say what is in it."""

    record: ArrivalRecord | None
    places: Mapping[str, FactPath] = field(default_factory=lambda: _NOWHERE)


def arrival_of(case: Case, person: Beneficiary) -> Arrival:
    """Give the most recent arrival record of a person; each entry among the events begins one."""
    record, places = person.arrival_record, dict[str, FactPath]()
    for position, event in _events(case, person):
        if isinstance(event, Entry) and is_earlier(record, event.date):
            record, places = None, {}
        said = {
            name: value
            for name, source in _SAYS[type(event)].items()
            if (value := getattr(event, source)) is not None
        }
        record = _with(record, said)
        places |= {name: ("events", position, _SAYS[type(event)][name]) for name in said}
    return Arrival(record, places)


def card_end(case: Case, person: Beneficiary) -> dt.date | None:
    """Give the last day of the newest card that a person has before the filing."""
    cards = [
        event.valid_until
        for event in sorted(case.events, key=lambda one: one.date)
        if isinstance(event, Ead) and _concerns(event, person) and event.date <= case.filing.date
    ]
    told = person.work_permit.card_ends if person.work_permit else None
    return told or (cards[-1] if cards else None)


def is_earlier(record: ArrivalRecord | None, entry: dt.date) -> bool:
    """Tell whether an arrival record is of a stay before an entry."""
    if record is None:
        return False
    known = record.arrived or record.admit_until
    return known is not None and known < entry


def arrived(case: Case, person: Beneficiary) -> Beneficiary:
    """Give a person with the arrival record as of the filing date."""
    return person.model_copy(update={"arrival_record": arrival_of(case, person).record})


def _with(record: ArrivalRecord | None, said: Mapping[str, Any]) -> ArrivalRecord:
    return (record or ArrivalRecord()).model_copy(update=dict(said))


def _events(case: Case, person: Beneficiary) -> Iterator[tuple[int, Event]]:
    """Give what happened to the record of a person until the filing, in order."""
    for position, event in sorted(enumerate(case.events), key=lambda one: one[1].date):
        is_known = event.date <= case.filing.date
        if is_known and type(event) in _SAYS and _concerns(event, person):
            yield position, event


def _concerns(event: Event, person: Beneficiary) -> bool:
    return not event.beneficiaries or person.id in event.beneficiaries

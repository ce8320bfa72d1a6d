"""An event becomes the words in which it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.agenda.agenda import Agenda
from packet_builder.deadlines.chronicle import Placed
from packet_builder.model.events import AppointmentEvent, FiledKind

_FILED: Mapping[FiledKind, str] = MappingProxyType(
    {
        FiledKind.INITIAL_PAROLE: "Request for parole",
        FiledKind.RFE_RESPONSE: "Response to the Request for Evidence",
        FiledKind.NOID_RESPONSE: "Response to the Notice of Intent to Deny",
        FiledKind.RE_PAROLE: "Request for re-parole",
        FiledKind.EMPLOYMENT_AUTHORIZATION: "Request for a work permit",
        FiledKind.ASYLUM: "Application for asylum",
        FiledKind.ADDRESS_CHANGE: "Change of address",
        FiledKind.OTHER: "Something else",
    }
)


def words_of(placed: Placed) -> str:
    """Tell what happened, in a few words; whom it concerns is told beside it."""
    return _WORDS[placed.event.event](placed.event)


def people_of(persons: tuple[str, ...], agenda: Agenda) -> str:
    """Name people by their given names, where these differ; "" where all of them are meant."""
    everybody = agenda.case.beneficiaries
    if len(persons) in {0, len(everybody)}:
        return ""
    short = {person.id: person.name.given or person.name.family for person in everybody}
    if len(set(short.values())) < len(short):
        short = {person.id: person.name.full for person in everybody}
    return ", ".join(short[person] for person in persons)


def _filed(event: Any) -> str:  # noqa: ANN401 - one function for each kind of event
    arrived = f", received {event.received:%Y-%m-%d}" if event.received else ""
    return f"{_FILED[event.what]} sent{arrived}"


def _appointment(event: Any) -> str:  # noqa: ANN401
    what = event.what if isinstance(event, AppointmentEvent) else "Biometrics"
    said = {True: "attended", False: "not attended", None: "appointment"}[event.attended]
    return f"{what}: {said}"


def _notice(event: Any) -> str:  # noqa: ANN401
    name = {"rfe": "Request for Evidence", "noid": "Notice of Intent to Deny"}[event.event]
    return f"{name}, due {event.due_printed:%Y-%m-%d}"


def _fee(event: Any) -> str:  # noqa: ANN401
    paid = f", paid {event.paid:%Y-%m-%d}" if event.paid else ""
    return f"Parole fee asked for, by {event.pay_by:%Y-%m-%d}{paid}"


def _entry(event: Any) -> str:  # noqa: ANN401
    port = f" at {event.port}" if event.port else ""
    admitted = f", {event.class_of_admission}" if event.class_of_admission else ""
    return f"Entered{port}{admitted}, paroled until {event.paroled_until:%Y-%m-%d}"


_WORDS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "filed": _filed,
        "receipt": lambda event: f"Receipt {event.receipt_number}",
        "biometrics": _appointment,
        "appointment": _appointment,
        "rfe": _notice,
        "noid": _notice,
        "fee_notice": _fee,
        "approval": lambda event: (
            f"Approved{f', document until {event.valid_until}' if event.valid_until else ''}"
        ),
        "denial": lambda _: "Denied",
        "entry": _entry,
        "i94": lambda event: f"Form I-94: paroled until {event.paroled_until}",
        "ead": lambda event: f"Work permit, {event.valid_from} to {event.valid_until}",
        "re_parole": lambda event: f"Re-parole granted until {event.until}",
        "move": lambda event: f"Moved to {event.address.city}",
        "departure": lambda _: "Left the United States",
        "termination": lambda event: f"Parole terminated, last day {event.last_day}",
        "settled": lambda event: f"Settled by {event.by}: {', '.join(event.deadlines)}",
        "other": lambda event: event.what,
    }
)

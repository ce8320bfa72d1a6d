"""What happened in a case, once it is begun: filed, noticed, decided, entered, moved, left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.model.base import Part
from packet_builder.model.people import Address
from packet_builder.model.scalars import (
    Count,
    Day,
    Flag,
    Identifier,
    Line,
    OneOrMany,
    ReceiptNumber,
)

_FIRST_YEAR, _LAST_YEAR = 1950, 2150  # between them every deadline is a day of the calendar


class DeadlineKind(StrEnum):
    """What a day is for."""

    RESPONSE_DUE = "response_due"
    RESPONSE_MAIL_BY = "response_mail_by"
    RESPONSE_TARGET = "response_target"
    FEE_ON_NOTICE = "fee_on_notice"
    APPOINTMENT = "appointment"
    TRAVEL_DOCUMENT_ENDS = "travel_document_ends"
    PAROLE_ENDS = "parole_ends"
    RE_PAROLE_REMINDER = "re_parole_reminder"
    RE_PAROLE_TARGET = "re_parole_target"
    RE_PAROLE_LAST = "re_parole_last"
    PRESENCE_BEGINS = "presence_begins"
    THREE_YEAR_BAR = "three_year_bar"
    TEN_YEAR_BAR = "ten_year_bar"
    ASYLUM = "asylum"
    EAD_RENEWAL = "ead_renewal"
    EAD_ENDS = "ead_ends"
    ADDRESS = "address"
    PASSPORT_RENEWAL = "passport_renewal"
    PASSPORT_ENDS = "passport_ends"
    KEY_DATE = "key_date"
    LAW_CHECK = "law_check"
    FORM_EDITION = "form_edition"


class FiledKind(StrEnum):
    """What was filed, by this office or by another."""

    INITIAL_PAROLE = "initial_parole"
    RFE_RESPONSE = "rfe_response"
    NOID_RESPONSE = "noid_response"
    RE_PAROLE = "re_parole"
    EMPLOYMENT_AUTHORIZATION = "employment_authorization"
    ASYLUM = "asylum"
    ADDRESS_CHANGE = "address_change"
    OTHER = "other"


class ServedBy(StrEnum):
    """How a notice was served; days are added for mail only."""

    MAIL = "mail"
    ELECTRONIC = "electronic"
    IN_PERSON = "in_person"


class AnswerGoesBy(StrEnum):
    """How the answer to a notice goes."""

    USPS = "usps"
    COURIER = "courier"
    ONLINE = "online"


class CaseEvent(Part):
    """What every event says."""

    id: Identifier
    """A short name of your own: `rfe-1`. Calendars know a deadline by it: do not change it."""
    event: str
    """What happened; the other fields follow from it."""
    date: Day
    """The day on which it happened; of a notice, the date printed on it."""
    beneficiaries: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """Whom it concerns; none named means every beneficiary."""
    filing: Line | None = None
    """The filing that it belongs to: `initial_parole`."""
    evidence: Identifier | None = None
    """The evidence that shows it."""

    @model_validator(mode="after")
    def _is_of_our_time(self) -> Self:
        for name in type(self).model_fields:
            day = getattr(self, name)
            if isinstance(day, dt.date) and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                message = "no case has a day in that year; correct it"
                raise PydanticCustomError("year", message, {"path": (name,)})
        return self


class Filed(CaseEvent):
    """Something was sent in, on paper or online."""

    event: Literal["filed"]
    what: FiledKind
    """What was sent. It settles the deadline that waits for it: `address_change` that for Form
    AR-11."""
    answers: Identifier | None = None
    """Of a response: the id of the `rfe` or `noid` that it answers."""
    received: Day | None = None
    """The day on which it arrived, as the carrier or the online account shows; online, the same
    day. Until it is known, a deadline that counts on arrival stays open."""

    @model_validator(mode="after")
    def _names_what_it_answers(self) -> Self:
        is_response = self.what in {FiledKind.RFE_RESPONSE, FiledKind.NOID_RESPONSE}
        if is_response and self.answers is None:
            message = 'a response says what it answers: add "answers:" with the id of the notice'
            raise PydanticCustomError("answers_missing", message, {"path": ("what",)})
        if self.answers is not None and not is_response:
            message = 'only a response answers a notice; correct "what:" or remove the line'
            raise PydanticCustomError("answers_nothing", message, {"path": ("answers",)})
        return self


class Receipt(CaseEvent):
    """The receipt notice came (Form I-797)."""

    event: Literal["receipt"]
    receipt_number: ReceiptNumber
    """The number as the notice prints it: three letters and ten digits. Each person's form has one
    of its own."""
    received: Day | None = None
    """The received date that the notice prints."""


class AnyAppointment(CaseEvent):
    """A day on which somebody has to be somewhere. `date` is that day."""

    place: Line | None = None
    """Where one has to be, as the notice says; it is shown with the deadline."""
    attended: Flag | None = None
    """Yes once the person was there, which settles the deadline; no where the day was missed."""


class Biometrics(AnyAppointment):
    """An appointment for biometrics. `date` is the day of the appointment."""

    event: Literal["biometrics"]


class AppointmentEvent(AnyAppointment):
    """Another appointment: an interview, an examination, a check-in. `date` is its day."""

    event: Literal["appointment"]
    what: Line
    """For example `interview at the embassy`."""


class Notice(CaseEvent):
    """A notice that has to be answered. The date that it prints as due controls."""

    served_on: Day
    """The day of service: of mailing, of posting to the online account, or of handing over."""
    served_by: ServedBy
    """How it reached you. For `mail` the days that the law adds are counted, too."""
    due_printed: Day
    """The last day for the answer, as the notice prints it."""
    days: Annotated[Count, Field(ge=1, le=366)] | None = None
    """The days that the notice gives, where it says so. They are counted as a cross-check."""
    answer_to: Annotated[tuple[Line, ...], OneOrMany()] = ()
    """The address for the answer, line by line as the notice prints it. It is not the lockbox."""
    answer_goes_by: AnswerGoesBy | None = None
    """How the answer will go; where it is left out, as the filing went, or else by mail."""


class Rfe(Notice):
    """A Request for Evidence."""

    event: Literal["rfe"]


class Noid(Notice):
    """A Notice of Intent to Deny."""

    event: Literal["noid"]


class FeeNotice(CaseEvent):
    """A conditional approval that asks for the parole fee, where USCIS collects it."""

    event: Literal["fee_notice"]
    pay_by: Day
    """The last day for the payment, as the notice prints it."""
    paid: Day | None = None
    """The day on which the fee was paid, once it was; that settles the deadline."""


class ApprovalEvent(CaseEvent):
    """A request was approved."""

    event: Literal["approval"]
    valid_until: Day | None = None
    """The last day on which the parole document may be used to come."""


class DenialEvent(CaseEvent):
    """A request was denied."""

    event: Literal["denial"]


class AnyArrivalRecord(CaseEvent):
    """What Form I-94 says of a stay."""

    paroled_until: Day
    """The last day of parole, as Form I-94 or the stamp says."""
    class_of_admission: Line | None = None
    """The class that Form I-94 gives, for example `DT`; Forms I-131 and I-765 print it."""
    i94_number: Line | None = None
    """The record number of Form I-94, eleven letters and digits; Forms I-131 and I-765 print it."""


class Entry(AnyArrivalRecord):
    """Somebody was paroled into the United States."""

    event: Literal["entry"]
    port: Line | None = None
    """The port of entry, as the stamp or Form I-94 says: `Newark`. Form I-765 prints it (Part 2,
    Item 23)."""


class I94(AnyArrivalRecord):
    """Form I-94 was retrieved or corrected. Its last day takes the place of the one before."""

    event: Literal["i94"]


class Ead(CaseEvent):
    """An Employment Authorization Document was issued."""

    event: Literal["ead"]
    valid_from: Day
    """The first day that the card prints; how long the card may last is counted from it."""
    valid_until: Day
    """The last day that the card prints; from it follows when a renewal can be filed."""
    category: Line | None = None
    """The category that the card prints, for example `C11`."""


class ReParole(CaseEvent):
    """A new period of parole was granted."""

    event: Literal["re_parole"]
    until: Day
    """The last day of the new period."""


class Move(CaseEvent):
    """Somebody moved. `date` is the day of the move."""

    event: Literal["move"]
    address: Address
    """Where the person lives now. Forms print the `address:` of the person: change that, too;
    `check` says where it was forgotten."""


class Departure(CaseEvent):
    """Somebody left the United States; parole ends with it."""

    event: Literal["departure"]


class Termination(CaseEvent):
    """Parole was terminated early."""

    event: Literal["termination"]
    last_day: Day
    """The last day that counts as parole, as counsel reads the notice: days of unlawful presence
    are counted from the next."""


class Settled(CaseEvent):
    """Somebody decided that deadlines need nothing more."""

    event: Literal["settled"]
    deadlines: Annotated[tuple[DeadlineKind, ...], OneOrMany(), Field(min_length=1)]
    """Which kinds of deadline, of the people concerned."""
    reason: Line
    """Why nothing more is needed, where no other event shows it: `The passport was renewed
    early.`"""
    by: Line
    """The name of the person who decided it."""


class OtherEvent(CaseEvent):
    """Anything else that belongs to the story of the case; no deadline follows from it."""

    event: Literal["other"]
    what: Line
    """What happened, in a few words for the timeline and the story: `The consulate called`."""


Event: TypeAlias = Annotated[
    Filed
    | Receipt
    | Biometrics
    | AppointmentEvent
    | Rfe
    | Noid
    | FeeNotice
    | ApprovalEvent
    | DenialEvent
    | Entry
    | I94
    | Ead
    | ReParole
    | Move
    | Departure
    | Termination
    | Settled
    | OtherEvent,
    Field(discriminator="event"),
]

#: Each kind of event, by what it is called under `event:`.
EVENT_KINDS: Mapping[str, type[CaseEvent]] = {
    get_args(kind.model_fields["event"].annotation)[0]: kind
    for kind in get_args(get_args(Event)[0])
}

"""A case: everything that a filing is built from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.discretion import Discretion
from packet_builder.model.events import Event, Notice
from packet_builder.model.evidence import Evidence
from packet_builder.model.fees import Fees
from packet_builder.model.interview import InterviewAnswer
from packet_builder.model.notice import AnsweredNotice
from packet_builder.model.people import Beneficiary, Name, Petitioner, Supporter
from packet_builder.model.request import Request
from packet_builder.model.scalars import (
    ANumber,
    Day,
    Flag,
    Identifier,
    Line,
    OneOrMany,
    OutlineName,
)
from packet_builder.model.strategy import Strategy


class Delivery(StrEnum):
    """How it is filed."""

    PAPER = "paper"
    ONLINE = "online"


class Carrier(StrEnum):
    """Who carries a paper filing; the address follows from it."""

    USPS = "usps"
    COURIER = "courier"


class Expedite(Part):
    """A request to expedite."""

    requested: Flag
    reason: Line | None = None


class KeyDate(Part):
    """The date that matters most: a surgery, a funeral, a hearing."""

    date: Day
    event: Line


class Filing(Part):
    """What is filed, how and when."""

    kind: OutlineName
    """What is filed: the name of an outline, such as `initial_parole`."""
    delivery: Delivery | None = None
    """How it is sent to USCIS; left out where a kind of filing is not sent there."""
    carrier: Carrier | None = None
    date: Day
    """The date that the letters carry and that fees and editions are looked up for."""
    counsel: Identifier | None = None
    """The attorney of firm.yaml; may be left out where the office has one."""
    exhibits: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """In the file of a further filing: the evidence of the case that goes with it, by id."""
    beneficiaries: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """For whom it is filed; none named means every beneficiary."""
    self_petitioner: Identifier | None = None
    """Where a beneficiary files alone: that beneficiary's id, and no `petitioner`."""
    expedite: Expedite | None = None
    key_date: KeyDate | None = None
    email_notice: Flag = True
    """Whether Form G-1145 goes in front of a paper filing."""
    language: Identifier | None = None
    """The language of those whom it is for, as letters in it are called: `fa` for Persian, where
    the templates have `officer_questions.fa.docx`."""
    language_read_by: Line | None = None
    """Who has read the letters in that language, and whose language it is."""
    prepared_by: Annotated[tuple[Line, ...], OneOrMany()] = ()
    """Who in the office prepared it; asked for where nobody may approve what they prepared
    (`approval` in firm.yaml)."""


class OtherPerson(Part):
    """Somebody whose particulars stand in the exhibits: a relative, a recipient, a witness."""

    name: Name
    date_of_birth: Day | None = None
    a_number: ANumber | None = None
    passport_number: Line | None = None


class AcceptedFinding(Part):
    """A finding that somebody looked at and accepts: it becomes a note that says so."""

    rule: Line
    """The rule's id, as `packet-builder check --json` gives it."""
    about: Line | None = None
    """Words of the message, where only some findings of the rule are accepted."""
    reason: Line
    by: Line
    """The name of the person who accepts it."""


class Case(Part):
    """The typed facts of a case."""

    filing: Filing
    petitioner: Petitioner | None = None
    beneficiaries: tuple[Beneficiary, ...] = Field(min_length=1)
    supporters: tuple[Supporter, ...] = ()
    request: Request
    discretion: Discretion
    fees: Fees
    evidence: tuple[Evidence, ...] = ()
    others: tuple[OtherPerson, ...] = ()
    """Other people whose dates of birth, A-Numbers or passport numbers stand in the exhibits."""
    accepted_findings: tuple[AcceptedFinding, ...] = ()
    events: tuple[Event, ...] = ()
    """What happened since: deadlines follow from it."""
    strategy: Strategy | None = None
    """What counsel thinks of the case: for a memorandum that never leaves the office."""
    interview: tuple[InterviewAnswer, ...] = ()
    """What an officer may ask at the port of entry, with the answers of the person who comes."""
    notice: AnsweredNotice | None = None
    """In the file of a further filing: the notice that it answers."""

    @property
    def filer(self) -> Petitioner | Beneficiary:
        """Give the person who files: the petitioner, or the beneficiary who files alone."""
        if self.petitioner is not None:
            return self.petitioner
        return self.beneficiary(self.filing.self_petitioner or "")

    @property
    def answered(self) -> Notice | None:
        """Give the dates and the address of the notice that is answered."""
        if self.notice is None:
            return None
        found = (one for one in self.events if one.id == self.notice.event)
        return next((one for one in found if isinstance(one, Notice)), None)

    def beneficiary(self, identifier: str) -> Beneficiary:
        """Give a beneficiary by id."""
        return next(person for person in self.beneficiaries if person.id == identifier)

    @property
    def applicants(self) -> tuple[Beneficiary, ...]:
        """Give those for whom it is filed."""
        return self.beneficiaries_of(self.filing.beneficiaries)

    def only(self, person: Beneficiary) -> Case:
        """Give the case as it is filed for one person alone."""
        filing = self.filing.model_copy(update={"beneficiaries": (person.id,)})
        return self.model_copy(update={"filing": filing})

    def beneficiaries_of(self, identifiers: tuple[str, ...]) -> tuple[Beneficiary, ...]:
        """Give the named beneficiaries, in the case's order; all of them where none is named."""
        if not identifiers:
            return self.beneficiaries
        return tuple(person for person in self.beneficiaries if person.id in identifiers)

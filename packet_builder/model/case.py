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
    """Yes puts the page headed EXPEDITE near the front of the packet; with no, nothing is asked
    for."""
    reason: Line | None = None
    """Why it cannot wait, in one line for the EXPEDITE page and the cover letter; needed with
    `requested: yes`."""


class KeyDate(Part):
    """The date that matters most: a surgery, a funeral, a hearing."""

    date: Day
    """The day itself. It lies after the filing date, and is the day of a ground's `appointment:` or
    of a relative's `prognosis:`."""
    event: Line
    """What happens on that day: `first operation at Lakeside University Hospital`. Letters print it
    with the date."""


class Filing(Part):
    """What is filed, how and when."""

    kind: OutlineName
    """What is filed: the name of an outline, such as `initial_parole`."""
    delivery: Delivery | None = None
    """How it is sent to USCIS; left out where a kind of filing is not sent there."""
    carrier: Carrier | None = None
    """Who takes a paper filing to USCIS, the Postal Service or a courier: the address follows from
    it. Needed on paper, left out online."""
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
    """A request to be decided ahead of others; left out where there is none."""
    key_date: KeyDate | None = None
    """The day that everything turns on, for the cover letter and the EXPEDITE page; left out where
    there is none."""
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
    """Who it is: `family` and `given`, as the pages show them."""
    date_of_birth: Day | None = None
    """Where a page shows it: that page is then not taken for one of another client's file."""
    a_number: ANumber | None = None
    """Where a page shows it, as `A200-111-222`: an A-Number of nobody in the case is an error."""
    passport_number: Line | None = None
    """Where a page shows it: a passport number of nobody in the case is an error."""


class AcceptedFinding(Part):
    """A finding that somebody looked at and accepts: it becomes a note that says so."""

    rule: Line
    """The rule's id, as `packet-builder check --json` gives it."""
    about: Line | None = None
    """Words of the message, where only some findings of the rule are accepted."""
    reason: Line
    """Why it may stand as it is, in one sentence; it is printed with the finding and the name."""
    by: Line
    """The name of the person who accepts it."""


class Case(Part):
    """The typed facts of a case."""

    filing: Filing
    """What is filed, on which day, how it is sent, and whose attorney signs."""
    petitioner: Petitioner | None = None
    """The person in the United States who files; left out where a beneficiary files alone
    (`self_petitioner:` below `filing:`)."""
    beneficiaries: tuple[Beneficiary, ...] = Field(min_length=1)
    """The people for whom parole is asked, an entry each; each gets forms of their own."""
    supporters: tuple[Supporter, ...] = ()
    """Who promises to pay for the stay; for each person whom a promise covers there is a Form
    I-134."""
    request: Request
    """What is asked for, for how long, and why: cover letter and justification are written from
    it."""
    discretion: Discretion
    """What speaks for the request, and what speaks against it, with the answer."""
    fees: Fees
    """How the filing fee is met, and who asks for an exception from the parole fee."""
    evidence: tuple[Evidence, ...] = ()
    """Every piece of evidence once, also one that exists and is not filed (`waived:`)."""
    others: tuple[OtherPerson, ...] = ()
    """Other people whose dates of birth, A-Numbers or passport numbers stand in the exhibits."""
    accepted_findings: tuple[AcceptedFinding, ...] = ()
    """What `check` found and somebody lets stand by name. It holds for one filing only."""
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

"""A filing's order as data: which documents, how often, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.facts import read_file
from packet_builder.facts.tree import FactPath
from packet_builder.model.audience import Audience
from packet_builder.model.base import Part
from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.model.faults import interpret
from packet_builder.model.people import Beneficiary, Supporter
from packet_builder.model.scalars import Flag, Identifier, Line
from packet_builder.template_files import template_file, templates_of


class Condition(StrEnum):
    """What may be asked of a case before a document is planned."""

    ASKS_EMAIL_NOTICE = "asks_email_notice"
    ASKS_EXPEDITE = "asks_expedite"
    ASKS_FEE_WAIVER = "asks_fee_waiver"
    CLAIMS_FEE_EXEMPTION = "claims_fee_exemption"
    PAYS_BY_CARD_ON_PAPER = "pays_by_card_on_paper"
    PAYS_BY_BANK_ACCOUNT_ON_PAPER = "pays_by_bank_account_on_paper"
    ASKS_EMPLOYMENT_DOCUMENT = "asks_employment_document"
    ASKS_NO_EMPLOYMENT_DOCUMENT = "asks_no_employment_document"
    ASKS_FIRST_WORK_PERMIT = "asks_first_work_permit"
    RENEWS_WORK_PERMIT = "renews_work_permit"


class Subject(StrEnum):
    """What a filing may be about: by it, rules are examined and statements are argued."""

    REQUEST = "request"
    """Parole is asked for: basis, grounds, period, urgency, why no visa, departure."""
    INITIAL_EVIDENCE = "initial_evidence"
    """What must be attached to Form I-131, Part 1, Item 7."""
    RE_PAROLE = "re_parole"
    """The beneficiaries are here on parole, and a new period is asked for in time: what must be
    attached to Form I-131, Part 1, Item 11."""
    WORK_PERMIT = "work_permit"
    """The beneficiaries are here on parole, and ask for employment authorization: Form I-765,
    category (c)(11)."""
    ENTRY = "entry"
    """The beneficiaries come from abroad: arrival, the journey of minors, passports that last."""
    DISCRETION = "discretion"
    HISTORY = "history"
    """The immigration history of the beneficiaries, every adverse event answered."""
    SUPPORT = "support"
    """Supporters promise financial support."""
    FILING_FEE = "filing_fee"
    PAROLE_FEE = "parole_fee"
    """Exceptions from the parole fee."""
    DELIVERY = "delivery"
    """It is sent to USCIS, on paper or online."""
    INTERVIEW = "interview"
    """An officer asks questions at the port of entry."""
    EXPLANATION = "explanation"
    """A client is told what parole is, how other routes compare, and which dates matter."""
    STRATEGY = "strategy"
    """Counsel weighs other routes and their clocks, for the office alone."""
    ARGUMENT = "argument"
    """Statements are argued by exhibits: each cites one, and each exhibit is cited."""
    RFE = "rfe"
    """A Request for Evidence is answered."""
    NOID = "noid"
    """A Notice of Intent to Deny is answered."""


class Parole(StrEnum):
    """Which parole is asked for on Form I-131."""

    INITIAL = "initial"
    """Part 1, Item 7."""
    NEW_PERIOD = "new_period"
    """Part 1, Item 11."""


class FiledBy(StrEnum):
    """Who files."""

    FILER = "filer"
    """The petitioner for all, or the beneficiary who files alone."""
    BENEFICIARY = "beneficiary"
    """Each beneficiary for himself."""


class Each(StrEnum):
    """What a document is repeated for."""

    BENEFICIARY = "beneficiary"
    PLEDGE = "pledge"
    PAROLE_FEE_EXCEPTION = "parole_fee_exception"


class Agency(StrEnum):
    """Before whom counsel appears with a Form G-28."""

    USCIS = "uscis"
    CBP = "cbp"


class Entry(Part):
    """One line of an outline: exactly one of the first six."""

    form: Identifier | None = None
    """An official form, by its number: `i-131`."""
    letter: Line | None = None
    """A letter, by the name of its Word template without its ending: `cover_letter`."""
    notice: Literal["expedite"] | None = None
    """The page headed EXPEDITE."""
    enclosure: Literal["notice"] | None = None
    """The notice that the filing answers, every page of it."""
    index: Literal["exhibits"] | None = None
    """The list of all exhibits."""
    exhibits: Literal["all"] | None = None
    """All exhibits, each behind its separator."""
    title: Line | None = None
    """A letter's title, where its file name does not say it."""
    language: Identifier | None = None
    """Of a letter: only where the filing is in that language; `fa` takes `letter.fa.docx`."""
    each: Each | None = None
    """One for each person, each promise of support, or each exception; left out, there is one in
    all."""
    when: Condition | None = None
    """Only where this holds of the case; left out, always."""
    agency: Agency = Agency.USCIS
    """For whom Form G-28 is filled; `cbp` for the folder that is carried to a port of entry."""
    pays: Line | None = None
    """Of a payment form: the row of the fee that it pays, where that is not the filing fee."""

    @model_validator(mode="after")
    def _names_one_document(self) -> Entry:
        named = (
            *(self.form, self.letter, self.notice),
            *(self.enclosure, self.index, self.exhibits),
        )
        if sum(value is not None for value in named) != 1:
            code = "one_document"
            message = (
                "a line names one document: form, letter, notice, enclosure, index or exhibits"
            )
            raise PydanticCustomError(code, message)
        if self.agency is not Agency.USCIS and self.form is None:
            raise PydanticCustomError("agency_of_a_form", "an agency is named beside a form only")
        if self.language is not None and self.letter is None:
            code, message = "language_of_a_letter", "a language is named beside a letter only"
            raise PydanticCustomError(code, message)
        return self

    @property
    def template(self) -> str | None:
        """Give the name of a letter's template: `officer_questions`, or `officer_questions.fa`."""
        if self.letter is None or self.language is None:
            return self.letter
        return f"{self.letter}.{self.language}"


class DueFee(Part):
    """A fee that is due with the filing, for each person for whom it is filed."""

    form: Identifier
    """The form with which it is due; the facts say below `fees:` how it is met."""
    row: Line
    """Its row in the table of fees; `_paper` or `_online` is added where the table has both."""
    exempt: Line | None = None
    """The row that stands in its place for an exempt category."""
    title: Line | None = None
    """What it is called, where that is not the name of the form."""
    separate: Flag = False
    """Paid by a payment of its own, and never waived (Form G-1055, p. 1)."""
    when: Condition | None = None
    """Only for people of whom this holds; left out, for everybody."""

    @property
    def name(self) -> str:
        """Give what it is called."""
        return self.title or f"Form {self.form.upper()}"


class Group(Part):
    """A group of exhibits under one heading."""

    id: Identifier
    """A short name of your own, by which `group:` of a piece of evidence chooses it."""
    heading: Line
    """The heading as the index prints it over the exhibits."""
    kinds: tuple[EvidenceKind, ...]
    """Which kinds of evidence belong here; the first group that has a kind takes it."""


class Outline(Part):
    """The order of a filing."""

    title: Line
    """What is filed: it heads the exhibit index, and is the title of the packet."""
    caption: Line | None = None
    """What stands over the exhibit index, where that is not the title."""
    audience: Audience = Audience.AGENCY
    """For whom it is: the agency, an officer at the port of entry, the client, or the office
    alone."""
    about: tuple[Subject, ...] = ()
    """What it is about, besides what holds for every filing."""
    parole: Parole | None = None
    """Which parole Form I-131 asks for, in a filing that has one."""
    filed_by: FiledBy = FiledBy.FILER
    """Who signs as the one who files: the petitioner for all, or each beneficiary."""
    fees: tuple[DueFee, ...] = ()
    """What is due with it, the filing fee first."""
    address: Line | None = None
    """Where it goes on paper: the row of the table of filing addresses, without `_usps` or
    `_courier`."""
    documents: Annotated[tuple[Entry, ...], Field(min_length=1)]
    """What is in the packet, one line a document, in its order."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    """Headings of the exhibit index, in the order in which exhibits are lettered."""

    @model_validator(mode="after")
    def _names_its_fees(self) -> Outline:
        rows = [fee.row for fee in self.fees]
        if (Subject.FILING_FEE in self.about) != bool(rows):
            message = 'a filing that is about "filing_fee" lists its fees, and no other does'
            raise PydanticCustomError("fees_listed", message)
        if unknown := [one.pays for one in self.documents if one.pays and one.pays not in rows]:
            message = 'a line pays "{row}", which is not one of the fees'
            raise PydanticCustomError("fee_unknown", message, {"row": unknown[0]})
        return self

    @model_validator(mode="after")
    def _says_which_parole(self) -> Outline:
        if self.parole is None and any(one.form == "i-131" for one in self.documents):
            message = 'a filing with Form I-131 says "parole: initial" or "parole: new_period"'
            raise PydanticCustomError("which_parole", message)
        return self

    def fee(self, row: str) -> DueFee:
        """Give a fee by its row."""
        return next(fee for fee in self.fees if fee.row == row)

    def group_of(self, evidence: Evidence) -> Group | None:
        """Give the group of a piece of evidence; None where the outline has none for it."""
        for group in self.groups:
            if evidence.group == group.id or (
                evidence.group is None and evidence.kind in group.kinds
            ):
                return group
        return None


def outlines_in(templates: Path) -> tuple[str, ...]:
    """Name the outlines that there are: the kinds of filing."""
    return tuple(path.stem for path in templates_of(templates, "outlines").values())


def read_outline(templates: Path, kind: str) -> Outline:
    """Read the outline of a kind of filing; raises FactsError with every fault of the file."""
    return interpret(Outline, read_file(template_file(templates, "outlines", f"{kind}.yaml")))


_SECTIONS: Mapping[tuple[str, ...], Subject] = MappingProxyType(
    {
        ("request", "why_not_enough"): Subject.RE_PAROLE,
        ("request", "compliance"): Subject.RE_PAROLE,
        ("request",): Subject.REQUEST,
        ("discretion",): Subject.DISCRETION,
        ("supporters",): Subject.SUPPORT,
        ("beneficiaries",): Subject.HISTORY,
        ("fees", "i131"): Subject.FILING_FEE,
        ("fees", "i765"): Subject.FILING_FEE,
        ("fees", "parole_fee"): Subject.PAROLE_FEE,
        ("interview",): Subject.INTERVIEW,
    }
)


def subject_of(path: FactPath) -> Subject | None:
    """Give what a statement at that place in the facts is about; None: every filing."""
    for section, subject in _SECTIONS.items():
        if path[: len(section)] == section:
            return subject
    return None


def pledges(case: Case) -> Iterator[tuple[Supporter, Beneficiary]]:
    """Give each supporter with each beneficiary the promise covers: one Form I-134 each."""
    for supporter in case.supporters:
        for beneficiary in case.beneficiaries_of(supporter.beneficiaries):
            if beneficiary in case.applicants:
                yield supporter, beneficiary

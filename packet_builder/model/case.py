"""A case: everything that a filing is built from."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.discretion import Discretion
from packet_builder.model.evidence import Evidence
from packet_builder.model.fees import Fees
from packet_builder.model.people import Beneficiary, Petitioner, Supporter
from packet_builder.model.request import Request
from packet_builder.model.scalars import Day, Flag, Identifier, Line


class FilingKind(StrEnum):
    """What is filed."""

    INITIAL_PAROLE = "initial_parole"


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

    kind: FilingKind
    delivery: Delivery
    carrier: Carrier | None = None
    date: Day
    """The date that the letters carry and that fees and editions are looked up for."""
    counsel: Identifier | None = None
    """The attorney of firm.yaml; may be left out where the office has one."""
    self_petitioner: Identifier | None = None
    """Where a beneficiary files alone: that beneficiary's id, and no `petitioner`."""
    expedite: Expedite | None = None
    key_date: KeyDate | None = None
    email_notice: Flag = True
    """Whether Form G-1145 goes in front of a paper filing."""


class Case(Part):
    """The typed facts of a case."""

    filing: Filing
    petitioner: Petitioner | None = None
    beneficiaries: tuple[Beneficiary, ...] = Field(min_length=1)
    supporters: tuple[Supporter, ...] = ()
    request: Request
    discretion: Discretion
    fees: Fees
    evidence: tuple[Evidence, ...] = Field(min_length=1)

    @property
    def filer(self) -> Petitioner | Beneficiary:
        """Give the person who files: the petitioner, or the beneficiary who files alone."""
        if self.petitioner is not None:
            return self.petitioner
        return self.beneficiary(self.filing.self_petitioner or "")

    def beneficiary(self, identifier: str) -> Beneficiary:
        """Give a beneficiary by id."""
        return next(person for person in self.beneficiaries if person.id == identifier)

    def beneficiaries_of(self, identifiers: tuple[str, ...]) -> tuple[Beneficiary, ...]:
        """Give the named beneficiaries, in the case's order; all of them where none is named."""
        if not identifiers:
            return self.beneficiaries
        return tuple(person for person in self.beneficiaries if person.id in identifiers)

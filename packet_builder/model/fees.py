"""How fees are met: a waiver, an exemption, a parole-fee exception are three things."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.scalars import Identifier, Line, OneOrMany
from packet_builder.model.waiver import Waiver


class Payment(StrEnum):
    """How a filing fee is met."""

    CREDIT_CARD = "credit_card"
    """Form G-1450 on paper; by card online."""
    BANK_ACCOUNT = "bank_account"
    """Form G-1650 on paper; by withdrawal online."""
    WAIVER = "waiver"
    """Form I-912, on paper only: inability to pay."""
    EXEMPTION = "exemption"
    """A listed category whose fee is $0; nothing is requested."""


class Exemption(Part):
    """The category that makes a filing fee $0."""

    category: Identifier
    """The category, as the table of fee exemptions lists them."""
    claims: Claims
    """Why the person belongs to that category, each statement with its proof."""


class FilingFee(Part):
    """The filing fee of a form, for each beneficiary's form."""

    pay: Payment
    """How the fee is met: by card, by bank account, waived (on paper only), or exempt by a listed
    category."""
    separate: Payment | None = None
    """How a fee of Pub. L. 119-21 that is due with the form is paid, where the filing fee is not
    paid, or is paid in another way: it is a payment of its own, and is never waived."""
    waiver: Waiver | None = None
    """What Form I-912 asks; needed with `pay: waiver`, and only then."""
    exemption: Exemption | None = None
    """Which category it is, and the proof; needed with `pay: exemption`, and only then."""


class ParoleFeeException(Part):
    """One person's request for an exception from the parole fee (8 U.S.C. 1804(b))."""

    beneficiary: Identifier
    """Who asks, by id; each person who asks has an entry and a letter."""
    exception: Line
    """One of the ten, as the table of exceptions names them."""
    limbs: dict[str, Claims] = Field(min_length=1)
    """For each limb that is claimed (`a`, `b_ii`, ...): its facts, with their proof."""


class Fees(Part):
    """All fees of the filing."""

    i131: FilingFee
    """The filing fee of Form I-131."""
    i765: FilingFee | None = None
    """The filing fee of Form I-765, for a filing of the kind `employment_authorization`."""
    parole_fee: Annotated[tuple[ParoleFeeException, ...], OneOrMany()] = ()
    """Requests for an exception from the fee that is due when parole is granted; left out where
    nobody asks for one."""

    def of(self, form: str) -> FilingFee | None:
        """Give how the fee of a form is met, by the form's id; None where nothing is said."""
        return {"i-131": self.i131, "i-765": self.i765}.get(form)

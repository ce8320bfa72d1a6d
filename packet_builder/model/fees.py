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
    """How the filing fee of Form I-131 is met."""

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


class FilingFee(Part):
    """The filing fee of Form I-131, for each beneficiary's form."""

    pay: Payment
    waiver: Waiver | None = None
    exemption: Exemption | None = None


class ParoleFeeException(Part):
    """One person's request for an exception from the parole fee (8 U.S.C. 1804(b))."""

    beneficiary: Identifier
    exception: Line
    """One of the ten, as the table of exceptions names them."""
    limbs: dict[str, Claims] = Field(min_length=1)
    """For each limb that is claimed (`a`, `b_ii`, ...): its facts, with their proof."""


class Fees(Part):
    """All fees of the filing."""

    i131: FilingFee
    parole_fee: Annotated[tuple[ParoleFeeException, ...], OneOrMany()] = ()

"""A case becomes the lines of its fees: what is enclosed for each person, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.law.fees import Fee, fee
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.law.table import LawGapError, LawUnverifiedError
from packet_builder.model.case import Case, Delivery
from packet_builder.model.fees import Payment
from packet_builder.outline import Subject
from packet_builder.rules.finding import Dossier

_PAID: Mapping[tuple[Payment, Delivery], str] = MappingProxyType(
    {
        (Payment.CREDIT_CARD, Delivery.PAPER): "credit card, Form G-1450",
        (Payment.CREDIT_CARD, Delivery.ONLINE): "card, in the online account",
        (Payment.BANK_ACCOUNT, Delivery.PAPER): "bank account, Form G-1650",
        (Payment.BANK_ACCOUNT, Delivery.ONLINE): "bank account, in the online account",
        (Payment.WAIVER, Delivery.PAPER): "not enclosed: a waiver is asked for, Form I-912",
        (Payment.WAIVER, Delivery.ONLINE): "not enclosed: a waiver is asked for",
        (Payment.EXEMPTION, Delivery.PAPER): "exempt: nothing is due",
        (Payment.EXEMPTION, Delivery.ONLINE): "exempt: nothing is due",
    }
)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee of one person."""

    person: str
    what: str
    row: Fee
    enclosed: bool
    how: str  # how it is met, or why it is not enclosed


def fee_lines(dossier: Dossier) -> tuple[FeeLine, ...]:
    """Give the filing fee and the parole fee of each beneficiary, as far as the tables know them.

    The parole fee is never enclosed (Form G-1055, App. B, pp. 42, 46).
    """
    return tuple(line for line in _lines(dossier) if line is not None)


def _lines(dossier: Dossier) -> Iterator[FeeLine | None]:
    case, about = dossier.case, dossier.outline.about
    payment = case.fees.i131.pay
    exempt = payment is Payment.EXEMPTION
    filing = "i131_exempt" if exempt else f"i131_item7_{case.filing.delivery}"
    is_paid = payment in {Payment.CREDIT_CARD, Payment.BANK_ACCOUNT}
    how = _PAID[payment, case.filing.delivery]
    for person in case.applicants:
        name = person.name.full
        if Subject.FILING_FEE in about and (row := _known(dossier, filing)):
            yield FeeLine(name, "Form I-131", row, is_paid, how)
        if Subject.PAROLE_FEE in about and (row := _known(dossier, "parole_fee")):
            yield FeeLine(name, "parole fee", row, enclosed=False, how=_later(dossier, person.id))


def _known(dossier: Dossier, identifier: str) -> Fee | None:
    try:
        return fee(dossier.law, identifier, dossier.case.filing.date)
    except (LawGapError, LawUnverifiedError):  # found by law_is_known
        return None


def _later(dossier: Dossier, beneficiary: str) -> str:
    collected = "not enclosed: CBP collects it at the port of entry if parole is granted"
    paragraph = _exception(dossier.case, dossier, beneficiary)
    if paragraph is None:
        return f"{collected}; no exception is asked for"
    return f"{collected}, unless it finds the exception of 8 U.S.C. 1804(b)({paragraph}) asked for"


def _exception(case: Case, dossier: Dossier, beneficiary: str) -> int | None:
    numbers = {row.id: row.number for row in parole_fee_exceptions(dossier.law)}
    for asked in case.fees.parole_fee:
        if asked.beneficiary == beneficiary:
            return numbers.get(asked.exception)
    return None

"""A case becomes the lines of its fees: what is enclosed for each person, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.due import PAID, fees_of, payment_of, row_of
from packet_builder.law.fees import Fee, known_fee
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.case import Delivery
from packet_builder.model.fees import Payment
from packet_builder.model.people import Beneficiary
from packet_builder.outline import Agency, DueFee, Subject
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
#: Who collects the parole fee, and when (Form G-1055, App. B, pp. 42, 45-47).
_COLLECTED: Mapping[Agency, str] = MappingProxyType(
    {
        Agency.CBP: "CBP collects it at the port of entry if parole is granted",
        Agency.USCIS: "USCIS collects it online, on its notice of conditional approval",
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
    collector: Agency | None = None  # of the parole fee


def fee_lines(dossier: Dossier) -> tuple[FeeLine, ...]:
    """Give what is due with the filing and the parole fee of each person, as far as it is known.

    The parole fee is never enclosed (Form G-1055, App. B, pp. 42, 45-46).
    """
    return tuple(line for line in _lines(dossier) if line is not None)


def collector_of(person: Beneficiary) -> Agency:
    """Tell who collects a person's parole fee, and finds an exception from it."""
    return Agency.CBP if person.is_abroad else Agency.USCIS


def _lines(dossier: Dossier) -> Iterator[FeeLine | None]:
    case, about = dossier.case, dossier.outline.about
    later = known_fee(dossier.law, "parole_fee", case.filing.date)
    for person in case.applicants:
        for due in fees_of(dossier.outline, case, person) if Subject.FILING_FEE in about else ():
            yield _enclosed(dossier, person, due)
        if Subject.PAROLE_FEE in about and later is not None:
            how, collector = _later(dossier, person), collector_of(person)
            yield FeeLine(person.name.full, "parole fee", later, False, how, collector)  # noqa: FBT003 - enclosed


def _enclosed(dossier: Dossier, person: Beneficiary, due: DueFee) -> FeeLine | None:
    case, law = dossier.case, dossier.law
    payment, delivery = payment_of(due, case), case.filing.delivery
    row = known_fee(law, row_of(due, case, law), case.filing.date)
    if payment is None or delivery is None or row is None:
        return None
    own = ", a payment of its own" if due.separate and payment in PAID else ""
    how = f"{_PAID[payment, delivery]}{own}"
    return FeeLine(person.name.full, due.name, row, payment in PAID, how)


def _later(dossier: Dossier, person: Beneficiary) -> str:
    collected = f"not enclosed: {_COLLECTED[collector_of(person)]}"
    paragraph = _exception(dossier, person.id)
    if paragraph is None:
        return f"{collected}; no exception is asked for"
    return f"{collected}, unless it finds the exception of 8 U.S.C. 1804(b)({paragraph}) asked for"


def _exception(dossier: Dossier, beneficiary: str) -> int | None:
    numbers = {row.id: row.number for row in parole_fee_exceptions(dossier.law)}
    for asked in dossier.case.fees.parole_fee:
        if asked.beneficiary == beneficiary:
            return numbers.get(asked.exception)
    return None

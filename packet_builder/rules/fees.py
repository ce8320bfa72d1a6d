"""The filing fee is met in one way, which can be, and to the dollar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from packet_builder.due import (
    PAID,
    case_path,
    fees_of,
    filing_fee,
    filing_fee_path,
    payment_of,
    row_of,
)
from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.fees import known_fee
from packet_builder.model.case import Delivery
from packet_builder.model.fees import Payment
from packet_builder.outline import Subject
from packet_builder.rules.fee_lines import FeeLine, fee_lines
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import roles

_HOME = "United States"
_PAYMENT_FORMS = {Payment.CREDIT_CARD: "G-1450", Payment.BANK_ACCOUNT: "G-1650"}


def waiver_is_on_paper(dossier: Dossier) -> Iterator[Finding]:
    """Find a fee waiver asked for with an online filing. Form G-1055 (05/29/26), p. 1."""
    case = dossier.case
    fee = filing_fee(dossier.outline, case)
    if fee and fee.pay is Payment.WAIVER and case.filing.delivery is Delivery.ONLINE:
        yield Finding(
            "waiver-online",
            Weight.ERROR,
            "a fee waiver cannot be requested when filing online",
            'Set "delivery: paper", or pay the fee.',
            (*filing_fee_path(dossier.outline), "pay"),
            "Form G-1055 (05/29/26), p. 1",
        )


def waiver_is_possible(dossier: Dossier) -> Iterator[Finding]:
    """Say on what condition a fee can be waived, where it is not always.

    Of a new period: "if they were initially granted parole from outside the United States".
    """
    case, outline = dossier.case, dossier.outline
    due = (fee for person in case.applicants for fee in fees_of(outline, case, person))
    for fee in dict.fromkeys(due):
        row = known_fee(dossier.law, row_of(fee, case, dossier.law), case.filing.date)
        if payment_of(fee, case) is Payment.WAIVER and row and row.waivable.startswith("only"):
            yield Finding(
                "waiver-conditional",
                Weight.NOTE,
                f"the fee is waived {row.waivable}: {fee.name}",
                "For counsel: make sure that this is so; otherwise pay the fee.",
                (*case_path(fee.form), "pay"),
                row.source,
            )


def payment_has_its_particulars(dossier: Dossier) -> Iterator[Finding]:
    """Find a waiver without its basis, an exemption without its category, and the reverse."""
    fee = filing_fee(dossier.outline, dossier.case)
    if fee is None:
        return
    for payment, given in ((Payment.WAIVER, fee.waiver), (Payment.EXEMPTION, fee.exemption)):
        if fee.pay is payment and given is None:
            cure = f'Add "{payment}:" beside "pay:".'
        elif fee.pay is not payment and given is not None:
            cure = f'Remove "{payment}:", or set "pay: {payment}".'
        else:
            continue
        message = f'"pay: {fee.pay}" does not go with what is said of the {payment}'
        law = "Form G-1055 (05/29/26), pp. 1-2, 41-42"
        path = filing_fee_path(dossier.outline)
        yield Finding("payment-contradicts", Weight.ERROR, message, cure, path, law)


def payment_is_told(dossier: Dossier) -> Iterator[Finding]:
    """Find a fee of which the facts do not say how it is met, or which nothing can spare.

    A fee of Pub. L. 119-21 is never waived: Form G-1055 (05/29/26), pp. 1, 46.
    """
    case, outline = dossier.case, dossier.outline
    due = (fee for person in case.applicants for fee in fees_of(outline, case, person))
    for fee in dict.fromkeys(due):
        payment, field = payment_of(fee, case), case_path(fee.form)
        if payment is None:
            yield Finding(
                "payment-untold",
                Weight.ERROR,
                f"nothing is said of how the fee is met: {fee.name}",
                f'Add "{field[-1]}:" with "pay:" below "fees:".',
                ("fees",),
                "Form G-1055 (05/29/26), p. 1",
            )
        elif fee.separate and payment not in PAID:
            yield Finding(
                "separate-fee-unpaid",
                Weight.ERROR,
                f"it is paid by a payment of its own and is never waived: {fee.name}",
                'Add "separate: credit_card" or "separate: bank_account" beside "pay:".',
                field,
                "Form G-1055 (05/29/26), pp. 1, 46",
            )
        elif payment is Payment.EXEMPTION and fee.exempt is None:
            yield Finding(
                "exemption-unknown",
                Weight.ERROR,
                f"no category is known for which this fee is $0: {fee.name}",
                "Pay the fee, or ask for a waiver.",
                field,
                "Form G-1055 (05/29/26), Appendices B and C",
            )


def exemption_category_is_listed(dossier: Dossier) -> Iterator[Finding]:
    """Find an exemption category that the fee schedule does not list."""
    fee = filing_fee(dossier.outline, dossier.case)
    exemption = fee.exemption if fee else None
    known = [row.id for row in fee_exemptions(dossier.law)]
    if exemption is not None and exemption.category not in known:
        yield Finding(
            "exemption-unknown",
            Weight.ERROR,
            f'"{exemption.category}" is not a category of fee exemption',
            f"Use one of: {', '.join(known)}.",
            (*filing_fee_path(dossier.outline), "exemption", "category"),
            "Form G-1055 (05/29/26), pp. 48-49",
        )


def fees_are_exact(dossier: Dossier) -> Iterator[Finding]:
    """Say what is paid with the filing, to the dollar, and what is not.

    "If the fee is incorrect, the application, petition, or request will be rejected."
    """
    enclosed = tuple(line for line in fee_lines(dossier) if line.enclosed)
    if not enclosed:
        return
    filing = ", ".join(_sums(line for line in enclosed if not line.row.separate))
    own = ", ".join(_sums(line for line in enclosed if line.row.separate))
    yield Finding(
        "fees-due",
        Weight.NOTE,
        f"with the filing: {filing or 'no filing fee'}"
        f"{f'; by payments of their own: {own}' if own else ''}, nothing else{_later(dossier)}",
        _how(dossier, enclosed),
        (*filing_fee_path(dossier.outline), "pay"),
        "; ".join(dict.fromkeys(line.row.source for line in enclosed)),
    )


def payers_have_a_bank_in_this_country(dossier: Dossier) -> Iterator[Finding]:
    """Find people abroad who are to pay: card and account must be of a U.S. bank."""
    fee = filing_fee(dossier.outline, dossier.case)
    if fee is None or fee.pay not in _PAYMENT_FORMS:
        return
    for role in roles(dossier.case):
        address = role.person.address
        if role.person.pays_fees and address is not None and address.country != _HOME:
            yield Finding(
                "payer-abroad",
                Weight.WARNING,
                f'"{role.id}" is to pay and lives in {address.country}',
                "Make sure that the card or the account is of a U.S. bank; no other is taken.",
                (*role.path, "pays_fees"),
                "Forms G-1450 and G-1650",
            )


def _sums(lines: Iterable[FeeLine]) -> Iterator[str]:
    """Give each amount with how often it is paid: "3 x $630 = $1,890"."""
    for usd, count in Counter(line.row.usd for line in lines).items():
        yield f"{count} x ${usd:,} = ${count * usd:,}"


def _later(dossier: Dossier) -> str:
    """Say what is collected afterwards."""
    fee = known_fee(dossier.law, "parole_fee", dossier.case.filing.date)
    if fee is None or Subject.PAROLE_FEE not in dossier.outline.about:
        return ""
    return (
        f"; the parole fee of ${fee.usd:,} a person, unless an exception is found, is collected "
        "when parole is granted"
    )


def _how(dossier: Dossier, enclosed: Sequence[FeeLine]) -> str:
    if dossier.case.filing.delivery is Delivery.ONLINE:
        return "Pay in the account, each form by itself."
    case, outline = dossier.case, dossier.outline
    due = (fee for person in case.applicants for fee in fees_of(outline, case, person))
    ways = dict.fromkeys(payment_of(fee, case) for fee in due)
    forms = " or ".join(_PAYMENT_FORMS[way] for way in ways if way in _PAYMENT_FORMS)
    is_split = any(line.row.separate for line in enclosed)
    each = "fee of each person" if is_split else f"Form {outline.fees[0].form.upper()}"
    return f"One Form {forms} for each {each}, exact to the dollar; do not mix methods."

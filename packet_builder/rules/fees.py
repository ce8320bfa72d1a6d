"""The filing fee is met in one way, which can be, and to the dollar."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.fees import Fee, fee
from packet_builder.law.table import LawGapError, LawUnverifiedError
from packet_builder.model.case import Case, Delivery
from packet_builder.model.fees import Payment
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import roles

_HOME = "United States"
_PAYMENT_FORMS = {Payment.CREDIT_CARD: "G-1450", Payment.BANK_ACCOUNT: "G-1650"}


def waiver_is_on_paper(dossier: Dossier) -> Iterator[Finding]:
    """Find a fee waiver asked for with an online filing. Form G-1055 (05/29/26), p. 1."""
    case = dossier.case
    if case.fees.i131.pay is Payment.WAIVER and case.filing.delivery is Delivery.ONLINE:
        yield Finding(
            "waiver-online",
            Weight.ERROR,
            "a fee waiver cannot be requested when filing online",
            'Set "delivery: paper", or pay the fee.',
            ("fees", "i131", "pay"),
            "Form G-1055 (05/29/26), p. 1",
        )


def payment_has_its_particulars(dossier: Dossier) -> Iterator[Finding]:
    """Find a waiver without its basis, an exemption without its category, and the reverse."""
    fee = dossier.case.fees.i131
    for payment, given in ((Payment.WAIVER, fee.waiver), (Payment.EXEMPTION, fee.exemption)):
        if fee.pay is payment and given is None:
            cure = f'Add "{payment}:" beside "pay:".'
        elif fee.pay is not payment and given is not None:
            cure = f'Remove "{payment}:", or set "pay: {payment}".'
        else:
            continue
        message = f'"pay: {fee.pay}" does not go with what is said of the {payment}'
        law = "Form G-1055 (05/29/26), pp. 1-2, 41-42"
        yield Finding("payment-contradicts", Weight.ERROR, message, cure, ("fees", "i131"), law)


def exemption_category_is_listed(dossier: Dossier) -> Iterator[Finding]:
    """Find an exemption category that the fee schedule does not list."""
    exemption = dossier.case.fees.i131.exemption
    known = [row.id for row in fee_exemptions(dossier.law)]
    if exemption is not None and exemption.category not in known:
        yield Finding(
            "exemption-unknown",
            Weight.ERROR,
            f'"{exemption.category}" is no category of fee exemption',
            f"Use one of: {', '.join(known)}.",
            ("fees", "i131", "exemption", "category"),
            "Form G-1055 (05/29/26), pp. 48-49",
        )


def fees_are_exact(dossier: Dossier) -> Iterator[Finding]:
    """Say what is paid with the filing, to the dollar, and what is not.

    "If the fee is incorrect, the application, petition, or request will be rejected."
    """
    case = dossier.case
    due, later = (
        _known_fee(dossier, f"i131_item7_{case.filing.delivery}"),
        _known_fee(dossier, "parole_fee"),
    )
    if due is None or later is None or case.fees.i131.pay not in _PAYMENT_FORMS:
        return
    count = len(case.beneficiaries)
    yield Finding(
        "fees-due",
        Weight.NOTE,
        f"with the filing: {count} x ${due.usd:,} = ${count * due.usd:,}, nothing else; the parole "
        f"fee of ${later.usd:,} a person, unless an exception is found, is collected when parole "
        "is granted",
        _how(case),
        ("fees", "i131", "pay"),
        "Form G-1055 (05/29/26), pp. 1, 41-42, 46",
    )


def payers_have_a_bank_in_this_country(dossier: Dossier) -> Iterator[Finding]:
    """Find people abroad who are to pay: card and account must be of a U.S. bank."""
    if dossier.case.fees.i131.pay not in _PAYMENT_FORMS:
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


def _how(case: Case) -> str:
    if case.filing.delivery is Delivery.ONLINE:
        return "Pay in the account, each form by itself."
    form = _PAYMENT_FORMS[case.fees.i131.pay]
    return f"One Form {form} for each Form I-131, exact to the dollar; do not mix methods."


def _known_fee(dossier: Dossier, identifier: str) -> Fee | None:
    try:
        return fee(dossier.law, identifier, dossier.case.filing.date)
    except (LawGapError, LawUnverifiedError):  # found by law_is_known
        return None

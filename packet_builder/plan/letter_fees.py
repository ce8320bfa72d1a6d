"""Fees become words: payment, waiver or exemption of the filing fee; the parole-fee exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from packet_builder.law.fee_exemptions import fee_exemption
from packet_builder.law.fees import Fee, fee
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import Limb, parole_fee_exception
from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Row
from packet_builder.model.case import Case, Delivery
from packet_builder.model.fees import ParoleFeeException, Payment
from packet_builder.plan.letter_claims import flowing
from packet_builder.plan.letter_people import person_context
from packet_builder.plan.letter_waiver import waiver_basis
from packet_builder.plan.wording import counted, dollars

_EDITION = re.compile(r"G-1055 \(([0-9/]+)\)")
_OWN_MARK = re.compile(r"\([0-9]+\)")  # an exception of one condition is its own limb
_STATUTE = "8\u00a0U.S.C.\u00a0\u00a7\u00a01804(b)"


def filing_fee_context(case: Case, law: Law) -> dict[str, Any]:
    """Give how the filing fee of Form I-131 is met.

    Raises LawGapError where no amount is known for the filing date.
    """
    payment = case.fees.i131.pay
    row = _filing_fee(case, law)
    forms = len(case.applicants)
    return {
        "fee": {
            "card": payment is Payment.CREDIT_CARD,
            "bank_account": payment is Payment.BANK_ACCOUNT,
            "waiver": payment is Payment.WAIVER,
            "exempt": payment is Payment.EXEMPTION,
            "amount": dollars(row.usd),
            "total": dollars(row.usd * forms),
            "forms": counted(forms, "Form") + " I-131",
            "one_form": forms == 1,
            "schedule": _schedule(row),
            "waiver_basis": waiver_basis(case),
            "category": _category(case, law),
        }
    }


def exemption_context(case: Case, law: Law, letters: Mapping[str, str]) -> dict[str, Any]:
    """Give the exemption's category and facts; raises LawGapError for a category not listed."""
    exemption = case.fees.i131.exemption
    row = fee_exemption(law, exemption.category if exemption else "", case.filing.date)
    return {
        "exemption": {
            "category": row.title,
            "source": row.source,
            "claims": flowing(exemption.claims if exemption else (), letters),
        }
    }


def exception_context(
    case: Case, law: Law, asked: ParoleFeeException, letters: Mapping[str, str]
) -> dict[str, Any]:
    """Give one person's parole-fee exception: the law's words, limb by limb, with the facts.

    Raises LawGapError where the table has no such exception for the filing date.
    """
    row = parole_fee_exception(law, asked.exception, case.filing.date)
    claimed = [limb for limb in row.limbs if limb.id in asked.limbs]
    return {
        "person": person_context(case, case.beneficiary(asked.beneficiary)),
        "exception": {
            "paragraph": f"{_STATUTE}({row.number})",
            "name": row.name,
            "lead": row.lead,
            "limbs": [
                {
                    "cited": _cited(row, limb),
                    "words": limb.text,
                    "facts": flowing(asked.limbs[limb.id], letters),
                }
                for limb in claimed
            ],
            "source": row.source,
        },
    }


def _category(case: Case, law: Law) -> str:
    exemption = case.fees.i131.exemption
    if exemption is None:
        return ""
    return fee_exemption(law, exemption.category, case.filing.date).title


def _filing_fee(case: Case, law: Law) -> Fee:
    exempt = case.fees.i131.pay is Payment.EXEMPTION
    on_paper = case.filing.delivery is Delivery.PAPER
    identifier = "i131_exempt" if exempt else f"i131_item7_{'paper' if on_paper else 'online'}"
    return fee(law, identifier, case.filing.date)


def _schedule(row: Fee) -> str:
    edition = _EDITION.search(row.source)
    return f"Form G-1055, Fee Schedule, edition {edition[1]}" if edition else ""


def _cited(row: Row, limb: Limb) -> str:
    """Give a limb as it is cited; an exception of one condition is cited as a whole."""
    paragraph = f"{_STATUTE}({row.number})"
    return paragraph if _OWN_MARK.fullmatch(limb.mark) else f"{paragraph}{limb.mark}"

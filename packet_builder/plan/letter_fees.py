"""Fees become words: payment, waiver or exemption of the filing fee; the parole-fee exception."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from packet_builder.due import amount_of, fees_of, filing_fee, payment_of
from packet_builder.law.fee_exemptions import fee_exemption
from packet_builder.law.fees import Fee
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import Limb, parole_fee_exception
from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Row
from packet_builder.model.case import Case
from packet_builder.model.fees import FilingFee, ParoleFeeException, Payment
from packet_builder.outline import Agency, DueFee, Outline
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import flowing
from packet_builder.plan.letter_parole import item_asked, item_of, receipt_of
from packet_builder.plan.letter_people import person_context
from packet_builder.plan.letter_waiver import waiver_basis
from packet_builder.plan.wording import counted, dollars
from packet_builder.rules.fee_lines import collector_of

_EDITION = re.compile(r"G-1055 \(([0-9/]+)\)")
_OWN_MARK = re.compile(r"\([0-9]+\)")  # an exception of one condition is its own limb
_STATUTE = "8\u00a0U.S.C.\u00a0\u00a7\u00a01804(b)"


def filing_fee_context(case: Case, outline: Outline, law: Law) -> dict[str, Any]:
    """Give how the filing fee is met, and what is due beside it by payments of its own.

    Raises LawGapError where no amount is known for the filing date.
    """
    met = filing_fee(outline, case)
    payment = met.pay if met else None
    due = [fee for person in case.applicants for fee in fees_of(outline, case, person)]
    rows = [amount_of(fee, case, law) for fee in due if not fee.separate]
    forms = len(rows)
    return {
        "fee": {
            "card": payment is Payment.CREDIT_CARD,
            "bank_account": payment is Payment.BANK_ACCOUNT,
            "waiver": payment is Payment.WAIVER,
            "exempt": payment is Payment.EXEMPTION,
            "amount": dollars(rows[0].usd) if rows else "",
            "total": dollars(sum(row.usd for row in rows)),
            "forms": counted(forms, "Form") + f" {outline.fees[0].form.upper()}" if rows else "",
            "one_form": forms == 1,
            "schedule": _schedule(rows[0]) if rows else "",
            "waiver_basis": waiver_basis(met),
            "category": _category(met, case, law),
            "form": outline.fees[0].form.upper() if outline.fees else "",
            "item": item_asked(outline),
            "separate": list(_separate(due, case, law)),
        }
    }


def _separate(due: Sequence[DueFee], case: Case, law: Law) -> Iterator[dict[str, Any]]:
    """Give each fee that is paid by a payment of its own, for all who owe it."""
    for fee, count in Counter(fee for fee in due if fee.separate).items():
        row, payment = amount_of(fee, case, law), payment_of(fee, case)
        yield {
            "name": fee.name,
            "amount": dollars(row.usd),
            "total": dollars(row.usd * count),
            "one": count == 1,
            "card": payment is Payment.CREDIT_CARD,
            "bank_account": payment is Payment.BANK_ACCOUNT,
        }


def exemption_context(case: Case, outline: Outline, law: Law, letters: Letters) -> dict[str, Any]:
    """Give the exemption's category and facts; raises LawGapError for a category not listed."""
    met = filing_fee(outline, case)
    exemption = met.exemption if met else None
    row = fee_exemption(law, exemption.category if exemption else "", case.filing.date)
    return {
        "exemption": {
            "category": row.title,
            "source": row.source,
            "claims": flowing(exemption.claims if exemption else (), letters),
        }
    }


def exception_context(
    case: Case, law: Law, asked: ParoleFeeException, letters: Letters
) -> dict[str, Any]:
    """Give one person's parole-fee exception: the law's words, limb by limb, with the facts.

    Raises LawGapError where the table has no such exception for the filing date.
    """
    row = parole_fee_exception(law, asked.exception, case.filing.date)
    person = case.beneficiary(asked.beneficiary)
    claimed = [limb for limb in row.limbs if limb.id in asked.limbs]
    return {
        "person": person_context(case, person),
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
            "receipt_number": receipt_of(case, person),
            "item": item_of(person),
            "to_cbp": collector_of(person) is Agency.CBP,
        },
    }


def _category(met: FilingFee | None, case: Case, law: Law) -> str:
    if met is None or met.exemption is None:
        return ""
    return fee_exemption(law, met.exemption.category, case.filing.date).title


def _schedule(row: Fee) -> str:
    edition = _EDITION.search(row.source)
    return f"Form G-1055, Fee Schedule, edition {edition[1]}" if edition else ""


def _cited(row: Row, limb: Limb) -> str:
    """Give a limb as it is cited; an exception of one condition is cited as a whole."""
    paragraph = f"{_STATUTE}({row.number})"
    return paragraph if _OWN_MARK.fullmatch(limb.mark) else f"{paragraph}{limb.mark}"

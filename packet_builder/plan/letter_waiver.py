"""The request to waive a filing fee becomes the words of its letter, with the form's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from packet_builder.due import filer_of, filing_fee
from packet_builder.law.fee_waivers import fee_waiver_basis
from packet_builder.law.law import Law
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError
from packet_builder.model.case import Case
from packet_builder.model.fees import FilingFee
from packet_builder.model.waiver import Benefit, Waiver, WaiverBasis
from packet_builder.outline import Outline
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import flowing
from packet_builder.plan.wording import counted, dollars, joined

_BASES: Mapping[WaiverBasis, str] = MappingProxyType(
    {
        WaiverBasis.BENEFIT: "receipt of a means-tested benefit",
        WaiverBasis.INCOME: (
            "household income at or below 150 percent of the Federal Poverty Guidelines"
        ),
        WaiverBasis.HARDSHIP: "financial hardship",
    }
)
_FIGURES = ("household", "total_income", "limit", "assets", "expenses")


def waiver_context(case: Case, outline: Outline, law: Law, letters: Letters) -> dict[str, Any]:
    """Give the bases of the request to waive the filing fee, its facts, and its figures.

    The figures are those that Form I-912 is filled from.
    """
    met = filing_fee(outline, case)
    waiver = met.waiver if met else None
    filer = filer_of(outline, case, case.applicants[0]).name.full
    bases = waiver.basis if waiver else ()
    return {
        "waiver": {
            **{basis.value: basis in bases for basis in WaiverBasis},
            "bases": waiver_basis(met),
            "claims": flowing(waiver.claims if waiver else (), letters),
            "benefits": [_benefit(one, waiver, filer) for one in waiver.benefits] if waiver else [],
            **_figures(waiver, law, case.filing.date),
        }
    }


def waiver_basis(met: FilingFee | None) -> str:
    """Give the bases in words; nothing where no waiver is asked for."""
    bases = met.waiver.basis if met and met.waiver else ()
    return joined([_BASES[basis] for basis in WaiverBasis if basis in bases])


def _benefit(benefit: Benefit, waiver: Waiver, filer: str) -> dict[str, str]:
    member = waiver.member(benefit.recipient)
    return {
        "person": member.name.full if member else filer,
        "relationship": "" if member is None else member.relationship.lower(),
        "benefit": benefit.benefit,
        "agency": benefit.agency,
    }


def _figures(waiver: Waiver | None, law: Law, on: dt.date) -> dict[str, str]:
    if waiver is None:
        return dict.fromkeys(_FIGURES, "")
    size, income = waiver.household_size, waiver.total_income
    compared = {} if size is None or income is None else _compared(law, size, income, on)
    return {
        **dict.fromkeys(_FIGURES, ""),
        **compared,
        "assets": _sum(waiver.assets_total),
        "expenses": _sum(waiver.expenses_total),
    }


def _compared(law: Law, household: int, income: Decimal, on: dt.date) -> dict[str, str]:
    return {
        "household": counted(household, "person"),
        "total_income": dollars(income),
        "limit": _limit(law, household, on),
    }


def _limit(law: Law, household: int, on: dt.date) -> str:
    """Give the highest income that qualifies; nothing where no guideline is known."""
    try:
        guideline = poverty_guideline(law, household, on)
    except LawGapError:  # found by the rules of the waiver
        return ""
    return dollars(fee_waiver_basis(law, WaiverBasis.INCOME, on).limit_of(guideline.usd))


def _sum(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)

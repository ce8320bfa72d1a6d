"""The request to waive a filing fee becomes the words of Form I-912."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from packet_builder.due import filing_fee
from packet_builder.model.case import Case
from packet_builder.model.people import Beneficiary, Petitioner, Status
from packet_builder.model.waiver import Benefit, ExpenseKind, Waiver, WaiverBasis
from packet_builder.outline import Outline, Subject
from packet_builder.plan.form_words import Words, words_of
from packet_builder.rules.persons import is_same

Filer: TypeAlias = Petitioner | Beneficiary

_SELF = "Self"
_ON_PAROLE = frozenset({Subject.RE_PAROLE, Subject.WORK_PERMIT})
_STATUSES: Mapping[Status, str] = MappingProxyType(
    {
        Status.US_CITIZEN: "United States citizen",
        Status.US_NATIONAL: "United States national",
        Status.PERMANENT_RESIDENT: "Lawful permanent resident",
        Status.ASYLEE: "Asylee",
        Status.REFUGEE: "Refugee",
        Status.PAROLEE: "Parolee",
        Status.TPS_HOLDER: "Temporary Protected Status",
        Status.DEFERRED_ACTION: "Deferred action",
        Status.NO_US_STATUS: "None",
    }
)


def waiver_words(case: Case, filer: Filer, outline: Outline) -> Words | None:
    """Give what Form I-912 is filled from; None where no waiver is asked for.

    What stands in the facts as it stands on the form has the same name in both.
    """
    met = filing_fee(outline, case)
    waiver = met.waiver if met else None
    if waiver is None:
        return None
    return {
        **words_of(waiver),
        **{f"by_{basis}": _answer(basis in waiver.basis) for basis in WaiverBasis},
        "by_guardian": _answer(_is_child(filer)),
        **_requests(case, filer, waiver, outline.fees[0].form.upper()),
        "benefits": [_benefit(one, waiver, filer) for one in waiver.benefits],
        **_income(waiver),
        **_hardship(waiver),
    }


def _income(waiver: Waiver) -> dict[str, Any]:
    heads = [one.name.full for one in waiver.household or () if one.head]
    return {
        "household_size": words_of(waiver.household_size),
        "earners": words_of(waiver.earners),
        "head": heads[0] if heads else None,
        "annual_income": _amount(waiver.annual_income),
        "others_income": _amount(waiver.others_income),
        "total_income": _amount(waiver.total_income),
    }


def _hardship(waiver: Waiver) -> dict[str, Any]:
    paid = waiver.monthly_expenses or ()
    other = [one.description for one in paid if one.kind is ExpenseKind.OTHER and one.description]
    return {
        "assets": list(_assets(waiver)),
        "assets_total": _amount(waiver.assets_total),
        "expense_kinds": list(dict.fromkeys(one.kind.value for one in paid)),
        "has_other_expenses": _answer(any(one.kind is ExpenseKind.OTHER for one in paid)),
        "other_expenses": "; ".join(other) or None,
        "expenses_total": _amount(waiver.expenses_total),
    }


def _assets(waiver: Waiver) -> Iterator[dict[str, Any]]:
    """Give the rows of assets; one that says so where there are none."""
    if waiver.assets == ():
        yield {"description": "None", "value": "0"}
    for one in waiver.assets or ():
        yield {"description": one.description, "value": _amount(one.value)}


def _requests(case: Case, filer: Filer, waiver: Waiver, form: str) -> dict[str, Any]:
    """Give the rows of Part 3: who asks, and the forms that each of them files.

    The person who files answers for every form but those of beneficiaries who ask as members of
    the same household: a person abroad who is no such member asks for nothing.
    """
    family = [one for one in case.applicants if one.id in waiver.family and not is_same(one, filer)]
    own = len(case.applicants) - len(family)
    return {
        "own_forms": f"{own} Forms {form}" if own > 1 else form if own else "None",
        "forms_in_all": str(len(case.applicants)),
        "family": [{**words_of(person), "forms": form} for person in family],
    }


def _benefit(benefit: Benefit, waiver: Waiver, filer: Filer) -> dict[str, Any]:
    member = waiver.member(benefit.recipient)
    return {
        **words_of(benefit),
        "person": (member or filer).name.full,
        "relationship": _SELF if member is None else member.relationship,
    }


def filer_status(filer: Filer, outline: Outline) -> str | None:
    """Give the status of the person who files as a form asks; None where it is not told."""
    if isinstance(filer, Beneficiary):
        if not _ON_PAROLE.isdisjoint(outline.about):
            return _STATUSES[Status.PAROLEE]
        return "None" if filer.is_abroad else None
    if filer.status is not Status.NONIMMIGRANT:
        return _STATUSES[filer.status]
    record = filer.arrival_record
    admitted_as = record.class_of_admission if record else None
    return None if admitted_as is None else f"{admitted_as} nonimmigrant"


def _is_child(filer: Filer) -> bool:
    return isinstance(filer, Beneficiary) and filer.guardian is not None


def _answer(holds: bool) -> str:  # noqa: FBT001 - a predicate becomes the word for it
    return "yes" if holds else "no"


def _amount(amount: Decimal | None) -> str | None:
    """Give an amount in digits alone: the form's own check takes no comma."""
    return None if amount is None else f"{amount:.2f}".removesuffix(".00")

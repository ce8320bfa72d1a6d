"""Where an answer of a form lies among its words becomes the place in the facts to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.firm import Firm
from packet_builder.model.people import Person
from packet_builder.outline import Agency
from packet_builder.plan.forms import Subject

FIRM = "firm.yaml"
"""Where a path begins that lies in the facts of the office."""

#: What a form asks under another name than the facts give it.
_WRITTEN_AS: Mapping[str, str] = MappingProxyType(
    {
        "phone_digits": "phone",
        "mobile_digits": "mobile",
        "fax_digits": "fax",
        "zip5": "zip",
        "unit_kind": "unit",
        "unit_number": "unit",
        "home": "address",
        "lives_elsewhere": "address",
        "weight_digits": "weight_pounds",
        "kind_printed": "kind",
        "dollars": "value",
        "annual_income_dollars": "annual_income",
        "assets_total": "assets",
        "full": "family",
        "us_address": "address",
        "us_home": "physical_address",
        "document": "passport",
        "household_size": "household",
        "earners": "household",
        "others_income": "household",
        "total_income": "household",
        "expenses_total": "monthly_expenses",
        "other_expenses": "monthly_expenses",
    }
)
_ENDS = frozenset({"weight_digits", "lives_elsewhere", "assets_total"})  # nothing lies below these
_WAIVER = ("fees", "i131", "waiver")
_DERIVED: Mapping[str, FactPath] = MappingProxyType(
    {
        "form.filer_status": ("petitioner", "status"),
        "form.stay_ends": ("request", "arrival"),
        "form.stay_until": ("request", "arrival"),
        "form.length_of_stay": ("request", "period"),
        "form.employment_document": ("request", "employment_document"),
        "form.fee_dollars": ("fees", "i131", "pay"),
        "form": ("filing",),
        "waiver.head": (*_WAIVER, "household"),
        "waiver.expense_kinds": (*_WAIVER, "monthly_expenses"),
        "waiver.own_forms": _WAIVER,
        "waiver.forms_in_all": _WAIVER,
    }
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one form's facts stand in the files."""

    roots: Mapping[str, FactPath]
    wholes: Mapping[str, FactPath]  # facts that one other fact gives as a whole

    def path_of(self, fact: str) -> FactPath:
        """Give the path of a fact that a form's map names; where it is derived, what from."""
        for whole, path in self.wholes.items():
            if fact == whole or fact.startswith(f"{whole}."):
                return path
        root = max((one for one in self.roots if fact.startswith(f"{one}.")), key=len)
        path = self.roots[root]
        for step in fact.removeprefix(f"{root}.").split("."):
            path = (*path, int(step) if step.isdigit() else _WRITTEN_AS.get(step, step))
            if step in _ENDS:
                break
        return path


def places_of(case: Case, firm: Firm, subject: Subject, agency: Agency) -> Places:
    """Give where one form's facts stand."""
    beneficiary, supporter = subject.beneficiary, subject.supporter
    filer = _place_of(case, case.filer)
    counsel = _counsel_at(case, firm)
    payer = next((one for one in (case.filer, *case.supporters) if one.pays_fees), None)
    family = case.fees.i131.waiver.family if case.fees.i131.waiver else ()
    members = (one for one in case.beneficiaries if one.id in family)
    roots = {
        "filer": filer,
        "client": filer if agency is Agency.USCIS else _place_of(case, beneficiary),
        "beneficiary": _place_of(case, beneficiary),
        "supporter": _place_of(case, supporter) if supporter else filer,
        "firm": (FIRM,),
        "counsel": (FIRM, "attorneys", counsel),
        "request": ("request",),
        "waiver": _WAIVER,
        **{f"waiver.family.{n}": _place_of(case, one) for n, one in enumerate(members)},
        "interpreter": (*filer, "interpreter"),
        "preparer": (*filer, "preparer"),
        "filing": ("filing",),
    }
    wholes = {**_DERIVED, "waiver.by_guardian": filer}
    if payer is None:
        return Places(roots, {**wholes, "card_holder": (*filer, "pays_fees")})
    return Places({**roots, "card_holder": _place_of(case, payer)}, wholes)


def _place_of(case: Case, person: Person) -> FactPath:
    for name, people in (("beneficiaries", case.beneficiaries), ("supporters", case.supporters)):
        for number, one in enumerate(people):
            if one is person:
                return (name, number)
    return ("petitioner",)


def _counsel_at(case: Case, firm: Firm) -> int:
    named = case.filing.counsel
    ids = [one.id for one in firm.attorneys]
    return ids.index(named) if named in ids else 0

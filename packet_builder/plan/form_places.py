"""Where an answer of a form lies among its words becomes the place in the facts to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.due import filer_of, filing_fee, filing_fee_path, payer_of
from packet_builder.facts.tree import FactPath
from packet_builder.model.arrivals import arrival_of
from packet_builder.model.case import Case
from packet_builder.model.firm import Firm
from packet_builder.model.people import Beneficiary, Person, Petitioner, Status
from packet_builder.model.waiver import WaiverBasis
from packet_builder.outline import Agency, Outline
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.forms import Subject

FIRM = "firm.yaml"
"""Where a path begins that lies in the facts of the office."""

EACH = "*"
"""In the place of a position: every entry of a list."""

#: What a form asks under another name than the facts give it.
_WRITTEN_AS: Mapping[str, str] = MappingProxyType(
    {
        "phone_digits": "phone",
        "mobile_digits": "mobile",
        "fax_digits": "fax",
        "zip5": "zip",
        "unit_kind": "unit",
        "unit_number": "unit",
        "has_unit": "unit",
        "in_us": "country",
        "has_address": "address",
        "kind_printed": "kind",
        "dollars": "value",
        "annual_income_dollars": "annual_income",
        "us_address": "address",
        "us_home": "physical_address",
        "is_stateless": "citizenship",
        "person": "recipient",
    }
)
#: What a form asks as one and the facts give in parts; where a part is not written, it is silent.
_MADE_OF: Mapping[str, tuple[FactPath, ...]] = MappingProxyType(
    {
        "full": (("family",), ("given",), ("middle",)),
        "weight_digits": (("weight_pounds",),),
        "lives_elsewhere": (("address",), ("physical_address",)),
        "assets_total": (("assets", EACH, "value"),),
        "is_abroad": (("location", "country"),),
        "lacks": (("without",),),
    }
)
_PERIOD = ("request", "period", "months")
_DERIVED: Mapping[str, tuple[FactPath, ...]] = MappingProxyType(
    {
        "form.stay_ends": (("request", "arrival"),),
        "form.stay_until": (("request", "arrival"), _PERIOD),
        "form.length_of_stay": (_PERIOD,),
        "form.employment_document": (("request", "employment_document"),),
    }
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one form's facts stand in the files."""

    roots: Mapping[str, FactPath]
    wholes: Mapping[str, tuple[FactPath, ...]]  # facts that other facts give as a whole

    def path_of(self, fact: str) -> FactPath:
        """Give where to write a fact that a form's map names; where it is derived, what from."""
        path = next(iter(self.paths_of(fact)), ("filing",))
        return path[: path.index(EACH)] if EACH in path else path

    def paths_of(self, fact: str) -> tuple[FactPath, ...]:
        """Give the paths of all that a fact is made of; none where no file of facts says it."""
        if wholes := [one for one in self.wholes if f"{fact}.".startswith(f"{one}.")]:
            return self.wholes[max(wholes, key=len)]
        root = max((one for one in self.roots if fact.startswith(f"{one}.")), key=len)
        path = self.roots[root]
        for step in fact.removeprefix(f"{root}.").split("."):
            if step in _MADE_OF:
                return tuple((*path, *part) for part in _MADE_OF[step])
            path = (*path, int(step) if step.isdigit() else _WRITTEN_AS.get(step, step))
        return (path,)


def places_of(filing: FormFiling, subject: Subject, agency: Agency) -> Places:
    """Give where one form's facts stand."""
    case, firm = filing.case, filing.firm
    beneficiary, supporter = subject.beneficiary, subject.supporter
    who_files = filer_of(filing.outline, case, beneficiary)
    client = who_files if agency is Agency.USCIS else beneficiary
    payer = payer_of(filing.outline, case, beneficiary)
    people = {
        "filer": who_files,
        "client": client,
        "beneficiary": beneficiary,
        "supporter": supporter or who_files,
        **({"card_holder": payer} if payer else {}),
    }
    filer = _place_of(case, who_files)
    roots = {
        **{name: _place_of(case, person) for name, person in people.items()},
        **{f"{name}.home": _home(case, person) for name, person in people.items()},
        "beneficiary.document": (*_place_of(case, beneficiary), *_document(beneficiary)),
        "firm": (FIRM,),
        "counsel": (FIRM, "attorneys", _counsel_at(case, firm)),
        "request": ("request",),
        "waiver": (*filing_fee_path(filing.outline), "waiver"),
        **_family(case, filing.outline),
        "interpreter": (*filer, "interpreter"),
        "preparer": (*filer, "preparer"),
        "filing": ("filing",),
    }
    fee = _of_the_fee(filing_fee_path(filing.outline))
    wholes = {**_DERIVED, **fee, **_of_this_case(filing, subject, agency)}
    records = {name: one for name, one in people.items() if isinstance(one, Beneficiary)}
    return Places(roots, {**wholes, **_arrivals(case, records)})


def _arrivals(case: Case, people: Mapping[str, Beneficiary]) -> dict[str, tuple[FactPath, ...]]:
    """Give where events say what is in an arrival record."""
    return {
        f"{name}.arrival_record.{field}": (path,)
        for name, person in people.items()
        for field, path in arrival_of(case, person).places.items()
    }


def _of_the_fee(fee: FactPath) -> dict[str, tuple[FactPath, ...]]:
    """Give what is derived from how the filing fee is met, and from the request to waive it."""
    waiver = (*fee, "waiver")
    own = (*waiver, "annual_income")
    others = (
        (*waiver, "household", EACH, "annual_income"),
        (*waiver, "other_income", EACH, "annual"),
    )
    forms: tuple[FactPath, ...] = (("beneficiaries",), (*waiver, "family"))
    spent = (*waiver, "monthly_expenses", EACH)
    return {
        "form.fee_dollars": ((*fee, "pay"), ("filing", "delivery"), ("filing", "date")),
        "form.matter": ((*fee, "pay"),),
        "waiver.household_size": ((*waiver, "household"),),
        "waiver.earners": (others[0], own),
        "waiver.others_income": others,
        "waiver.total_income": (*others, own),
        "waiver.head": ((*waiver, "household", EACH, "head"),),
        "waiver.expense_kinds": ((*spent, "kind"),),
        "waiver.has_other_expenses": ((*spent, "kind"),),
        "waiver.expenses_total": ((*spent, "monthly"),),
        "waiver.other_expenses": ((*spent, "description"),),
        "waiver.own_forms": forms,
        "waiver.forms_in_all": forms,
        **{f"waiver.by_{basis}": ((*waiver, "basis"),) for basis in WaiverBasis},
    }


def _of_this_case(
    filing: FormFiling, subject: Subject, agency: Agency
) -> dict[str, tuple[FactPath, ...]]:
    """Give what is derived in one way or another by who files, for whom, and before whom."""
    case = filing.case
    who_files = filer_of(filing.outline, case, subject.beneficiary)
    filer = _place_of(case, who_files)
    files_alone = isinstance(who_files, Beneficiary)
    wholes: dict[str, tuple[FactPath, ...]] = {
        "form.filer_status": tuple((*filer, *part) for part in _status(who_files)),
        "form.supports": (_place_of(case, subject.supporter or who_files),),
        "filing.files_for": (filer,),
        "filing.parole": (("filing", "kind"),),
        "waiver.by_guardian": ((*filer, "guardian") if files_alone else filer,),
    }
    if agency is not Agency.USCIS:
        wholes["form.matter"] = ()
    if payer_of(filing.outline, case, subject.beneficiary) is None:
        wholes["card_holder"] = ((*filer, "pays_fees"),)
    return {**wholes, "form": ()}  # the same in every filing


def _status(filer: Petitioner | Beneficiary) -> tuple[FactPath, ...]:
    if isinstance(filer, Beneficiary):
        return (("location", "country"),)
    if filer.status is Status.NONIMMIGRANT:
        return (("status",), ("arrival_record", "class_of_admission"))
    return (("status",),)


def _family(case: Case, outline: Outline) -> dict[str, FactPath]:
    """Give who is named on Form I-912 beside the person who files, in its order."""
    met = filing_fee(outline, case)
    asking = met.waiver.family if met and met.waiver else ()
    filer = filer_of(outline, case, case.applicants[0])
    members = [one for one in case.applicants if one.id in asking and one is not filer]
    return {f"waiver.family.{at}": _place_of(case, one) for at, one in enumerate(members)}


def _home(case: Case, person: Person) -> FactPath:
    lives_elsewhere = person.physical_address is not None
    return (*_place_of(case, person), "physical_address" if lives_elsewhere else "address")


def _document(person: Beneficiary) -> FactPath:
    """Give where the document stands with which somebody travels."""
    record, passport = person.arrival_record, person.passport
    if (passport is None or passport.number is None) and record and record.travel_document:
        return ("arrival_record", "travel_document")
    return ("passport",)


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

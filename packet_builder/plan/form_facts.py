"""The facts of a case, gathered for one official form, and what follows from the filing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from packet_builder.deadlines.counting import months_after
from packet_builder.due import PAID, amount_of, filer_of, filing_fee, payer_of, payment_of
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.arrivals import arrived
from packet_builder.model.case import Case
from packet_builder.model.fees import Payment
from packet_builder.model.firm import Attorney, Firm
from packet_builder.model.people import Beneficiary, Supporter
from packet_builder.outline import Agency, DueFee, Outline
from packet_builder.plan.form_waiver import filer_status, waiver_words
from packet_builder.plan.form_words import Words, words_of
from packet_builder.rules.persons import is_same


@dataclass(frozen=True, slots=True)
class FormFiling:
    """What the forms of a filing are filled from."""

    case: Case
    firm: Firm
    outline: Outline
    law: Law = SHIPPED


def form_facts(
    filing: FormFiling,
    beneficiary: Beneficiary,
    supporter: Supporter | None = None,
    pays: DueFee | None = None,
) -> Words:
    """Give what one form may be filled from; `pays` is the fee that it pays."""
    case, firm, outline = filing.case, filing.firm, filing.outline
    filer = filer_of(outline, case, beneficiary)
    files_for = "self" if filer is beneficiary else "another"
    filer = arrived(case, filer) if isinstance(filer, Beneficiary) else filer
    return {
        "filer": words_of(filer),
        "client": words_of(filer),
        "beneficiary": words_of(arrived(case, beneficiary)),
        "supporter": words_of(supporter),
        "card_holder": words_of(payer_of(outline, case, beneficiary)),
        "firm": words_of(firm),
        "counsel": words_of(_counsel(case, firm)),
        "request": words_of(case.request),
        "interpreter": words_of(filer.interpreter),
        "preparer": words_of(filer.preparer),
        "waiver": waiver_words(case, filer, outline),
        "form": {
            **_of_every_form(case, outline),
            "filer_status": filer_status(filer, outline),
            "supports": _supports(beneficiary, supporter),
            "fee_dollars": _fee_dollars(pays, case, filing.law),
        },
        "filing": {
            "files_for": files_for,
            "parole": outline.parole.value if outline.parole else None,
        },
    }


def for_agency(words: Words, agency: Agency) -> Words:
    """Give the facts of a form as the agency gets it before which counsel appears.

    Form I-131 calls the person who files the applicant, whoever it is for. At a port of entry the
    person who comes applies: a parolee "will remain an applicant for admission" (Instructions for
    Form I-131, p. 12).
    """
    if agency is Agency.USCIS:
        return words
    matter = {"agency": agency.value, "matter": "Parole at a port of entry"}
    return {**words, "client": words["beneficiary"], "form": {**words["form"], **matter}}


def _of_every_form(case: Case, outline: Outline) -> Words:
    """Give what follows from the filing itself: counsel appears before USCIS for the applicant."""
    months = case.request.period.months
    return {
        "agency": "uscis",
        "matter": _matter(case, outline),
        "client": "applicant",
        "g28_attached": "yes",
        "length_of_stay": f"{months} month{'s' if months > 1 else ''}",
        "employment_document": words_of(case.request.employment_document),
        "stay_ends": "date" if case.request.arrival else None,
        "stay_until": words_of(_stay_until(case)),
    }


def _supports(beneficiary: Beneficiary, supporter: Supporter | None) -> str | None:
    """Tell whether a declaration of support is for another person: a beneficiary may make it."""
    if supporter is None:
        return None
    return "myself" if is_same(supporter, beneficiary) else "another"


def _stay_until(case: Case) -> dt.date | None:
    """Give the last day of the period that is asked for, counted from the arrival."""
    arrival = case.request.arrival
    return months_after(arrival, case.request.period.months) if arrival else None


def _matter(case: Case, outline: Outline) -> str:
    """Name the forms for which counsel appears."""
    form = outline.fees[0].form.upper() if outline.fees else "I-131"
    met = filing_fee(outline, case)
    return f"{form} and I-912" if met and met.pay is Payment.WAIVER else form


def _fee_dollars(pays: DueFee | None, case: Case, law: Law) -> str | None:
    """Give a fee of one person in whole dollars, where it is paid."""
    if pays is None or payment_of(pays, case) not in PAID:
        return None
    return str(amount_of(pays, case, law).usd)


def _counsel(case: Case, firm: Firm) -> Attorney:
    named = case.filing.counsel
    return next((one for one in firm.attorneys if one.id == named), firm.attorneys[0])

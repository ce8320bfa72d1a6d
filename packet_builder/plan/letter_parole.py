"""The parole that people have, and the one that is asked for, become words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.model.arrivals import arrival_of, card_end
from packet_builder.model.case import Case
from packet_builder.model.events import Receipt
from packet_builder.model.people import Beneficiary, Pronoun, WorkPermitReason
from packet_builder.outline import Agency, Outline, Parole
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import dated, flowing, words
from packet_builder.plan.letter_people import subject
from packet_builder.plan.wording import a_number, joined, long_date
from packet_builder.rules.fee_lines import collector_of

_THEMSELVES: Mapping[Pronoun, str] = MappingProxyType(
    {Pronoun.SHE: "herself", Pronoun.HE: "himself", Pronoun.THEY: "themself"}
)
_ITEMS: Mapping[Parole, str] = MappingProxyType({Parole.INITIAL: "7", Parole.NEW_PERIOD: "11"})


def parole_context(case: Case, outline: Outline, letters: Letters) -> dict[str, Any]:
    """Give which parole is asked for, why the first period is not enough, and who has which."""
    people, request = case.applicants, case.request
    excepted = {one.beneficiary for one in case.fees.parole_fee}
    collectors = {collector_of(person) for person in people}
    asked = outline.parole or _asked_by(people[0])
    return {
        "parole": {
            "item": _ITEMS[asked],
            "new_period": asked is Parole.NEW_PERIOD,
            "for_whom": _for_whom(case),
            "noun": "Parolee" if len(people) == 1 else "Parolees",
            "asks_card": bool(request.employment_document),
            "sent": case.filing.delivery is not None,
            "to_cbp": Agency.CBP in collectors,
            "to_uscis": Agency.USCIS in collectors,
        },
        "parolees": [_parolee(case, person) for person in people],
        "excepted": [_parolee(case, person) for person in people if person.id in excepted],
        "why_not_enough": flowing(request.why_not_enough, letters),
        "compliance": flowing(request.compliance, letters),
    }


def receipt_of(case: Case, person: Beneficiary) -> str:
    """Give the receipt number of a person's Form I-131 as of the filing; "" where none is known."""
    told = [
        event.receipt_number
        for event in sorted(case.events, key=lambda one: one.date)
        if isinstance(event, Receipt)
        and event.date <= case.filing.date
        and [one.id for one in case.beneficiaries_of(event.beneficiaries)] == [person.id]
    ]
    return told[-1] if told else person.receipt_number or ""


def item_asked(outline: Outline) -> str:
    """Give the item of Form I-131, Part 1, of a filing that has the form; "" for any other."""
    return _ITEMS[outline.parole] if outline.parole else ""


def item_of(person: Beneficiary) -> str:
    """Give the item of Form I-131, Part 1, on which somebody can ask for parole."""
    return _ITEMS[_asked_by(person)]


def _asked_by(person: Beneficiary) -> Parole:
    return Parole.INITIAL if person.is_abroad else Parole.NEW_PERIOD


def _for_whom(case: Case) -> str:
    """Give for whom the filer asks: "for herself and for Omar Haidari"."""
    filer = case.filer
    others = joined([one.name.full for one in case.applicants if one is not filer])
    if not any(one is filer for one in case.applicants):
        return f"for {others}"
    myself = f"for {_THEMSELVES[filer.pronoun]}"
    return f"{myself} and for {others}" if others else myself


def _parolee(case: Case, person: Beneficiary) -> dict[str, Any]:
    record, permit = arrival_of(case, person).record, person.work_permit
    ends = card_end(case, person)
    return {
        **subject(case, [person]),
        "name": person.name.full,
        "date_of_birth": long_date(person.date_of_birth),
        "a_number": a_number(person.a_number or ""),
        "arrived": dated(record.arrived if record else None),
        "arrived_at": words(record.arrived_at if record else None),
        "until": dated(record.admit_until if record else None),
        "class_of_admission": (record.class_of_admission or "") if record else "",
        "i94_number": (record.i94_number or "") if record else "",
        "receipt_number": receipt_of(case, person),
        **{
            f"{reason.value}_card": permit is not None and permit.reason is reason
            for reason in WorkPermitReason
        },
        "card_ends": dated(ends),
        "not_expedited": permit is not None and permit.expedited_removal is False,
    }

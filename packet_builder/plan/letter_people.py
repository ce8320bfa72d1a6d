"""The people of a case become words: who files, who comes, who supports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from packet_builder.due import filer_of
from packet_builder.model.case import Case
from packet_builder.model.people import Beneficiary, Petitioner, Place, Supporter
from packet_builder.outline import Outline
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import dated, flowing, words
from packet_builder.plan.wording import (
    a_number,
    age_on,
    country_phrase,
    dollars,
    joined,
    long_date,
    number_word,
    place_phrase,
    possessive,
    speech,
    status_phrase,
)


def people_context(case: Case, outline: Outline) -> dict[str, Any]:
    """Give `filer`, `beneficiaries` one by one, and `beneficiary`, all of them in one phrase."""
    filer = filer_of(outline, case, case.applicants[0])
    return {
        "filer": _filer(filer),
        "beneficiary": subject(case, case.applicants),
        "beneficiaries": [person_context(case, person) for person in case.applicants],
        "self_petitioner": isinstance(filer, Beneficiary),
    }


def subject(case: Case, people: Sequence[Beneficiary]) -> dict[str, Any]:
    """Give how sentences speak of some beneficiaries: by role where it is all of them."""
    names = [person.name.full for person in people]
    spoken = speech(names, [person.pronoun for person in people])
    noun = "Beneficiary" if len(people) == 1 else "Beneficiaries"
    is_everyone = len(people) == len(case.applicants)
    called = f"the {noun}" if is_everyone else joined(names)
    return {
        **spoken,
        "noun": noun,
        "called": called,
        "called_possessive": possessive(called, plural=is_everyone and len(people) > 1),
        "everyone": is_everyone,
    }


def person_context(case: Case, person: Beneficiary) -> dict[str, Any]:
    """Give one beneficiary."""
    passport = person.passport
    return {
        **subject(case, [person]),
        "name": person.name.full,
        "date_of_birth": long_date(person.date_of_birth),
        "age": str(age_on(person.date_of_birth, case.filing.date)),
        "a_number": a_number(person.a_number or ""),
        "citizenship": country_phrase(person.citizenship) if person.citizenship else "",
        "residence": country_phrase(person.residence),
        "location": place_phrase(person.location),
        "lives_elsewhere": person.residence != person.location.country,
        "relationship": words(person.relationship_to_petitioner),
        "guardian": person.guardian or "",
        "no_passport": words(passport.unavailable if passport else None),
    }


def supporters_context(case: Case, letters: Letters) -> list[dict[str, Any]]:
    """Give the supporters, each with what the promise rests on."""
    return [_supporter(case, supporter, letters) for supporter in case.supporters]


def _filer(filer: Petitioner | Beneficiary) -> dict[str, Any]:
    status = status_phrase(filer.status) if isinstance(filer, Petitioner) else ""
    occupation = filer.occupation if isinstance(filer, Petitioner) else None
    return {
        **speech([filer.name.full], [filer.pronoun]),
        "name": filer.name.full,
        "status": status,
        "occupation": words(occupation),
        "home": _home(filer),
        "a_number": a_number(filer.a_number or ""),
    }


def _home(filer: Petitioner | Beneficiary) -> str:
    address = filer.address
    if address is None:
        return ""
    region = address.state or address.province
    return place_phrase(Place(city=address.city, province=region, country=address.country))


def _supporter(case: Case, supporter: Supporter, letters: Letters) -> dict[str, Any]:
    job = supporter.employment
    supports = subject(case, case.beneficiaries_of(supporter.beneficiaries))
    return {
        **speech([supporter.name.full], [supporter.pronoun]),
        "name": supporter.name.full,
        "is_filer": case.petitioner is not None and case.petitioner.name == supporter.name,
        "status": status_phrase(supporter.status),
        "relation": _relation(supporter, supports["called"]),
        "supports": supports,
        "household_size": number_word(supporter.household_size),
        "annual_income": dollars(supporter.annual_income),
        "position": words(job.position) if job else "",
        "employer": words(job.employer) if job else "",
        "employed_since": dated(job.since if job else None),
        "assets": [
            {"description": words(asset.description), "value": dollars(asset.value)}
            for asset in supporter.assets
        ],
        "housing": bool(supporter.housing),
        "claims": flowing(supporter.support, letters),
    }


def _relation(supporter: Supporter, called: str) -> str:
    """Give the tie: "the sister of the Beneficiary"; one that names its person stands alone."""
    relationship = words(supporter.relationship)
    return f"the {relationship}" if " of " in relationship else f"the {relationship} of {called}"

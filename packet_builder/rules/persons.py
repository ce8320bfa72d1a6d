"""Who is who in a case, as rules ask: names, places in the facts, ages, whose document it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence
from packet_builder.model.people import Beneficiary, Person

PETITIONER = "petitioner"  # how `of:` names the petitioner, who has no id


@dataclass(frozen=True, slots=True)
class Role:
    """One person in one role."""

    id: str
    person: Person
    path: FactPath


def roles(case: Case) -> Iterator[Role]:
    """Give petitioner, beneficiaries and supporters."""
    if case.petitioner is not None:
        yield Role(PETITIONER, case.petitioner, (PETITIONER,))
    for position, beneficiary in enumerate(case.beneficiaries):
        yield Role(beneficiary.id, beneficiary, ("beneficiaries", position))
    for position, supporter in enumerate(case.supporters):
        yield Role(supporter.id, supporter, ("supporters", position))


def applicants(case: Case) -> Iterator[tuple[int, Beneficiary]]:
    """Give those for whom it is filed, each with the position in the facts."""
    ids = {person.id for person in case.applicants}
    for position, person in enumerate(case.beneficiaries):
        if person.id in ids:
            yield position, person


def is_same(one: Person, other: Person) -> bool:
    """Tell whether two roles are played by one person."""
    return (one.name.family, one.name.given, one.date_of_birth) == (
        other.name.family,
        other.name.given,
        other.date_of_birth,
    )


def ids_of(case: Case, person: Person) -> frozenset[str]:
    """Give every id under which a person stands in the case."""
    return frozenset(role.id for role in roles(case) if is_same(role.person, person))


def is_document_of(evidence: Evidence, person: Person, ids: frozenset[str]) -> bool:
    """Tell whether a document is somebody's: as the facts say, or else as its title names him."""
    if evidence.of:
        return not ids.isdisjoint(evidence.of)
    title = evidence.title.casefold()
    names = (person.name.family, person.name.given or person.name.family)
    return all(name.casefold() in title for name in names)


def age_on(born: dt.date, on: dt.date) -> int:
    """Give somebody's age in whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

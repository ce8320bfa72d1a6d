"""People are the same wherever the facts speak of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.people import Beneficiary, Name
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import Role, is_same, roles

_FIELDS = ("a_number", "ssn", "status", "citizenship", "sex", "uscis_account", "place_of_birth")


def births_agree(dossier: Dossier) -> Iterator[Finding]:
    """Find one name with two dates of birth."""
    born: dict[tuple[str, str | None], object] = {}
    for path, name, date in _births(dossier.case):
        key = (name.family.casefold(), name.given and name.given.casefold())
        if born.setdefault(key, date) != date:
            yield Finding(
                "birth-contradicts",
                Weight.ERROR,
                f"{name.full} has another date of birth elsewhere in the facts",
                "Correct the one that is wrong. If they are two people of one name, accept the "
                "finding and say so.",
                path,
            )


def roles_agree(dossier: Dossier) -> Iterator[Finding]:
    """Find one person in two roles of whom the facts say two things."""
    for one, other in combinations(roles(dossier.case), 2):
        if not is_same(one.person, other.person):
            continue
        for field in _contradictions(one, other):
            yield Finding(
                "person-contradicts",
                Weight.ERROR,
                f'"{one.id}" and "{other.id}" are one person, with two answers for '
                f"{field.replace('_', ' ')}",
                "Correct the one that is wrong: the forms would contradict each other.",
                (*other.path, field),
            )


def numbers_are_of_one_person(dossier: Dossier) -> Iterator[Finding]:
    """Find a number that two people have."""
    for what, owners in _numbers(dossier.case):
        for one, other in combinations(owners, 2):
            if not is_same(one.person, other.person):
                yield Finding(
                    "number-shared",
                    Weight.ERROR,
                    f'"{one.id}" and "{other.id}" have the same {what}',
                    "Correct the one that was copied.",
                    other.path,
                )


def _births(case: Case) -> Iterator[tuple[FactPath, Name, object]]:
    for role in roles(case):
        yield (*role.path, "date_of_birth"), role.person.name, role.person.date_of_birth
    for number, supporter in enumerate(case.supporters):
        for position, one in enumerate(supporter.dependents):
            path: FactPath = ("supporters", number, "dependents", position, "date_of_birth")
            yield path, one.name, one.date_of_birth
    for position, person in enumerate(case.others):
        if person.date_of_birth:
            yield ("others", position, "date_of_birth"), person.name, person.date_of_birth


def _contradictions(one: Role, other: Role) -> Iterator[str]:
    for field in _FIELDS:
        said = [getattr(role.person, field, None) for role in (one, other)]
        if None not in said and said[0] != said[1]:
            yield field


def _numbers(case: Case) -> Iterator[tuple[str, Sequence[Role]]]:
    """Give every number with the roles that have it."""
    found: dict[tuple[str, str], list[Role]] = defaultdict(list)
    for role in roles(case):
        person = role.person
        passport = person.passport if isinstance(person, Beneficiary) else None
        record = person.arrival_record
        for what, number in (
            ("A-Number", person.a_number),
            ("Social Security number", person.ssn),
            ("passport number", passport.number if passport else None),
            ("Form I-94 number", record.i94_number if record else None),
        ):
            if number:
                found[what, number.replace(" ", "").upper()].append(role)
    for (what, _), owners in found.items():
        yield what, owners

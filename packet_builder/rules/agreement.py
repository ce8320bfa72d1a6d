"""People are the same wherever the facts speak of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.model.people import Beneficiary, Name
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import Role, ids_of, is_document_of, is_same, roles

_IDENTITY = frozenset(
    {
        EvidenceKind.PASSPORT,
        EvidenceKind.IDENTITY_CARD,
        EvidenceKind.STATUS_PROOF,
        EvidenceKind.BIRTH_CERTIFICATE,
    }
)
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


def identity_papers_name_their_owner(dossier: Dossier) -> Iterator[Finding]:
    """Find papers of identity on whose pages the family name of their owner does not stand.

    Silent where a page is a picture.
    """
    for position, one in enumerate(dossier.case.evidence):
        texts = dossier.seen[one.id].texts if one.id in dossier.seen else ()
        if one.kind not in _IDENTITY or not texts or not all(map(str.strip, texts)):
            continue
        shown = _squeezed(" ".join(texts))
        for role in _owners(dossier, one):
            names = (role.person.name, *role.person.other_names)
            if not any(_squeezed(name.family) in shown for name in names):
                yield Finding(
                    "name-not-shown",
                    Weight.WARNING,
                    f'"{one.id}" does not show the family name that the facts give for "{role.id}"',
                    "Compare the two; where a name is spelt in two ways, give the other one under "
                    '"other_names:" and say so.',
                    ("evidence", position),
                )


def _owners(dossier: Dossier, evidence: Evidence) -> Iterator[Role]:
    """Give whose paper it is, each person once, whatever his roles."""
    told: list[Role] = []
    for role in roles(dossier.case):
        is_new = not any(is_same(role.person, other.person) for other in told)
        ids = ids_of(dossier.case, role.person)
        if is_new and is_document_of(evidence, role.person, ids):
            told.append(role)
    yield from told


def _squeezed(text: str) -> str:
    """Give a text as names are compared: small letters without marks, spaces and hyphens."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(mark for mark in plain if mark.isalnum())


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

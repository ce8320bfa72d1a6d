"""Whether papers of some kinds are filed of a person, or of nobody that the facts name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.model.people import Beneficiary, Person
from packet_builder.rules.persons import applicants, ids_of, is_document_of, roles


def has_paper(case: Case, person: Person, kinds: Collection[EvidenceKind]) -> bool:
    """Tell whether a paper of one of the kinds is filed that is the person's."""
    ids = ids_of(case, person)
    return any(is_document_of(one, person, ids) for one in _filed(case, kinds))


def without_paper(
    case: Case, kinds: Collection[EvidenceKind]
) -> Iterator[tuple[FactPath, Beneficiary]]:
    """Give those for whom it is filed, and no paper of the kinds with it, each with the place."""
    for position, person in applicants(case):
        if not has_paper(case, person, kinds):
            yield ("beneficiaries", position), person


def is_open(case: Case, kinds: Collection[EvidenceKind]) -> bool:
    """Tell whether a paper is filed that names nobody: it may be the one that is missing."""
    return any(_is_nobodys(one, case) for one in _filed(case, kinds))


def _filed(case: Case, kinds: Collection[EvidenceKind]) -> tuple[Evidence, ...]:
    return tuple(one for one in case.evidence if one.kind in kinds and one.waived is None)


def _is_nobodys(evidence: Evidence, case: Case) -> bool:
    people = [role.person for role in roles(case)]
    return not evidence.of and not any(
        is_document_of(evidence, person, frozenset()) for person in people
    )

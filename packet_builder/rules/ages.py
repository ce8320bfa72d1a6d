"""What follows from ages: who signs, who consents, who gives biometrics."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.model.people import Beneficiary
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import age_on, applicants, roles

SIGNS_FROM = 14  # who is younger has a parent or legal guardian sign
_ADULT = 18
_BIOMETRICS = range(14, 80)
_CUSTODY = frozenset({EvidenceKind.CONSENT, EvidenceKind.CUSTODY_ORDER})


def children_have_a_signatory(dossier: Dossier) -> Iterator[Finding]:
    """Find children under 14 for whom nobody may sign. Instructions for Form I-131, p. 16."""
    for position, person in _of_age(dossier, range(SIGNS_FROM)):
        if person.guardian is None:
            yield Finding(
                "guardian-missing",
                Weight.ERROR,
                f'"{person.id}" is under 14 and nobody is named who signs',
                'Add "guardian:": the parent or legal guardian who signs.',
                ("beneficiaries", position),
                "Instructions for Form I-131, p. 16",
            )


def grown_people_file_and_support(dossier: Dossier) -> Iterator[Finding]:
    """Find petitioners and supporters who are minors: more often a mistyped year than so."""
    filed = dossier.case.filing.date
    coming = {person.id for person in dossier.case.beneficiaries}
    for role in roles(dossier.case):
        age = age_on(role.person.date_of_birth, filed)
        if role.id not in coming and age < _ADULT:
            yield Finding(
                "filer-minor",
                Weight.ERROR,
                f'"{role.id}" is {age} years old on the day of filing',
                "Correct the date of birth; a minor can promise nobody support.",
                (*role.path, "date_of_birth"),
            )


def minors_travel_with_consent(dossier: Dossier) -> Iterator[Finding]:
    """Find minors whom no consent or custody document covers.

    Recommended (no official list): consent for a minor; both parents may have rights.
    """
    for position, person in _of_age(dossier, range(_ADULT)):
        if not any(_covers(one, person) for one in dossier.case.evidence):
            yield Finding(
                "minor-without-consent",
                Weight.WARNING,
                f'"{person.id}" is a minor, and no consent or custody document is of this child',
                "File the consent of each parent who does not travel, or the custody order; where "
                'it is of several children, say so with "of:".',
                ("beneficiaries", position),
                "recommended; no official list exists",
            )


def biometrics_are_foreseen(dossier: Dossier) -> Iterator[Finding]:
    """Name who must give biometrics. Instructions for Form I-131, p. 28, items 9.B and 9.C."""
    for abroad, where, item in ((True, " abroad", "9.B"), (False, "", "9.C")):
        people = [
            person for _, person in _of_age(dossier, _BIOMETRICS) if person.is_abroad is abroad
        ]
        if people:
            yield Finding(
                "biometrics",
                Weight.NOTE,
                f"{', '.join(person.name.full for person in people)} must give biometrics{where}",
                "Tell them: who is 14 to 79 must. USCIS names the place later.",
                ("beneficiaries",),
                f"Instructions for Form I-131, p. 28, item {item}",
            )


def _covers(evidence: Evidence, child: Beneficiary) -> bool:
    """Tell whether a consent may be of a child: it is said to be, or nothing is said."""
    is_filed = evidence.kind in _CUSTODY and evidence.waived is None
    return is_filed and (not evidence.of or child.id in evidence.of)


def _of_age(dossier: Dossier, ages: range) -> Iterator[tuple[int, Beneficiary]]:
    for position, person in applicants(dossier.case):
        if age_on(person.date_of_birth, dossier.case.filing.date) in ages:
            yield position, person

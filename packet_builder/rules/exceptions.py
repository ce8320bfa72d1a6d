"""A parole-fee exception is asked for only where it fits (8 U.S.C. 1804(b))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Exception_
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.people import Beneficiary
from packet_builder.model.request import GroundKind
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.limbs import Claimed, Lack, grounds_of, lacks_of
from packet_builder.rules.persons import applicants

_STATUTE = "8 U.S.C. 1804(b); Form G-1055 (05/29/26), App. B, pp. 46-47"
_PAROLE_FEE: FactPath = ("fees", "parole_fee")
#: Why the words of the law do not reach a ground that none of the ten names.
_NOT_NAMED: Mapping[GroundKind, str] = MappingProxyType(
    {
        GroundKind.TARGETED_HARM: "protection from harm is not one of the ten",
        GroundKind.VULNERABLE_PERSON: "being vulnerable is by itself not one of the ten",
        GroundKind.LEGAL_PROCEEDINGS: "civil and other proceedings are not one of the ten",
        GroundKind.NATIONAL_SECURITY: "national security is by itself not one of the ten",
        GroundKind.GOVERNMENT_POLICY: "a policy benefit is not one of the ten",
    }
)


def exception_is_one_of_ten(dossier: Dossier) -> Iterator[Finding]:
    """Find an exception that the statute does not name, or that does not fit this filing."""
    known = {row.id: row for row in parole_fee_exceptions(dossier.law)}
    for path, asked in _requests(dossier):
        row = known.get(asked.exception)
        if row is None:
            message = (
                f'"{asked.exception}" is not one of the ten exceptions from the parole fee'
                f"{_nearest(dossier, dossier.case.beneficiary(asked.beneficiary))}"
            )
            cure = f"Use one of: {', '.join(known)}; where none fits, ask for none."
        elif not row.drafted:
            message = f'"{asked.exception}" does not fit this filing: {row.not_drafted_because}'
            cure = "Remove the request; the letter is not drafted."
        else:
            continue
        place = (*path, "exception")
        yield Finding("parole-fee-exception-unfit", Weight.ERROR, message, cure, place, _STATUTE)


def exception_is_asked_once(dossier: Dossier) -> Iterator[Finding]:
    """Find two requests for one person: one letter for each person."""
    seen: set[str] = set()
    for path, asked in _requests(dossier):
        if asked.beneficiary in seen:
            message = f'"{asked.beneficiary}" has two requests for an exception'
            cure = "Keep the stronger one; one letter is written for each person."
            yield Finding("parole-fee-exception-twice", Weight.ERROR, message, cure, path)
        seen.add(asked.beneficiary)


def exceptions_have_their_ground(dossier: Dossier) -> Iterator[Finding]:
    """Find an exception that no ground of the person's request belongs to."""
    for path, _, claimed in _asked(dossier):
        if not claimed.grounds and claimed.row.id != "parent_of_medical_minor":
            yield Finding(
                "parole-fee-exception-without-ground",
                Weight.ERROR,
                f'"{claimed.row.id}" does not go with the request of "{claimed.person.id}": none '
                f"of its grounds is {' or '.join(claimed.row.grounds)}"
                f"{_nearest(dossier, claimed.person)}",
                "State the ground that it rests on, or ask for no exception.",
                path,
                _STATUTE,
            )


def limbs_are_claimed(dossier: Dossier) -> Iterator[Finding]:
    """Find a limb that the statute does not have, and a condition that nothing is said of."""
    for path, asked, claimed in _asked(dossier):
        row = claimed.row
        for limb in asked.limbs:
            if row.limb(limb) is None:
                message = f'"{row.id}" has no limb "{limb}"'
                cure = f"Its limbs are: {', '.join(one.id for one in row.limbs)}."
                place = (*path, "limbs", limb)
                yield Finding("limb-unknown", Weight.ERROR, message, cure, place, _STATUTE)
        for group in row.unmet(asked.limbs):
            message = f'nothing is said of limb {" or ".join(group)} of "{row.id}"'
            cure = "State its facts with their proof, or ask for no exception."
            place = (*path, "limbs")
            yield Finding("limb-unmet", Weight.ERROR, message, cure, place, _STATUTE)


def limbs_are_met_by_the_facts(dossier: Dossier) -> Iterator[Finding]:
    """Find limbs that the facts of the case do not meet, with the fact that is missing."""
    for path, asked, claimed in _asked(dossier):
        has_ground = claimed.grounds or claimed.row.id == "parent_of_medical_minor"
        for limb in asked.limbs if has_ground else ():
            for lack in lacks_of(claimed, limb):
                place = (*path, "limbs", limb)
                message = f'limb {limb} of "{claimed.row.id}": {lack.what}'
                if lack.is_open:
                    yield Finding(
                        "limb-fact-open", Weight.WARNING, message, lack.cure, place, _STATUTE
                    )
                else:
                    yield Finding(
                        "limb-fact-missing", Weight.ERROR, message, lack.cure, place, _STATUTE
                    )


def limbs_are_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find limbs without proof, or whose proof is of another kind than what usually proves them."""
    for path, asked, claimed in _asked(dossier):
        for limb_id, claims in asked.limbs.items():
            limb = claimed.row.limb(limb_id)
            kinds = cited_kinds(dossier, claims)
            place = (*path, "limbs", limb_id)
            if limb is not None and not kinds:
                yield Finding(
                    "limb-unproven",
                    Weight.ERROR,
                    f'limb {limb_id} of "{claimed.row.id}" cites no evidence',
                    "Cite what proves it: [@osei-letter p. 3].",
                    place,
                    _STATUTE,
                )
            elif limb is not None and set(limb.kinds).isdisjoint(kinds):
                yield Finding(
                    "limb-weak",
                    Weight.WARNING,
                    f'limb {limb_id} of "{claimed.row.id}" cites nothing that usually proves it',
                    f"Usual proof: {'; '.join(limb.evidence)}.",
                    place,
                    _STATUTE,
                )


def nobody_is_forgotten(dossier: Dossier) -> Iterator[Finding]:
    """Say for whom no exception is asked, which is the nearest, and what it lacks."""
    asked = {one.beneficiary for one in dossier.case.fees.parole_fee}
    for position, person in applicants(dossier.case):
        if person.id not in asked:
            yield Finding(
                "parole-fee-exception-not-asked",
                Weight.NOTE,
                f'no exception from the parole fee is asked for "{person.id}"'
                f"{_nearest(dossier, person)}",
                "If one fits on the facts, ask for it; otherwise tell the family that the fee will "
                "be due before parole is granted. For counsel: members of the Ms. L. settlement "
                "class do not owe it.",
                ("beneficiaries", position),
                _STATUTE,
            )


def _requests(dossier: Dossier) -> Iterator[tuple[FactPath, ParoleFeeException]]:
    for position, asked in enumerate(dossier.case.fees.parole_fee):
        yield (*_PAROLE_FEE, position), asked


def _asked(dossier: Dossier) -> Iterator[tuple[FactPath, ParoleFeeException, Claimed]]:
    """Give each request for one of the ten that can be drafted."""
    known = {row.id: row for row in parole_fee_exceptions(dossier.law)}
    for path, asked in _requests(dossier):
        row = known.get(asked.exception)
        if row is not None and row.drafted:
            yield (
                path,
                asked,
                Claimed(dossier.case, dossier.case.beneficiary(asked.beneficiary), row),
            )


def _nearest(dossier: Dossier, person: Beneficiary) -> str:
    """Name the exception that the facts are nearest to and what it lacks, or why there is none."""
    kinds = {ground.ground for ground in grounds_of(dossier.case, person.id)}
    near = [
        row
        for row in parole_fee_exceptions(dossier.law)
        if row.drafted and set(row.grounds) & kinds
    ]
    if not near:
        reasons = [_NOT_NAMED[kind] for kind in GroundKind if kind in kinds and kind in _NOT_NAMED]
        return f": {'; '.join(reasons)}" if reasons else ""
    row = min(near, key=lambda one: len(_lacking(dossier.case, person, one)))
    lacking = "; ".join(lack.what for lack in _lacking(dossier.case, person, row))
    return f' (nearest: "{row.id}"{f"; it lacks: {lacking}" if lacking else ""})'


def _lacking(case: Case, person: Beneficiary, row: Exception_) -> tuple[Lack, ...]:
    """Give what the facts lack, of alternatives for the one that lacks least."""
    claimed = Claimed(case, person, row)
    groups = ([lacks_of(claimed, limb) for limb in group] for group in row.requires)
    return tuple(lack for group in groups for lack in min(group, key=len) if not lack.is_open)

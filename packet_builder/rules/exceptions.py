"""A parole-fee exception fits the request it stands beside (8 U.S.C. 1804(b))."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Exception_
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.people import Beneficiary
from packet_builder.model.request import Basis, Ground
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import age_on

_STATUTE = "8 U.S.C. 1804(b); Form G-1055 (05/29/26), App. B, pp. 46-47"
_ADULT, _LATEST_MINOR = 18, 21  # the law does not define "minor"
_OF_THE_CHILD = "parent_of_medical_minor"


def exceptions_have_their_ground(dossier: Dossier) -> Iterator[Finding]:
    """Find an exception that no ground of the person's request belongs to."""
    for path, asked, row in _asked(dossier):
        if asked.exception == _OF_THE_CHILD or not row.grounds:
            continue
        kinds = {ground.ground for ground in _grounds_of(dossier, asked.beneficiary)}
        if kinds.isdisjoint(row.grounds):
            yield Finding(
                "parole-fee-exception-without-ground",
                Weight.ERROR,
                f'"{asked.exception}" does not go with the request of "{asked.beneficiary}": none '
                f"of its grounds is {' or '.join(row.grounds)}{_nearest(dossier, kinds)}",
                "State the ground that it rests on, or ask for no exception.",
                path,
                _STATUTE,
            )


def child_with_emergency_is_a_minor(dossier: Dossier) -> Iterator[Finding]:
    """Find a parent's exception without a minor in the case who has the medical emergency."""
    for path, asked, _ in _asked(dossier):
        if asked.exception != _OF_THE_CHILD:
            continue
        ages = [
            age_on(child.date_of_birth, dossier.case.filing.date)
            for child in _patients(dossier, asked.beneficiary)
        ]
        if not any(age < _LATEST_MINOR for age in ages):
            yield Finding(
                "medical-minor-missing",
                Weight.ERROR,
                "no child in the case has a ground of medical_treatment and is a minor",
                "The child must meet medical_emergency in full; a companion of an adult patient "
                "does not fit the words.",
                path,
                _STATUTE,
            )
        elif min(ages) >= _ADULT:
            yield Finding(
                "medical-minor-age",
                Weight.WARNING,
                f"the child is {min(ages)}; the law does not say whether a minor is under 18 or 21",
                "For counsel to decide.",
                path,
                _STATUTE,
            )


def funeral_has_a_date(dossier: Dossier) -> Iterator[Finding]:
    """Find the exception for a funeral without a death, or without a date of the funeral."""
    for path, asked, row in _asked(dossier):
        if asked.exception != "funeral":
            continue
        grounds = [
            ground
            for ground in _grounds_of(dossier, asked.beneficiary)
            if ground.ground in row.grounds
        ]
        if grounds and not any(_is_dated_funeral(ground) for ground in grounds):
            yield Finding(
                "funeral-undated",
                Weight.ERROR,
                "the ground names no death, or no date of the funeral",
                'Give "relative: {died: ...}" and "appointment: {date: ...}" under the ground.',
                path,
                _STATUTE,
            )


def donation_and_hearing_have_a_date(dossier: Dossier) -> Iterator[Finding]:
    """Find a donation or a hearing without the date that it must be in time for."""
    for path, asked, row in _asked(dossier):
        if asked.exception not in {"organ_donor", "contiguous_return_hearing"}:
            continue
        grounds = [
            ground
            for ground in _grounds_of(dossier, asked.beneficiary)
            if ground.ground in row.grounds
        ]
        if grounds and not any(ground.appointment for ground in grounds):
            yield Finding(
                "exception-undated",
                Weight.ERROR,
                f'"{asked.exception}" turns on a date, and no ground gives one',
                'Give "appointment:" with the date of the surgery or the hearing.',
                path,
                _STATUTE,
            )


def law_enforcement_is_a_public_benefit(dossier: Dossier) -> Iterator[Finding]:
    """Find the tenth exception beside another basis, or without an agency."""
    request = dossier.case.request
    for path, asked, row in _asked(dossier):
        if asked.exception != "law_enforcement_spb":
            continue
        agencies = [ground.agency for ground in request.grounds if ground.ground in row.grounds]
        is_public = request.basis is Basis.SIGNIFICANT_PUBLIC_BENEFIT
        if agencies and not (is_public and any(agencies)):
            yield Finding(
                "law-enforcement-without-agency",
                Weight.ERROR,
                "the exception needs a significant public benefit and a U.S. agency",
                'Set "basis: significant_public_benefit" and give "agency:"; private, civil and '
                "foreign proceedings do not fit.",
                path,
                _STATUTE,
            )


def limbs_are_proven_by_their_kind(dossier: Dossier) -> Iterator[Finding]:
    """Find limbs whose evidence is of another kind than what usually proves them."""
    for path, asked, row in _asked(dossier):
        for limb_id, claims in asked.limbs.items():
            limb = row.limb(limb_id)
            kinds = cited_kinds(dossier, claims)
            if limb is not None and kinds and set(limb.kinds).isdisjoint(kinds):
                yield Finding(
                    "limb-weak",
                    Weight.WARNING,
                    f'limb {limb_id} of "{asked.exception}" cites nothing that usually proves it',
                    f"Usual proof: {'; '.join(limb.evidence)}.",
                    (*path, "limbs", limb_id),
                    _STATUTE,
                )


def _asked(dossier: Dossier) -> Iterator[tuple[FactPath, ParoleFeeException, Exception_]]:
    known = {row.id: row for row in parole_fee_exceptions(dossier.law)}
    for position, asked in enumerate(dossier.case.fees.parole_fee):
        if row := known.get(asked.exception):
            yield ("fees", "parole_fee", position), asked, row


def _grounds_of(dossier: Dossier, beneficiary: str) -> Iterator[Ground]:
    for ground in dossier.case.request.grounds:
        if not ground.beneficiaries or beneficiary in ground.beneficiaries:
            yield ground


def _patients(dossier: Dossier, parent: str) -> Iterator[Beneficiary]:
    """Give everybody but the parent who has a ground of medical treatment."""
    for person in dossier.case.beneficiaries:
        kinds = {ground.ground for ground in _grounds_of(dossier, person.id)}
        if person.id != parent and "medical_treatment" in kinds:
            yield person


def _nearest(dossier: Dossier, kinds: Collection[str]) -> str:
    """Name the exceptions that the grounds of the request are nearest to."""
    rows = parole_fee_exceptions(dossier.law)
    near = [row.id for row in rows if set(row.grounds) & set(kinds)]
    return f" (nearest: {', '.join(near)})" if near else ""


def _is_dated_funeral(ground: Ground) -> bool:
    has_died = ground.relative is not None and ground.relative.died is not None
    return has_died and ground.appointment is not None

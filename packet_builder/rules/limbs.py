"""What the facts lack for each limb of a parole-fee exception (8 U.S.C. 1804(b)).

The facts to ask are a choice of this program: no official list exists, counsel decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Exception_
from packet_builder.model.case import Case
from packet_builder.model.history import INADMISSIBLE, EventKind
from packet_builder.model.people import Beneficiary
from packet_builder.model.request import Basis, Ground, GroundKind
from packet_builder.rules.persons import age_on

_FRESH = 60  # days for which an earliest appointment says how things stand
_HOME = "United States"
_ADULT, _LATEST_MINOR = 18, 21  # the law does not define "minor"
_CONTIGUOUS = frozenset({"Canada", "Mexico"})
_ENTRANTS = frozenset({"Cuba", "Haiti"})
_PETITIONS = frozenset({EventKind.PETITION_FILED, EventKind.PETITION_APPROVED})
_PATIENT = "medical_emergency"


@dataclass(frozen=True, slots=True)
class Lack:
    """A fact that a limb turns on, and that is not there."""

    what: str
    cure: str
    is_open: bool = False  # not against the exception, but for counsel to settle


@dataclass(frozen=True, slots=True)
class Claimed:
    """An exception for one person, as the facts stand."""

    case: Case
    person: Beneficiary
    row: Exception_

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Give the grounds of the person's request that the exception may rest on."""
        return tuple(
            ground
            for ground in grounds_of(self.case, self.person.id)
            if not self.row.grounds or ground.ground in self.row.grounds
        )


Check = Callable[[Claimed], Iterator[Lack]]


def grounds_of(case: Case, beneficiary: str) -> Iterator[Ground]:
    """Give the grounds of one person's request."""
    for ground in case.request.grounds:
        if not ground.beneficiaries or beneficiary in ground.beneficiaries:
            yield ground


def lacks_of(claimed: Claimed, limb: str) -> tuple[Lack, ...]:
    """Give what the facts lack for a limb."""
    checks = _CHECKS.get((claimed.row.id, limb), ())
    return tuple(lack for check in checks for lack in check(claimed))


def _is_sought_where_she_lives(claimed: Claimed) -> Iterator[Lack]:
    if claimed.person.residence == _HOME:
        yield Lack("the person resides in the United States", 'Correct "residence:".')
    if not any(ground.alternatives for ground in claimed.grounds):
        yield Lack(
            f"nothing says where treatment was sought in {claimed.person.residence}",
            'Say it under "alternatives:" of the ground.',
        )


def _visa_is_too_late(claimed: Claimed) -> Iterator[Lack]:
    must_beat = _dates_to_beat(claimed)
    attempts = claimed.case.request.visa_attempts
    offered = [attempt.earliest for attempt in attempts if attempt.earliest]
    if not must_beat:
        yield Lack("no date that a visa would have to be in time for", _dated_by(claimed))
    if not attempts:
        yield Lack(
            "no visa was looked for, so no times can be compared",
            'List under "visa_attempts:" the visa that would fit, the post, the day it was '
            'looked for, and "earliest:".',
        )
    elif not offered:
        yield Lack(
            "no attempt at a visa says the earliest appointment",
            'Give "earliest:" under "visa_attempts:", where one was offered.',
            is_open=True,
        )
    elif must_beat and min(offered) <= min(must_beat):
        yield Lack(
            f"a visa appointment was offered on {min(offered):%Y-%m-%d}, which is not after "
            f"{min(must_beat):%Y-%m-%d}",
            "Correct the dates, or ask for no exception: the normal visa process is in time.",
        )
    elif days := _days_since_look(claimed):
        yield Lack(
            f"the earliest appointment was looked for {days} days before the filing",
            'Look again, save the dated page, and add it under "visa_attempts:".',
            is_open=True,
        )


def _days_since_look(claimed: Claimed) -> int:
    """Give how long ago an earliest appointment was last looked for, where that is too long."""
    looked = [one.date for one in claimed.case.request.visa_attempts if one.earliest]
    days = (claimed.case.filing.date - max(looked)).days
    return days if days > _FRESH else 0


def _dates_to_beat(claimed: Claimed) -> tuple[dt.date, ...]:
    is_death = claimed.row.id == "dying_relative"
    found = (
        (ground.relative.prognosis if ground.relative else None)
        if is_death
        else (ground.appointment.date if ground.appointment else None)
        for ground in claimed.grounds
    )
    return tuple(date for date in found if date is not None)


def _dated_by(claimed: Claimed) -> str:
    if claimed.row.id == "dying_relative":
        return 'Give "prognosis:" under "relative:": the last day the physician expects.'
    return 'Give "appointment:" with its date under the ground.'


def _child_meets_the_first(claimed: Claimed) -> Iterator[Lack]:
    patients = _patients(claimed)
    asked = {one.beneficiary for one in claimed.case.fees.parole_fee if one.exception == _PATIENT}
    if not patients:
        yield Lack(
            "no child in the case has a ground of medical_treatment",
            "A parent or guardian of such a child fits the words; a companion of an adult "
            "patient does not.",
        )
    elif asked.isdisjoint(child.id for child in patients):
        yield Lack(
            f"the child must meet {_PATIENT} in full, and no request for that stands here",
            f'Add a request for "{_PATIENT}" for the child under "parole_fee:".',
        )


def _child_is_a_minor(claimed: Claimed) -> Iterator[Lack]:
    filed = claimed.case.filing.date
    ages = [age_on(child.date_of_birth, filed) for child in _patients(claimed)]
    if ages and min(ages) >= _LATEST_MINOR:
        yield Lack(
            f"the patient is {min(ages)}, no minor",
            "Ask for no exception: a companion of an adult patient does not fit the words.",
        )
    elif ages and min(ages) >= _ADULT:
        yield Lack(
            f"the child is {min(ages)}; the law does not say whether a minor is under 18 or 21",
            "For counsel to decide.",
            is_open=True,
        )


def _patients(claimed: Claimed) -> tuple[Beneficiary, ...]:
    """Give everybody but the parent who has a ground of medical treatment."""
    return tuple(
        person
        for person in claimed.case.beneficiaries
        if person.id != claimed.person.id
        and any(
            ground.ground is GroundKind.MEDICAL_TREATMENT
            for ground in grounds_of(claimed.case, person.id)
        )
    )


def _relative_is_dying_here(claimed: Claimed) -> Iterator[Lack]:
    relatives = [ground.relative for ground in claimed.grounds if ground.relative]
    here = [one for one in relatives if one.location and one.location.country == _HOME]
    if not here:
        yield Lack(
            "no ground names a relative who is in the United States",
            'Give "relative:" with its "location:"; the relative must be in the United States.',
        )
    elif not any(one.death_imminent for one in here):
        yield Lack(
            "nothing says that the relative's death is imminent",
            'Say "death_imminent: yes" only if a physician does; seriously ill is not the same.',
        )


def _relative_has_died(claimed: Claimed) -> Iterator[Lack]:
    if not any(ground.relative and ground.relative.died for ground in claimed.grounds):
        yield Lack("no ground names a death", 'Give "relative:" with "died:".')


def _adoption_is_under_way(claimed: Claimed) -> Iterator[Lack]:
    if claimed.case.petitioner is None:
        yield Lack("there is no petitioner who could have custody", "Ask for no exception.")
    if _PETITIONS.isdisjoint(event.event for event in claimed.person.immigration_history):
        yield Lack(
            "no petition for an adoption-related visa is listed",
            'Add "petition_filed" to the immigration history, with its receipt.',
        )


def _is_dated(claimed: Claimed) -> Iterator[Lack]:
    if not any(ground.appointment for ground in claimed.grounds):
        yield Lack("no ground gives the date it turns on", _dated_by(claimed))


def _was_returned_to_a_neighbour(claimed: Claimed) -> Iterator[Lack]:
    country = claimed.person.location.country
    if country not in _CONTIGUOUS:
        yield Lack(
            f"the person is in {country}, which is not a contiguous country",
            'Correct "location:", or ask for no exception.',
        )


def _may_be_an_entrant(claimed: Claimed) -> Iterator[Lack]:
    citizenship = claimed.person.citizenship
    if citizenship is not None and citizenship not in _ENTRANTS:
        yield Lack(
            f"the person is said to be a citizen of {citizenship}",
            "The status must have been granted already: see the document that grants it.",
            is_open=True,
        )


def _agency_needs_the_person(claimed: Claimed) -> Iterator[Lack]:
    if not any(ground.agency for ground in claimed.grounds):
        yield Lack(
            "no ground names a U.S. agency",
            'Give "agency:"; private, civil and foreign proceedings do not fit.',
        )


def _is_a_public_benefit(claimed: Claimed) -> Iterator[Lack]:
    if claimed.case.request.basis is not Basis.SIGNIFICANT_PUBLIC_BENEFIT:
        yield Lack(
            "the basis of the request is not a public benefit",
            'Set "basis: significant_public_benefit", or ask for no exception.',
        )


def _cannot_be_admitted(claimed: Claimed) -> Iterator[Lack]:
    bars = INADMISSIBLE | {EventKind.VISA_REFUSAL}
    if bars.isdisjoint(event.event for event in claimed.person.immigration_history):
        yield Lack(
            "no event of the immigration history makes the person inadmissible or ineligible",
            "Add the event with its record, or claim limb c_ii in place of it.",
        )


#: Limb a of the first, and of the sixth, rest on the ground alone, whose proof other rules weigh.
#: The seventh is never drafted.
_CHECKS: Mapping[tuple[str, str], tuple[Check, ...]] = MappingProxyType(
    {
        ("medical_emergency", "b_i"): (_is_sought_where_she_lives,),
        ("medical_emergency", "b_ii"): (_visa_is_too_late,),
        ("parent_of_medical_minor", "a"): (_child_meets_the_first,),
        ("parent_of_medical_minor", "b"): (_child_is_a_minor,),
        ("organ_donor", "a"): (_is_dated,),
        ("organ_donor", "b"): (_visa_is_too_late,),
        ("dying_relative", "a"): (_relative_is_dying_here,),
        ("dying_relative", "b"): (_visa_is_too_late,),
        ("funeral", "a"): (_relative_has_died,),
        ("funeral", "b"): (_visa_is_too_late,),
        ("adopted_child_medical", "b"): (_adoption_is_under_way,),
        ("adopted_child_medical", "c"): (_is_dated,),
        ("contiguous_return_hearing", "a"): (_was_returned_to_a_neighbour,),
        ("contiguous_return_hearing", "b"): (_is_dated,),
        ("cuban_haitian_entrant", "a"): (_may_be_an_entrant,),
        ("law_enforcement_spb", "a"): (_agency_needs_the_person,),
        ("law_enforcement_spb", "b"): (_is_a_public_benefit,),
        ("law_enforcement_spb", "c_i"): (_cannot_be_admitted,),
        ("law_enforcement_spb", "c_ii"): (_visa_is_too_late,),
    }
)

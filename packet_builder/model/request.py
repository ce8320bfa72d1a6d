"""What is asked for, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.people import Place
from packet_builder.model.scalars import Count, Day, Flag, Identifier, Line, OneOrMany, Prose


class Basis(StrEnum):
    """The two bases of INA 212(d)(5)(A)."""

    URGENT_HUMANITARIAN_REASON = "urgent_humanitarian_reason"
    SIGNIFICANT_PUBLIC_BENEFIT = "significant_public_benefit"


class GroundKind(StrEnum):
    """Why parole is asked."""

    MEDICAL_TREATMENT = "medical_treatment"
    FAMILY_ILLNESS = "family_illness"
    FUNERAL = "funeral"
    ORGAN_DONATION = "organ_donation"
    TARGETED_HARM = "targeted_harm"
    VULNERABLE_PERSON = "vulnerable_person"
    FAMILY_REUNIFICATION = "family_reunification"
    LAW_ENFORCEMENT = "law_enforcement"
    LEGAL_PROCEEDINGS = "legal_proceedings"
    NATIONAL_SECURITY = "national_security"
    GOVERNMENT_POLICY = "government_policy"


class Period(Part):
    """How long parole is asked for. The instructions require the explanation."""

    months: Annotated[Count, Field(ge=1, le=12)]
    """How many months, 1 to 12; Form I-131 prints them as the expected length of stay (Part 8, Item
    2)."""
    reason: Claims
    """Why that many months and no fewer, with the proof: `Five months are planned [@hospital-letter
    p. 2].`"""


class Relative(Part):
    """The ill or deceased relative, or the recipient of an organ."""

    name: Line
    """Given and family name, as letters print them: `Ama Rahimi`."""
    relationship: Line
    """What the relative is to the beneficiary: `father`."""
    location: Place | None = None
    """Where the relative is now. For the exception of a dying relative that is the United
    States."""
    status: Line | None = None
    """Citizenship or immigration status in the United States: `a U.S. citizen`."""
    death_imminent: Flag | None = None
    """Only when a physician says so; seriously ill is not the same."""
    prognosis: Day | None = None
    """The last day within which a physician expects the death."""
    died: Day | None = None
    """The day of death; an exception from the parole fee for a funeral needs it."""


class Appointment(Part):
    """The date that a ground turns on: a surgery, a funeral, a hearing."""

    date: Day
    """The day on which it takes place; the arrival and the earliest visa are compared with it."""
    event: Line
    """For example `bone-marrow transplant`."""
    place: Line | None = None
    """For example `Lakeside University Hospital, Chicago, Illinois`."""


class Ground(Part):
    """One reason why parole is asked: one section of the humanitarian justification."""

    ground: GroundKind
    """Which kind of reason it is: the heading and the evidence that is usual follow from it."""
    beneficiaries: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """Whom it concerns; none named means every beneficiary."""
    condition: Line | None = None
    """The illness, threat or matter in a few words: `acute myeloid leukemia`."""
    relative: Relative | None = None
    """Who is ill or has died, receives the organ, or is to be joined; left out where there is
    nobody."""
    appointment: Appointment | None = None
    """The day that is fixed, such as that of a surgery; left out where there is none."""
    agency: Line | None = None
    """For a public benefit: the U.S. agency or court."""
    claims: Claims
    """The facts, each with its proof."""
    urgency: Claims
    """Why it cannot wait."""
    effect_of_refusal: Claims
    """What happens if parole is refused."""
    alternatives: Claims = ()
    """Why it cannot be had where the person is, or in another way."""


class VisaAttempt(Part):
    """An attempt to obtain a visa."""

    date: Day
    """The day on which a visa was asked for or looked for; after 60 days, look again."""
    post: Line
    """The embassy or consulate; or the office where another status was asked for."""
    visa: Line
    """For example `B-2 visitor visa`; or what other status was asked for."""
    earliest: Day | None = None
    """The earliest appointment that was offered; an exception may turn on it."""
    outcome: Line
    """What came of it: `no earlier date`. What was refused or denied stands in the immigration
    history, too."""


class Request(Part):
    """The request for parole."""

    basis: Basis
    """On which words of INA 212(d)(5)(A) the request rests; at least one ground must belong to
    it."""
    period: Period
    """How many months are asked for, and why that many."""
    arrival: Day | None = None
    """The day on which the people mean to arrive; Forms I-131 and I-134 print it."""
    port_of_entry: Line | None = None
    """Where the people mean to arrive, as letters print it: `Newark Liberty International
    Airport`."""
    post_to_notify: Place | None = None
    """The embassy, consulate or USCIS office that should be told of the decision."""
    summary: Prose
    """Two or three sentences that the cover letter opens with. No citations."""
    grounds: tuple[Ground, ...] = Field(min_length=1)
    """The reasons, in the order in which the justification argues them: a section each."""
    visa_attempts: tuple[VisaAttempt, ...] = ()
    """Each time that a visa was asked for or looked for. Most exceptions from the parole fee need
    one with `earliest:`."""
    pending_request: Flag | None = None
    """Whether another Form I-131 of this type is pending for one of the beneficiaries."""
    employment_document: Flag | None = None
    """Of a new period of parole: whether an Employment Authorization Document is asked for."""
    why_no_visa: Claims
    """Why a visa cannot be obtained, or why none was sought; of a new period of parole, also why no
    other immigration status can be obtained."""
    why_no_waiver: Claims = ()
    """Where a person is inadmissible: why no waiver, or consent to reapply, can be obtained."""
    why_not_enough: Claims = ()
    """Of a new period of parole: why the period that was granted is not enough for its purpose."""
    compliance: Claims = ()
    """Of a new period of parole: how the conditions of the period that was granted were kept."""
    departure: Claims
    """What happens when parole ends: the plan to leave, or the route to a status."""

"""The request becomes words: what is asked, on which grounds, why now, why not by a visa."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.request import (
    Appointment,
    Basis,
    Ground,
    GroundKind,
    Relative,
    Request,
)
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import dated, flowing, prose, words
from packet_builder.plan.letter_people import subject
from packet_builder.plan.wording import counted, long_date, place_phrase

HEADINGS: Mapping[GroundKind, str] = MappingProxyType(
    {
        GroundKind.MEDICAL_TREATMENT: "Urgent Medical Treatment",
        GroundKind.FAMILY_ILLNESS: "Serious Illness of a Family Member",
        GroundKind.FUNERAL: "Death of a Family Member",
        GroundKind.ORGAN_DONATION: "Donation for Transplant",
        GroundKind.TARGETED_HARM: "Protection from Targeted Harm",
        GroundKind.VULNERABLE_PERSON: "Protection of a Vulnerable Person",
        GroundKind.FAMILY_REUNIFICATION: "Urgent Family Reunification",
        GroundKind.LAW_ENFORCEMENT: "Assistance in a Law Enforcement Matter",
        GroundKind.LEGAL_PROCEEDINGS: "Presence in Legal Proceedings",
        GroundKind.NATIONAL_SECURITY: "National Security",
        GroundKind.GOVERNMENT_POLICY: "An Aim of Government Policy",
    }
)
_NO_RELATIVE: Mapping[str, str | bool] = MappingProxyType(
    {
        "name": "",
        "relationship": "",
        "status": "",
        "location": "",
        "death_imminent": False,
        "died": "",
    }
)
_NO_APPOINTMENT: Mapping[str, str] = MappingProxyType({"date": "", "event": "", "place": ""})


def request_context(case: Case) -> dict[str, Any]:
    """Give what is asked for: basis, length, travel, the date that matters, the summary."""
    request, filing = case.request, case.filing
    expedite = filing.expedite
    asked = expedite is not None and expedite.requested
    return {
        "request": {
            "humanitarian": request.basis is Basis.URGENT_HUMANITARIAN_REASON,
            "public_benefit": request.basis is Basis.SIGNIFICANT_PUBLIC_BENEFIT,
            "period": counted(request.period.months, "month"),
            "arrival": dated(request.arrival),
            "port_of_entry": words(request.port_of_entry),
            "post_to_notify": place_phrase(request.post_to_notify)
            if request.post_to_notify
            else "",
            "summary": prose(request.summary),
        },
        "key_date": {
            "date": dated(filing.key_date.date if filing.key_date else None),
            "event": words(filing.key_date.event) if filing.key_date else "",
        },
        "expedite": {
            "requested": asked,
            "reason": words(expedite.reason) if expedite and asked else "",
        },
    }


def reasons_context(case: Case, letters: Letters) -> dict[str, Any]:
    """Give the grounds and all that the justification says beside them."""
    request = case.request
    return {
        "reasons_s": "s" if len(request.grounds) > 1 else "",
        "grounds": [_ground(case, ground, letters) for ground in request.grounds],
        **_no_visa(request, letters),
        "why_period": flowing(request.period.reason, letters),
        "departure": flowing(request.departure, letters),
    }


def _no_visa(request: Request, letters: Letters) -> dict[str, Any]:
    return {
        "visa_attempts": [
            {
                "date": long_date(attempt.date),
                "post": words(attempt.post),
                "visa": words(attempt.visa),
                "outcome": words(attempt.outcome),
            }
            for attempt in request.visa_attempts
        ],
        "why_no_visa": flowing(request.why_no_visa, letters),
        "why_no_waiver": flowing(request.why_no_waiver, letters),
    }


def _ground(case: Case, ground: Ground, letters: Letters) -> dict[str, Any]:
    return {
        "heading": HEADINGS[ground.ground],
        "kind": {kind.value: kind is ground.ground for kind in GroundKind},
        "person": subject(case, case.beneficiaries_of(ground.beneficiaries)),
        "condition": words(ground.condition),
        "agency": words(ground.agency),
        "relative": _relative(ground.relative),
        "appointment": _appointment(ground.appointment),
        "claims": flowing(ground.claims, letters),
        "urgency": flowing(ground.urgency, letters),
        "effect_of_refusal": flowing(ground.effect_of_refusal, letters),
        "alternatives": flowing(ground.alternatives, letters),
    }


def _relative(relative: Relative | None) -> dict[str, Any]:
    if relative is None:
        return dict(_NO_RELATIVE)
    return {
        "name": relative.name,
        "relationship": words(relative.relationship),
        "status": words(relative.status),
        "location": place_phrase(relative.location) if relative.location else "",
        "death_imminent": bool(relative.death_imminent),
        "died": dated(relative.died),
    }


def _appointment(appointment: Appointment | None) -> dict[str, Any]:
    if appointment is None:
        return dict(_NO_APPOINTMENT)
    return {
        "date": long_date(appointment.date),
        "event": words(appointment.event),
        "place": words(appointment.place),
    }

"""One invented case that has something of everything, so that a template can be checked by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.filed import Filed
from packet_builder.model.firm import Firm
from packet_builder.model.request import GroundKind
from packet_builder.outline import Outline
from packet_builder.plan.citations import Letters, Submitted
from packet_builder.plan.letters import NAMES, LetterFacts, context_of

_PLACE = {"city": "Accra", "province": "Greater Accra", "country": "Ghana"}
_CLAIM = "A statement with its proof [@example-letter p. 1]."
_DAY = "2026-12-01"
_ADDRESS = {
    "street": "1 Example Street",
    "city": "Chicago",
    "state": "IL",
    "zip": "60601",
    "country": "United States",
}
_PERSON = {
    "name": {"given": "Ama", "family": "Example"},
    "date_of_birth": "1990-01-31",
    "pronoun": "she",
    "citizenship": "Ghana",
    "a_number": "A200-111-222",
    "address": _ADDRESS,
}


def example_contexts() -> tuple[Mapping[str, Any], ...]:
    """Give contexts that together have everything that any letter may print.

    One has only what there is in its case: an exemption, for example, is not in each.
    """
    firm = Firm.model_validate(_FIRM)
    cases = [Case.model_validate(_case(payment)) for payment in _PAYMENTS]
    return tuple(_context(case, firm) for case in cases)


def _context(case: Case, firm: Firm) -> Mapping[str, Any]:
    letters: Letters = {"example-letter": "B", "earlier-letter": _EARLIER}
    subject = case.fees.parole_fee[0]
    lacking = set() if case.fees.i131.exemption else {"exemption"}
    filed = Filed(elsewhere=dt.date(2026, 9, 1), last_letter="A")
    facts = LetterFacts(case, firm, _OUTLINE, letters, ("Form I-131",), subject, filed=filed)
    return context_of(facts, NAMES - lacking)


_EARLIER = Submitted("A", "Earlier letter", 3, 31, "the packet filed September 1, 2026")
_NOTICE = {
    "event": "notice",
    "file": "notice.pdf",
    "receipt_number": "IOE0912345678",
    "items": [
        {
            "id": "letter",
            "asks": "Submit a letter.",
            "answer": [
                {"text": "It is here [@earlier-letter p. 1].", "arose": "2026-11-02"},
            ],
            "exhibits": "example-letter",
            "not_answered": "The second page is lost.",
        }
    ],
}
_EVENT = {
    "id": "notice",
    "event": "rfe",
    "date": "2026-11-02",
    "served_on": "2026-11-02",
    "served_by": "mail",
    "due_printed": "2027-01-28",
    "answer_to": ["USCIS", "1 Example Street"],
}
_WAIVER = {
    "basis": ["benefit", "income", "hardship"],
    "claims": _CLAIM,
    "household": [
        {
            "id": name.lower(),
            "name": {"given": name, "family": "Example"},
            "date_of_birth": "2015-06-30",
            "relationship": "Daughter",
            "annual_income": "0",
        }
        for name in ("Esi", "Yaa", "Abena")
    ],
    "benefits": [
        {"benefit": "SNAP", "agency": "Cook County DHS"},
        {"benefit": "Medicaid", "agency": "Cook County DHS", "recipient": "esi"},
    ],
    "annual_income": "21,960",
    "assets": [{"description": "Checking account", "value": "1,204"}],
    "monthly_expenses": [{"kind": "food", "monthly": "720"}],
}
_PAYMENTS: tuple[Mapping[str, object], ...] = (
    {"pay": "credit_card"},
    {"pay": "waiver", "waiver": _WAIVER},
    {"pay": "exemption", "exemption": {"category": "armed-forces", "claims": _CLAIM}},
)
_OUTLINE = Outline.model_validate(
    {
        "title": "An example",
        "about": ["filing_fee"],
        "fees": [
            {"form": "i-131", "row": "i131_item7", "exempt": "i131_exempt"},
            {"form": "i-131", "row": "parole_fee", "title": "another fee", "separate": "yes"},
        ],
        "address": "i131_item7",
        "documents": [{"exhibits": "all"}],
        "groups": [{"id": "all", "heading": "All", "kinds": ["letter"]}],
    }
)
_FIRM = {
    "name": "Example & Example LLC",
    "tagline": "Immigration Law",
    "address": _ADDRESS,
    "phone": "+1 312 555 0142",
    "fax": "+1 312 555 0143",
    "email": "office@example.com",
    "website": "www.example.com",
    "logo": "logo.png",
    "attorneys": [
        {
            "id": "example",
            "name": "Esi Example",
            "title": "Attorney at Law",
            "admission": "Illinois Bar No. 0000000",
            "email": "esi@example.com",
        }
    ],
}


_EVENTS = [
    {"id": "received", "event": "receipt", "date": "2026-10-05", "receipt_number": "IOE0000000001"},
    {"id": "approved", "event": "approval", "date": "2026-11-20", "valid_until": "2026-12-20"},
    {
        "id": "arrived",
        "event": "entry",
        "date": "2026-11-28",
        "paroled_until": "2027-11-27",
        "port": "Newark",
        "class_of_admission": "DT",
        "i94_number": "00000000000",
    },
]


def _case(payment: Mapping[str, object]) -> dict[str, object]:
    return {
        "filing": {
            "kind": "initial_parole",
            "delivery": "paper",
            "carrier": "usps",
            "date": _DAY,
            "expedite": {"requested": "yes", "reason": "an operation"},
            "key_date": {"date": "2027-01-12", "event": "an operation"},
            "language_read_by": "Kojo Example",
        },
        "petitioner": {**_PERSON, "status": "us_citizen", "occupation": "Pharmacist"},
        "beneficiaries": [_beneficiary("ama"), _beneficiary("kofi")],
        "supporters": [_supporter()],
        "request": _request(),
        "discretion": {
            "positive": [{"factor": "family_ties", "claims": _CLAIM}],
            "negative": [
                {
                    "factor": "prior_overstay",
                    "events": "overstay-ama",
                    "facts": _CLAIM,
                    "response": _CLAIM,
                }
            ],
        },
        "fees": {
            "i131": payment,
            "parole_fee": {
                "beneficiary": "ama",
                "exception": "adopted_child_medical",
                "limbs": {"a": _CLAIM, "b": _CLAIM, "c": _CLAIM},
            },
        },
        "strategy": {
            "summary": "The case stands well.",
            "routes": [{"route": "asylum", "assessment": "It fits.", "next_step": "Ask."}],
            "risks": "It may be late.",
            "steps": [{"what": "Call", "by": "2027-01-31", "who": "Esi Example"}],
        },
        "interview": [
            {
                "about": "return",
                "question": "When will you leave?",
                "answer": _CLAIM,
                "native_question": "When?",
                "native_answer": "Then.",
            }
        ],
        "evidence": [
            {"id": "example-letter", "title": "Letter", "kind": "letter", "file": "letter.pdf"}
        ],
        "events": [*_EVENTS, _EVENT],
        "notice": _NOTICE,
    }


def _beneficiary(identifier: str) -> dict[str, object]:
    return {
        **_PERSON,
        "id": identifier,
        "relationship_to_petitioner": "sister",
        "passport": {"unavailable": "it was lost"},
        "location": _PLACE,
        "residence": "Ghana",
        "guardian": "Esi Example",
        "receipt_number": "IOE0000000000",
        "work_permit": {
            "reason": "renewal" if identifier == "ama" else "initial",
            "card_ends": "2027-06-30",
            "expedited_removal": "no",
        },
        "immigration_history": [
            {
                "id": f"overstay-{identifier}",
                "event": "overstay",
                "date": "2019-08-20",
                "until": "2019-10-03",
                "place": "Chicago",
                "claims": _CLAIM,
            }
        ],
    }


def _supporter() -> dict[str, object]:
    return {
        **_PERSON,
        "id": "supporter",
        "status": "us_citizen",
        "relationship": "sister",
        "household_size": "2",
        "annual_income": "61,200",
        "employment": {"employer": "a pharmacy", "position": "Pharmacist", "since": "2018-06-04"},
        "assets": [{"description": "Savings account", "value": "41,872"}],
        "housing": "yes",
        "support": _CLAIM,
    }


def _request() -> dict[str, object]:
    return {
        "basis": "urgent_humanitarian_reason",
        "period": {"months": "6", "reason": _CLAIM},
        "arrival": "2027-01-06",
        "port_of_entry": "Newark Liberty International Airport",
        "post_to_notify": _PLACE,
        "summary": "Two sentences. They say what is asked.",
        "grounds": [_ground(kind) for kind in GroundKind],
        "visa_attempts": [
            {
                "date": "2026-11-05",
                "post": "U.S. Embassy, Accra",
                "visa": "B-2 visitor visa",
                "outcome": "refused",
            }
        ],
        "why_no_visa": _CLAIM,
        "why_no_waiver": _CLAIM,
        "why_not_enough": _CLAIM,
        "compliance": _CLAIM,
        "employment_document": "yes",
        "departure": _CLAIM,
    }


def _ground(kind: GroundKind) -> dict[str, object]:
    return {
        "ground": kind.value,
        "beneficiaries": "ama",
        "condition": "an illness",
        "agency": "a court",
        "relative": {
            "name": "Kojo Example",
            "relationship": "father",
            "location": _PLACE,
            "status": "a U.S. citizen",
            "death_imminent": "yes",
            "died": "2026-11-20",
        },
        "appointment": {"date": "2027-01-12", "event": "operation", "place": "a hospital"},
        "claims": _CLAIM,
        "urgency": _CLAIM,
        "effect_of_refusal": _CLAIM,
        "alternatives": _CLAIM,
    }

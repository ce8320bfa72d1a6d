"""Whole cases as hypothesis draws them: people, grounds, fees, dates and evidence of every kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.discretion import NegativeKind
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.history import EventKind
from packet_builder.model.request import GroundKind
from tests.broken import PAGES

Tree: TypeAlias = dict[str, Any]

EVIDENCE = ("one", "two", "three", "four", "five", "six")
_FILED = dt.date(2026, 12, 1)
_NAMES = st.sampled_from(["Boateng", "Daneshpour-Reyes", "O'Neil", "Nuñez", "Lê"])
_GIVEN = st.sampled_from(["Esi", "Kwabena", "Roya", "José"])
_COUNTRIES = st.sampled_from(["Ghana", "Cuba", "Mexico", "Iran", "United States"])
_NUMBERS = st.sampled_from(["G0418276", "G0418277", "Y 00418835"])
_A_NUMBERS = st.sampled_from(["A200-111-222", "A201-111-222"])
_YES_NO = st.sampled_from(["yes", "no"])
_LIMBS = {row.id: [limb.id for limb in row.limbs] for row in parole_fee_exceptions(SHIPPED)}


def days(first: int, last: int) -> st.SearchStrategy[str]:
    """Give days around the day of filing, by their distance from it."""
    return st.integers(first, last).map(lambda away: (_FILED + dt.timedelta(away)).isoformat())


def maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    """Give some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def claims(draw: st.DrawFn) -> list[Any]:
    """Give none, one or two statements, with or without citations and quotes."""
    said = []
    for _ in range(draw(st.integers(0, 2))):
        cited = draw(st.lists(st.sampled_from(EVIDENCE), max_size=2, unique=True))
        page = draw(st.sampled_from(["", " p. 1", " p. 2", " pp. 1-2", " p. 9"]))
        text = " ".join(["It is so for three months", *(f"[@{one}{page}]" for one in cited)])
        said.append(draw(st.sampled_from([text, {"text": text, "quote": "bled twice"}])))
    return said


def people() -> st.SearchStrategy[Tree]:
    """Give what everybody has."""
    required = st.fixed_dictionaries(
        {
            "name": st.fixed_dictionaries({"family": _NAMES}, optional={"given": _GIVEN}),
            "date_of_birth": days(-45_000, 400),
            "pronoun": st.sampled_from(["he", "she", "they"]),
        }
    )
    optional = maybe(
        a_number=_A_NUMBERS,
        citizenship=_COUNTRIES,
        pays_fees=_YES_NO,
        address=st.fixed_dictionaries(
            {"street": st.just("9 Row"), "city": st.just("Kumasi"), "country": _COUNTRIES}
        ),
        arrival_record=maybe(admit_until=days(-900, 0), i94_number=st.just("00000004190")),
    )
    return st.builds(lambda one, other: one | other, required, optional)


@st.composite
def beneficiaries(draw: st.DrawFn, number: int) -> Tree:
    """Give one person who comes, with a history."""
    history = [
        {
            "id": f"event-{number}-{place}",
            "event": draw(st.sampled_from(list(EventKind))).value,
            "date": draw(days(-9_000, 30)),
            "claims": draw(claims()),
        }
        for place in range(draw(st.integers(0, 2)))
    ]
    passport = maybe(
        number=_NUMBERS,
        issued=days(-3_000, 0),
        expires=days(-30, 3_000),
        unavailable=st.just("none is issued"),
    )
    return {
        **draw(people()),
        "id": f"person-{number}",
        "location": {"country": draw(_COUNTRIES)},
        "residence": draw(_COUNTRIES),
        "immigration_history": history,
        **draw(maybe(passport=passport, guardian=st.just("Ama"), in_proceedings=_YES_NO)),
    }


@st.composite
def supporters(draw: st.DrawFn, number: int, covered: Sequence[str]) -> Tree:
    """Give one supporter."""
    return {
        **draw(people()),
        "id": f"supporter-{number}",
        "status": draw(st.sampled_from(["us_citizen", "asylee"])),
        "relationship": "sister",
        "beneficiaries": draw(st.lists(st.sampled_from(covered), unique=True)),
        "household_size": str(draw(st.integers(0, 9))),
        "annual_income": str(draw(st.sampled_from([0, 33_000, 131_460]))),
        "support": draw(claims()),
        **draw(maybe(housing=_YES_NO, other_dependents=st.sampled_from(["0", "1", "9"]))),
    }


@st.composite
def grounds(draw: st.DrawFn, covered: Sequence[str]) -> Tree:
    """Give one ground."""
    relative = st.fixed_dictionaries(
        {"name": st.just("Ama"), "relationship": st.just("mother")},
        optional={
            "location": st.fixed_dictionaries({"country": _COUNTRIES}),
            "death_imminent": _YES_NO,
            "prognosis": days(-30, 200),
            "died": days(-30, 5),
        },
    )
    appointment = st.fixed_dictionaries({"date": days(-30, 500), "event": st.just("operation")})
    return {
        "ground": draw(st.sampled_from(list(GroundKind))).value,
        "beneficiaries": draw(st.lists(st.sampled_from(covered), unique=True)),
        "claims": draw(claims()),
        "urgency": draw(claims()),
        "effect_of_refusal": draw(claims()),
        "alternatives": draw(claims()),
        **draw(maybe(relative=relative, appointment=appointment, agency=st.just("FBI"))),
    }


@st.composite
def requests(draw: st.DrawFn, covered: Sequence[str]) -> Tree:
    """Give what is asked for."""
    attempt = st.fixed_dictionaries(
        {
            "date": days(-400, 5),
            "post": st.just("Accra"),
            "visa": st.just("B-2"),
            "outcome": st.sampled_from(["refused", "no date"]),
        },
        optional={"earliest": days(-10, 400)},
    )
    return {
        "basis": draw(
            st.sampled_from(["urgent_humanitarian_reason", "significant_public_benefit"])
        ),
        "period": {"months": str(draw(st.integers(1, 12))), "reason": draw(claims())},
        "summary": draw(st.sampled_from(["He needs it.", "He needs it by TBD, see Exhibit C."])),
        "grounds": draw(st.lists(grounds(covered), min_size=1, max_size=3)),
        "visa_attempts": draw(st.lists(attempt, max_size=2)),
        "why_no_visa": draw(claims()),
        "why_no_waiver": draw(claims()),
        "departure": draw(claims()),
        **draw(maybe(arrival=days(-5, 200), pending_request=_YES_NO)),
    }


@st.composite
def exceptions(draw: st.DrawFn, covered: Sequence[str]) -> Tree:
    """Give a request for one of the ten, or for none, with limbs of its own and of others."""
    limbs = draw(st.sampled_from([*_LIMBS.items(), ("reunion", ["a"])]))
    named = draw(st.lists(st.sampled_from([*limbs[1], "x"]), min_size=1, unique=True))
    return {
        "beneficiary": draw(st.sampled_from(covered)),
        "exception": limbs[0],
        "limbs": {limb: draw(claims()) or ["So."] for limb in named},
    }


@st.composite
def fees(draw: st.DrawFn, covered: Sequence[str]) -> Tree:
    """Give how fees are met, rightly or wrongly."""
    waiver = {"basis": draw(st.sampled_from(["benefit", "income", "hardship"])), "claims": ["So."]}
    asked = [draw(exceptions(covered)) for _ in range(draw(st.integers(0, 2)))]
    return {
        "i131": {
            "pay": draw(st.sampled_from(["credit_card", "bank_account", "waiver", "exemption"])),
            **draw(
                maybe(
                    waiver=st.just(waiver),
                    exemption=st.just({"category": "vawa", "claims": ["So [@one p. 1]."]}),
                )
            ),
        },
        "parole_fee": asked,
    }


@st.composite
def pieces_of_evidence(draw: st.DrawFn, identifier: str) -> Tree:
    """Give one piece of evidence."""
    translation = st.fixed_dictionaries(
        {"file": st.just("t.pdf"), "translator": st.just("Yaa"), "certified": days(-90, 9)}
    )
    return {
        "id": identifier,
        "title": draw(st.sampled_from(["Paper of Esi Boateng", "Paper", "Form I-765"])),
        "kind": draw(st.sampled_from(list(EvidenceKind))).value,
        **draw(
            maybe(
                file=st.just("a.pdf"),
                date=days(-200, 5),
                language=st.sampled_from(["Twi", "English"]),
                of=st.sampled_from(["person-0", "petitioner", "nobody"]),
                signed=_YES_NO,
                both_sides=_YES_NO,
                translation=translation,
                waived=st.just("not issued"),
            )
        ),
    }


@st.composite
def cases(draw: st.DrawFn) -> Tree:
    """Give a whole case as the facts hold it."""
    covered = [f"person-{number}" for number in range(draw(st.integers(1, 3)))]
    alone = draw(st.booleans())
    coming = [draw(beneficiaries(number)) for number in range(len(covered))]
    events = [event["id"] for person in coming for event in person["immigration_history"]]
    negative = [
        {
            "factor": draw(st.sampled_from(list(NegativeKind))).value,
            "events": draw(st.lists(st.sampled_from(events), max_size=1)) if events else [],
            "facts": draw(claims()),
            "response": draw(claims()),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    key_date = st.fixed_dictionaries({"date": days(-5, 300), "event": st.just("operation")})
    others = st.fixed_dictionaries(
        {"name": st.fixed_dictionaries({"family": _NAMES, "given": _GIVEN})},
        optional={"date_of_birth": days(-20_000, 9), "passport_number": _NUMBERS},
    )
    return {
        "filing": {
            "kind": "initial_parole",
            "delivery": draw(st.sampled_from(["paper", "online"])),
            "date": draw(st.sampled_from(["2026-12-01", "2026-10-15", "2020-01-01", "2030-06-30"])),
            **({"self_petitioner": covered[0]} if alone else {}),
            **draw(
                maybe(
                    carrier=st.sampled_from(["usps", "courier"]),
                    key_date=key_date,
                    expedite=st.just({"requested": "yes"}),
                )
            ),
        },
        **({} if alone else {"petitioner": {**draw(people()), "status": "us_citizen"}}),
        "beneficiaries": coming,
        "supporters": [
            draw(supporters(number, covered)) for number in range(draw(st.integers(0, 2)))
        ],
        "request": draw(requests(covered)),
        "discretion": {
            "positive": [{"factor": "family_ties", "claims": draw(claims())}],
            "negative": negative,
        },
        "fees": draw(fees(covered)),
        "evidence": [draw(pieces_of_evidence(one)) for one in EVIDENCE],
        "others": draw(st.lists(others, max_size=2)),
    }


def pages() -> st.SearchStrategy[dict[str, list[str]]]:
    """Give what stands on the pages of the evidence."""
    known = [
        *PAGES["passports"],
        "",
        "She bled twice. A-Number: A207-333-444. DOB: 03/17/1971. Passport no. K0011223",
        "Complete and accurate; competent. Yaa, November 10, 2026",
        "Ամբողջական վճռական թարգմանություն չկա այս էջի վրա",
        "Total income 131,460",
    ]
    page = st.sampled_from(known) | st.text(max_size=60)
    return st.fixed_dictionaries({one: st.lists(page, max_size=3) for one in EVIDENCE})

"""Each ground of the request: its facts, the urgency, the effect of a refusal, its usual proof."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.law.required_evidence import Need, Recommendation, recommendations
from packet_builder.model.case import Case
from packet_builder.model.request import Ground
from packet_builder.rules.matrix.element import (
    Desk,
    Element,
    Line,
    State,
    all_cited,
    claim_lines,
    proven_line,
    words_of,
)

_LAW = "INA 212(d)(5)(A); Instructions for Form I-131 (01/20/25), p. 3"
_REPORTED = "USCIS page on humanitarian parole, as reported"
_STANDARD = (
    "Parole is granted case by case for urgent humanitarian reasons or significant public benefit."
)


def grounds(desk: Desk) -> Iterator[Element]:
    """Give each ground: its facts, the urgency, the effect of a refusal, what usually proves it."""
    for number, ground in enumerate(desk.case.request.grounds):
        path: FactPath = ("request", "grounds", number)
        part = f"Ground {number + 1}: {words_of(ground.ground)}{_whom(desk.case, ground)}"
        asked = (
            ("Facts", _STANDARD, _LAW, "claims", ground.claims),
            (
                "Why it cannot wait",
                "USCIS looks at the degree of suffering and the time pressure.",
                _REPORTED,
                "urgency",
                ground.urgency,
            ),
            (
                "Effect of a refusal",
                "USCIS looks at the effect of a refusal.",
                _REPORTED,
                "effect_of_refusal",
                ground.effect_of_refusal,
            ),
        )
        for heading, law, source, field, claims in asked:
            lines = claim_lines(desk, (*path, field), claims)
            yield Element(part, heading, law, source, tuple(lines))
        if ground.alternatives:
            place = (*path, "alternatives")
            lines = claim_lines(desk, place, ground.alternatives, is_argued=True)
            law = "Why it cannot be had where the person is, or in another way."
            yield Element(part, "No other way", law, _LAW, tuple(lines))
        yield from _recommended(desk, ground, part)


def _recommended(desk: Desk, ground: Ground, part: str) -> Iterator[Element]:
    rows = recommendations(desk.dossier.law, ground.ground, desk.case.filing.date)
    lines = tuple(_recommended_line(desk, ground, row) for row in rows)
    if lines:
        law = "Recommended; no official list exists."
        sources = "; ".join(dict.fromkeys(row.source for row in rows))
        yield Element(part, "What usually proves it", law, sources, lines)


def _recommended_line(desk: Desk, ground: Ground, row: Recommendation) -> Line:
    """Say whether something recommended is there; without it a ground is weaker, no more."""
    if row.needs is Need.READ:
        return Line(row.text, State.READ)
    if row.needs is Need.EVIDENCE:
        kinds = {one.id: one.kind for one in desk.case.evidence}
        proof = tuple(one for one in all_cited(desk, ground) if kinds[one.evidence] in row.kinds)
        return proven_line(desk, row.text, proof) if proof else _missing(row)
    has = {
        Need.ALTERNATIVES: bool(ground.alternatives),
        Need.APPOINTMENT: ground.appointment is not None,
        Need.RELATIVE: ground.relative is not None and ground.relative.location is not None,
        Need.AGENCY: ground.agency is not None,
    }
    if not has[row.needs]:
        return _missing(row)
    return Line(row.text, State.MET, remark="as the facts say")


def _missing(row: Recommendation) -> Line:
    return Line(row.text, State.WEAK, remark="recommended, and not there")


def _whom(case: Case, ground: Ground) -> str:
    if not ground.beneficiaries or len(case.beneficiaries) == 1:
        return ""
    people = case.beneficiaries_of(ground.beneficiaries)
    return f" \u2013 {', '.join(person.name.full for person in people)}"

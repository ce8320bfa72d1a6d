"""The immigration history and the exhibits, each with what carries or cites it."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.evidence import Evidence
from packet_builder.model.narrative import Citation
from packet_builder.rules.matrix.element import BURDEN, Desk, Element, Line, State, claim_lines
from packet_builder.rules.persons import applicants


def history(desk: Desk) -> Iterator[Element]:
    """Give the events of each person's immigration history."""
    for number, person in applicants(desk.case):
        lines = tuple(
            line
            for position, event in enumerate(person.immigration_history)
            for line in claim_lines(
                desk,
                ("beneficiaries", number, "immigration_history", position, "claims"),
                event.claims,
            )
        )
        if lines:
            law = "Each event is proven by its record."
            yield Element("Immigration history", person.name.full, law, BURDEN, lines)


def exhibits(desk: Desk) -> Iterator[Element]:
    """Give each exhibit, and how often it is cited."""
    cited = [citation.evidence for _, citation in desk.dossier.citations()]
    lines = tuple(_exhibit_line(desk, one, cited.count(one.id)) for one in desk.case.evidence)
    law = "Every exhibit proves something, and says so by being cited."
    yield Element("Exhibits", "What is filed", law, BURDEN, lines)


def _exhibit_line(desk: Desk, evidence: Evidence, count: int) -> Line:
    if evidence.waived is not None:
        return Line(evidence.title, State.NOT_ASKED, remark=f"not filed: {evidence.waived}")
    proof = (Citation(evidence.id),)
    if count == 0:
        return Line(evidence.title, State.GAP, proof, "nothing cites it")
    weak = desk.weak.get(evidence.id, "")
    times = "cited once" if count == 1 else f"cited {count} times"
    remark = f"{times}; {weak}" if weak else times
    return Line(evidence.title, State.WEAK if weak else State.MET, proof, remark)

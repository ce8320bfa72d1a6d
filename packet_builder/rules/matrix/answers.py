"""The items of a notice that is answered, each with what carries the answer."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.narrative import Citation
from packet_builder.model.notice import NoticeItem
from packet_builder.rules.matrix.element import Desk, Element, Line, State, claim_lines, proven_line

_ONCE = "All that a notice asks for is answered together, once."
_SOURCE = "8 CFR 103.2(b)(11), as reported"


def answers(desk: Desk) -> Iterator[Element]:
    """Give each item of the notice; none where the filing answers none."""
    notice = desk.case.notice
    for number, item in enumerate(notice.items if notice else ()):
        path: FactPath = ("notice", "items", number)
        lines = (*_answer(desk, path, item), *_beside(desk, item), *_left_open(item))
        heading = item.summary or " ".join(item.asks.split())
        yield Element("The notice", heading, _ONCE, _SOURCE, lines)


def _answer(desk: Desk, path: FactPath, item: NoticeItem) -> Iterator[Line]:
    if item.answer or item.not_answered is None:
        yield from claim_lines(desk, (*path, "answer"), item.answer, is_argued=True)


def _beside(desk: Desk, item: NoticeItem) -> Iterator[Line]:
    proof = tuple(Citation(one) for one in item.exhibits if one in desk.filed)
    if proof:
        yield proven_line(desk, "Beside the answer", proof)


def _left_open(item: NoticeItem) -> Iterator[Line]:
    if item.not_answered is not None:
        yield Line("Not answered", State.GAP, remark=item.not_answered)

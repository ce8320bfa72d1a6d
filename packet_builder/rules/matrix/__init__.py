"""A case becomes its evidence matrix: each element of the standard, and what carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from packet_builder.outline import Subject
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.matrix.answers import answers
from packet_builder.rules.matrix.attached import attached
from packet_builder.rules.matrix.attached_later import (
    attached_to_new_period,
    attached_to_work_permit,
)
from packet_builder.rules.matrix.discretion import discretion, length
from packet_builder.rules.matrix.element import Desk, Element, desk_of
from packet_builder.rules.matrix.exhibits import exhibits, history
from packet_builder.rules.matrix.grounds import grounds
from packet_builder.rules.matrix.money import exceptions, filing_fee, support

#: Each part with what a filing must be about to have it; None: every filing has it.
PARTS: tuple[tuple[Callable[[Desk], Iterator[Element]], Subject | None], ...] = (
    (answers, None),
    (attached, Subject.INITIAL_EVIDENCE),
    (attached_to_new_period, Subject.RE_PAROLE),
    (attached_to_work_permit, Subject.WORK_PERMIT),
    (grounds, Subject.REQUEST),
    (length, Subject.REQUEST),
    (discretion, Subject.DISCRETION),
    (support, Subject.SUPPORT),
    (exceptions, Subject.PAROLE_FEE),
    (filing_fee, Subject.FILING_FEE),
    (history, Subject.HISTORY),
    (exhibits, None),
)


def evidence_matrix(dossier: Dossier, findings: Iterable[Finding]) -> tuple[Element, ...]:
    """Give every element of the standard, in the order in which a brief argues them.

    Every claim that the filing is about stands in it.
    """
    desk = desk_of(dossier, tuple(findings))
    about = {*dossier.outline.about, None}
    parts = [part for part, subject in PARTS if subject in about]
    return tuple(element for part in parts for element in part(desk))

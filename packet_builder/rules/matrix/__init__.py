"""A case becomes its evidence matrix: each element of the standard, and what carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.matrix.attached import attached
from packet_builder.rules.matrix.discretion import discretion, length
from packet_builder.rules.matrix.element import Desk, Element, desk_of
from packet_builder.rules.matrix.exhibits import exhibits, history
from packet_builder.rules.matrix.grounds import grounds
from packet_builder.rules.matrix.money import exceptions, filing_fee, support

PARTS: tuple[Callable[[Desk], Iterator[Element]], ...] = (
    attached,
    grounds,
    length,
    discretion,
    support,
    exceptions,
    filing_fee,
    history,
    exhibits,
)


def evidence_matrix(dossier: Dossier, findings: Iterable[Finding]) -> tuple[Element, ...]:
    """Give every element of the standard, in the order in which a brief argues them.

    Every claim of the case stands in it.
    """
    desk = desk_of(dossier, tuple(findings))
    return tuple(element for part in PARTS for element in part(desk))

"""The ten exceptions from the parole fee (8 U.S.C. 1804(b)), limb by limb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.base import Part
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.request import GroundKind
from packet_builder.model.scalars import Count, Flag, Line


class Limb(Part):
    """One condition of an exception, in the words of the law."""

    id: Line
    """The name under which `limbs:` of a case states its facts: `b_ii`."""
    mark: Line
    """Its mark, as the statute prints it: (A), (B)(ii)."""
    text: Line
    """The words of the law to the letter; the request quotes them."""
    asks: tuple[Line, ...]
    """For the reader: facts to ask for; this and what follows has no legal force."""
    evidence: tuple[Line, ...]
    """What usually proves it, as findings say."""
    kinds: tuple[EvidenceKind, ...]
    """Kinds of evidence of which one should be cited."""


class ParoleFeeException(Row):
    """One exception."""

    number: Count
    """Its paragraph in 8 U.S.C. 1804(b)."""
    name: Line
    """What it is called, in a few words; its letter prints that."""
    lead: Line = ""
    """The words before the limbs."""
    limbs: tuple[Limb, ...]
    """The conditions of the exception, in the order of the law."""
    requires: tuple[tuple[Line, ...], ...]
    """Every group must be met by one of its limbs."""
    grounds: tuple[GroundKind, ...]
    """The request needs one of these; none: any."""
    argue: tuple[Line, ...]
    """For the reader: what the letter must argue."""
    drafted: Flag
    """Whether a letter fits an initial request from abroad."""
    not_drafted_because: Line | None = None
    """Why this program writes no letter for it, where `drafted` is no; the finding says it."""

    def limb(self, identifier: str) -> Limb | None:
        """Give a limb by id."""
        return next((limb for limb in self.limbs if limb.id == identifier), None)

    def unmet(self, claimed: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Give the groups of limbs of which none is claimed."""
        return tuple(group for group in self.requires if not set(group) & set(claimed))


PAROLE_FEE_EXCEPTIONS = Table("parole_fee_exceptions", ParoleFeeException)


def parole_fee_exceptions(law: Law) -> tuple[ParoleFeeException, ...]:
    """Give all ten, in the order of the statute."""
    return law.rows(PAROLE_FEE_EXCEPTIONS)


def parole_fee_exception(law: Law, identifier: str, on: dt.date) -> ParoleFeeException:
    """Give the exception of that id in force on a date; raises LawGapError."""
    return law.in_force(PAROLE_FEE_EXCEPTIONS, identifier, on)

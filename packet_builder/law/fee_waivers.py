"""The three bases on which a filing fee may be waived (Form I-912), with their proof."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.scalars import Count, Line


class FeeWaiverBasis(Row):
    """One basis; only one must be proved."""

    title: Line
    """What the basis is called, as findings say it."""
    text: Line
    """For the reader: what has to be so, in one sentence."""
    parts: Line
    """For the reader: the parts of Form I-912 that are completed."""
    evidence: tuple[Line, ...]
    """For the reader: what proves it, a line each; `kinds` is what is checked."""
    kinds: tuple[EvidenceKind, ...]
    """Kinds of evidence that can prove it."""
    percent_of_guideline: Count | None = None
    """Of the basis `income`: up to how many percent of the poverty guideline qualify, `150`."""

    def limit_of(self, guideline: int) -> int:
        """Give the highest income that qualifies beside a guideline, in whole dollars."""
        return guideline * (self.percent_of_guideline or 0) // 100


FEE_WAIVER_BASES = Table("fee_waiver_bases", FeeWaiverBasis)


def fee_waiver_bases(law: Law) -> tuple[FeeWaiverBasis, ...]:
    """Give all three."""
    return law.rows(FEE_WAIVER_BASES)


def fee_waiver_basis(law: Law, identifier: str, on: dt.date) -> FeeWaiverBasis:
    """Give the basis of that id in force on a date; raises LawGapError."""
    return law.in_force(FEE_WAIVER_BASES, identifier, on)

"""Support, parole-fee exceptions limb by limb, and the filing fee, with what carries them."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder import due
from packet_builder.facts.tree import FactPath
from packet_builder.law.parole_fee_exceptions import Limb, parole_fee_exceptions
from packet_builder.law.parole_fee_exceptions import ParoleFeeException as Exception_
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError, LawUnverifiedError
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.people import Supporter
from packet_builder.rules.matrix.element import Desk, Element, Line, State, claim_lines, gap

_STATUTE = "8 U.S.C. 1804(b); Form G-1055 (05/29/26), App. B, pp. 46-47"
_SUPPORT = "Form I-134: who supports the person, and with what means."


def support(desk: Desk) -> Iterator[Element]:
    """Give each supporter's means."""
    for number, supporter in enumerate(desk.case.supporters):
        path = ("supporters", number, "support")
        lines = (
            *claim_lines(desk, path, supporter.support),
            _income(desk, supporter),
        )
        part = "Financial support"
        source = "Form I-134 (01/20/25), pp. 2-4, 8"
        yield Element(part, supporter.name.full, _SUPPORT, source, lines)


def _income(desk: Desk, supporter: Supporter) -> Line:
    said = f"income ${supporter.annual_income:,.2f}, household of {supporter.household_size}"
    try:
        row = poverty_guideline(desk.dossier.law, supporter.household_size, desk.case.filing.date)
    except (LawGapError, LawUnverifiedError):
        return Line(said, State.READ, remark="the tables hold no guideline for this household")
    remark = f"guideline ${row.usd:,} ({row.source}); no multiple is stated"
    return Line(said, State.MET if supporter.annual_income >= row.usd else State.WEAK, (), remark)


def exceptions(desk: Desk) -> Iterator[Element]:
    """Give each limb of each parole-fee exception that is asked for."""
    known = {row.id: row for row in parole_fee_exceptions(desk.dossier.law)}
    for number, asked in enumerate(desk.case.fees.parole_fee):
        path = ("fees", "parole_fee", number, "limbs")
        yield from _limbs(desk, path, asked, known.get(asked.exception))


def _limbs(
    desk: Desk, path: FactPath, asked: ParoleFeeException, row: Exception_ | None
) -> Iterator[Element]:
    name = desk.case.beneficiary(asked.beneficiary).name.full
    paragraph = f", 8 U.S.C. 1804(b)({row.number})" if row else ""
    part = f"Parole-fee exception{paragraph}: {name}"
    limbs = {limb.id: limb for limb in row.limbs} if row else {}
    for identifier, claims in asked.limbs.items():
        lines = tuple(claim_lines(desk, (*path, identifier), claims))
        yield _limb(part, identifier, limbs.get(identifier), lines)
    for group in row.unmet(asked.limbs) if row else ():
        marks = " or ".join(limbs[limb].mark for limb in group)
        text = "; or ".join(limbs[limb].text for limb in group)
        lines = (gap(f"nothing is said of limb {marks}"),)
        yield Element(part, f"Limb {marks}", text, _STATUTE, lines)


def _limb(part: str, identifier: str, limb: Limb | None, lines: tuple[Line, ...]) -> Element:
    if limb is None:
        law = "The law has no such exception, or no such limb."
        return Element(part, f"Limb {identifier}", law, _STATUTE, lines)
    return Element(part, f"Limb {limb.mark}", limb.text, _STATUTE, lines)


def filing_fee(desk: Desk) -> Iterator[Element]:
    """Give the claims of a fee waiver or exemption."""
    fee = due.filing_fee(desk.dossier.outline, desk.case)
    if fee is None:
        return
    for name, asked in (("waiver", fee.waiver), ("exemption", fee.exemption)):
        if asked is not None:
            path = (*due.filing_fee_path(desk.dossier.outline), name, "claims")
            lines = tuple(claim_lines(desk, path, asked.claims))
            law = "Each basis or category that is claimed needs its proof."
            source = "Form G-1055 (05/29/26), pp. 1-2, 41-42; Form I-912, p. 1"
            yield Element("Filing fee", f"Fee {name}", law, source, lines)

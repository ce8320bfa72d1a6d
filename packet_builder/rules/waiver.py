"""The request to waive a filing fee: its proof, its sums, and what the instructions leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from packet_builder.due import filing_fee, filing_fee_path
from packet_builder.facts.tree import FactPath
from packet_builder.law.fee_waivers import FeeWaiverBasis, fee_waiver_basis
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError
from packet_builder.model.fees import Payment
from packet_builder.model.waiver import HouseholdMember, Waiver, WaiverBasis
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import age_on, is_same

_INSTRUCTIONS = "Instructions for Form I-912 (07/22/25)"
_NOT_MEANS_TESTED = re.compile(
    r"medicare|unemployment|\bssdi\b|\brsdi\b|social security (?:retirement|disability)"
    r"|student (?:aid|loan)|financial aid|pell",
    re.IGNORECASE,
)
_COUNTED = frozenset({"spouse", "wife", "husband", "parent", "mother", "father"})
_CHILD_UNTIL, _STUDENT_UNTIL = 21, 24


def waiver_is_weighed_with_support(dossier: Dossier) -> Iterator[Finding]:
    """Show counsel a plea of inability to pay by somebody who promises to pay for others."""
    fee = filing_fee(dossier.outline, dossier.case)
    if fee is None or fee.pay is not Payment.WAIVER:
        return
    for position, supporter in enumerate(dossier.case.supporters):
        if is_same(supporter, dossier.case.filer):
            yield Finding(
                "waiver-beside-support",
                Weight.NOTE,
                f'"{supporter.id}" asks for a waiver with an income of '
                f"${supporter.annual_income:,.0f}, and is also the supporter",
                "For counsel: the waiver weakens the promise of support.",
                ("supporters", position),
                f"{_INSTRUCTIONS}, p. 1",
            )


def waiver_agrees_with_support(dossier: Dossier) -> Iterator[Finding]:
    """Find two incomes of one person: of Form I-134, and of Form I-912."""
    waiver = _waiver(dossier)
    if waiver is None or waiver.annual_income is None:
        return
    for position, supporter in enumerate(dossier.case.supporters):
        if not is_same(supporter, dossier.case.filer):
            continue
        if supporter.annual_income != waiver.annual_income and waiver.circumstances is None:
            yield Finding(
                "waiver-income-differs",
                Weight.WARNING,
                f'"{supporter.id}" has ${supporter.annual_income:,.2f} a year for Form I-134, and '
                f"${waiver.annual_income:,.2f} for Form I-912",
                'Say why under "circumstances:" of the waiver, or correct one of the two.',
                ("supporters", position, "annual_income"),
                f"{_INSTRUCTIONS}, pp. 7-9",
            )


def waiver_bases_are_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find bases of a fee waiver without proof. Form I-912, p. 1."""
    waiver = _waiver(dossier)
    for basis in waiver.basis if waiver else ():
        row = fee_waiver_basis(dossier.law, basis, dossier.case.filing.date)
        if waiver and set(row.kinds).isdisjoint(cited_kinds(dossier, waiver)):
            yield Finding(
                "waiver-unproven",
                Weight.ERROR,
                f"the waiver cites no proof of {row.title}",
                f"Cite one of: {', '.join(kind.replace('_', ' ') for kind in row.kinds)}.",
                _path(dossier),
                row.source,
            )


def waiver_income_is_low_enough(dossier: Dossier) -> Iterator[Finding]:
    """Find a household income above 150 percent of the guideline, or one that is not told."""
    waiver = _waiver(dossier)
    if waiver is None or WaiverBasis.INCOME not in waiver.basis:
        return
    row = fee_waiver_basis(dossier.law, WaiverBasis.INCOME, dossier.case.filing.date)
    size, income = waiver.household_size, waiver.total_income
    if size is None or income is None:
        yield Finding(
            "waiver-income-unknown",
            Weight.ERROR,
            "the waiver rests on income, and the facts do not tell the income of the household",
            'Add "annual_income:" and "household:" with the income of each member; "household: []" '
            "for somebody who lives alone.",
            _path(dossier),
            f"{_INSTRUCTIONS}, pp. 6-9",
        )
        return
    yield from _compared(dossier, row, size, income)


def _compared(
    dossier: Dossier, row: FeeWaiverBasis, size: int, income: Decimal
) -> Iterator[Finding]:
    percent = row.percent_of_guideline
    try:
        guideline = poverty_guideline(dossier.law, size, dossier.case.filing.date)
    except LawGapError:
        yield Finding(
            "waiver-guideline-unknown",
            Weight.WARNING,
            f"the household's income of ${income:,.2f} is not compared: no poverty guideline for a "
            f"household of {size} on the filing date is known",
            f"Compare it with {percent} percent on Form I-912P by hand, or add the year's row with "
            "its source to the office's own law.",
            _path(dossier),
            row.source,
        )
        return
    limit = row.limit_of(guideline.usd)
    if income > limit:
        yield Finding(
            "waiver-income-too-high",
            Weight.ERROR,
            f"the household's income, ${income:,.2f} for {size}, is above {percent} percent of the "
            f"guideline, ${limit:,}",
            "Choose another basis, or pay the fee.",
            _path(dossier),
            f"{_INSTRUCTIONS}, pp. 6-8",
        )


def waiver_benefits_are_named(dossier: Dossier) -> Iterator[Finding]:
    """Find a request that rests on a benefit and names none. Form I-912, Part 4."""
    for path, waiver in _asked(dossier):
        if WaiverBasis.BENEFIT in waiver.basis and not waiver.benefits:
            yield Finding(
                "waiver-benefit-missing",
                Weight.ERROR,
                "the waiver rests on a means-tested benefit, and none is named",
                'Add "benefits:" with each benefit, its agency and its dates.',
                path,
                "Form I-912, Part 4",
            )


def waiver_benefits_count(dossier: Dossier) -> Iterator[Finding]:
    """Find benefits that are not means-tested, and benefits that have ended.

    Instructions for Form I-912 (07/22/25), pp. 5-6.
    """
    for path, waiver in _asked(dossier):
        for position, one in enumerate(waiver.benefits):
            place = (*path, "benefits", position)
            if _NOT_MEANS_TESTED.search(one.benefit):
                yield Finding(
                    "waiver-benefit-unfit",
                    Weight.ERROR,
                    f'"{one.benefit}" is not a means-tested benefit for this request',
                    "Remove it: Medicare, unemployment benefits, Social Security retirement, SSDI "
                    "and student aid do not count.",
                    place,
                    f"{_INSTRUCTIONS}, p. 5",
                )
            if one.expires is not None and one.expires < dossier.case.filing.date:
                yield Finding(
                    "waiver-benefit-ended",
                    Weight.ERROR,
                    f'"{one.benefit}" ended on {one.expires}, and must be received now',
                    "Give the date of its renewal with the proof, or remove it.",
                    place,
                    f"{_INSTRUCTIONS}, p. 6",
                )


def waiver_changes_are_explained(dossier: Dossier) -> Iterator[Finding]:
    """Find a change since the tax return without a word on it. Form I-912, Part 5, Item 9."""
    for path, waiver in _asked(dossier):
        if waiver.changed_since_tax_return and waiver.circumstances is None:
            yield Finding(
                "waiver-change-unexplained",
                Weight.ERROR,
                "something has changed since the latest tax return, and nothing is said of it",
                'Add "circumstances:": what has changed, and when.',
                (*path, "changed_since_tax_return"),
                "Form I-912, Part 5, Item 9",
            )


def waiver_household_is_counted_right(dossier: Dossier) -> Iterator[Finding]:
    """Find grown members whom the instructions count only as dependents.

    Instructions for Form I-912 (07/22/25), p. 7: spouse and parents who live there; unmarried
    children under 21, or under 24 in full-time studies; others only as dependents.
    """
    for path, waiver in _asked(dossier):
        for position, member in enumerate(waiver.household or ()):
            age = age_on(member.date_of_birth, dossier.case.filing.date)
            if not _is_counted(member, age):
                yield Finding(
                    "waiver-member-grown",
                    Weight.WARNING,
                    f'"{member.id}" is {age} years old: a {member.relationship.lower()} of that '
                    "age counts in the household only as a dependent",
                    "Leave the person out, or accept this where a tax return lists the person as "
                    "a dependent, or a guardian is needed for a disability.",
                    (*path, "household", position),
                    f"{_INSTRUCTIONS}, p. 7",
                )


def _is_counted(member: HouseholdMember, age: int) -> bool:
    until = _STUDENT_UNTIL if member.full_time_student else _CHILD_UNTIL
    return age < until or bool(member.head) or member.relationship.lower() in _COUNTED


def _asked(dossier: Dossier) -> Iterator[tuple[FactPath, Waiver]]:
    waiver = _waiver(dossier)
    if waiver is not None:
        yield _path(dossier), waiver


def _waiver(dossier: Dossier) -> Waiver | None:
    fee = filing_fee(dossier.outline, dossier.case)
    return fee.waiver if fee else None


def _path(dossier: Dossier) -> FactPath:
    return (*filing_fee_path(dossier.outline), "waiver")

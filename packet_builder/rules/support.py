"""Money: a supporter's income against the guideline, and a waiver beside the promise to support."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.law.fee_waivers import fee_waiver_basis
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError
from packet_builder.model.fees import Payment
from packet_builder.model.people import Supporter
from packet_builder.model.waiver import WaiverBasis
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import is_same

_TABLE = "USCIS compares means with the HHS guidelines, as reported; no multiple is stated"


def income_is_compared(dossier: Dossier) -> Iterator[Finding]:
    """Compare each supporter's income with the guideline of the year, or name the gap."""
    for position, supporter in enumerate(dossier.case.supporters):
        path = ("supporters", position, "annual_income")
        try:
            row = poverty_guideline(dossier.law, supporter.household_size, dossier.case.filing.date)
        except LawGapError:
            yield Finding(
                "guideline-unknown",
                Weight.NOTE,
                f'the income of "{supporter.id}" is not compared: law/tables holds no poverty '
                f"guideline for a household of {supporter.household_size} on the filing date",
                "Compare it by hand, or add the year's row with its source.",
                path,
                _TABLE,
            )
            continue
        if supporter.annual_income < row.usd:
            yield Finding(
                "income-below-guideline",
                Weight.WARNING,
                f'the income of "{supporter.id}", ${supporter.annual_income:,.2f}, is below the '
                f"guideline of ${row.usd:,} for {row.household}",
                "Add a supporter or assets, and answer it as weak_finances under discretion.",
                path,
                f"{_TABLE}; {row.source}",
            )


def households_hold_whom_they_support(dossier: Dossier) -> Iterator[Finding]:
    """Find households that are smaller than the supporter and those who come to live there."""
    for position, supporter in enumerate(dossier.case.supporters):
        people = 1 + (len(_guests(dossier, supporter)) if supporter.housing else 0)
        if supporter.household_size < people:
            yield Finding(
                "household-too-small",
                Weight.WARNING,
                f'the household of "{supporter.id}" is {supporter.household_size}, fewer than the '
                f"{people} who will live there",
                "Count the supporter, the dependents, and the beneficiaries who are housed.",
                ("supporters", position, "household_size"),
                "Form I-134, pp. 2-4",
            )


def support_is_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find promises of support that cite nothing. Form I-134, pp. 2-4, 8."""
    for position, supporter in enumerate(dossier.case.supporters):
        if not cited_kinds(dossier, supporter.support):
            yield Finding(
                "support-unproven",
                Weight.WARNING,
                f'the support of "{supporter.id}" cites no proof of income or assets',
                'State it under "support:" and cite a tax return, pay records, an employer\'s '
                "letter or a bank statement.",
                ("supporters", position),
                "Form I-134, pp. 2-4, 8",
            )


def waiver_is_weighed_with_support(dossier: Dossier) -> Iterator[Finding]:
    """Show counsel a plea of inability to pay by somebody who promises to pay for others."""
    if dossier.case.fees.i131.pay is not Payment.WAIVER:
        return
    for position, supporter in enumerate(dossier.case.supporters):
        if is_same(supporter, dossier.case.filer):
            yield Finding(
                "waiver-beside-support",
                Weight.NOTE,
                f'"{supporter.id}" pleads inability to pay ${supporter.annual_income:,.0f} of '
                "income notwithstanding, and is the supporter",
                "For counsel: the waiver weakens the promise of support.",
                ("supporters", position),
                "Instructions for Form I-912 (07/22/25), p. 1",
            )


def waiver_bases_are_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find bases of a fee waiver without proof. Form I-912, p. 1."""
    waiver = dossier.case.fees.i131.waiver
    for basis in waiver.basis if waiver else ():
        row = fee_waiver_basis(dossier.law, basis, dossier.case.filing.date)
        if waiver and set(row.kinds).isdisjoint(cited_kinds(dossier, waiver)):
            yield Finding(
                "waiver-unproven",
                Weight.ERROR,
                f"the waiver cites no proof of {row.title}",
                f"Cite one of: {', '.join(kind.replace('_', ' ') for kind in row.kinds)}.",
                ("fees", "i131", "waiver"),
                row.source,
            )


def waiver_income_is_low_enough(dossier: Dossier) -> Iterator[Finding]:
    """Find an income above 150 percent of the guideline. Form I-912 instructions, pp. 6-8."""
    case = dossier.case
    waiver = case.fees.i131.waiver
    if waiver is None or WaiverBasis.INCOME not in waiver.basis:
        return
    percent = (
        fee_waiver_basis(dossier.law, WaiverBasis.INCOME, case.filing.date).percent_of_guideline
        or 0
    )
    for position, supporter in enumerate(case.supporters):
        limit = _limit(dossier, supporter, percent)
        if is_same(supporter, case.filer) and limit and supporter.annual_income > limit:
            yield Finding(
                "waiver-income-too-high",
                Weight.ERROR,
                f"the filer's income, ${supporter.annual_income:,.2f}, is above {percent} percent "
                f"of the guideline, ${limit:,}",
                "Choose another basis, or pay the fee.",
                ("supporters", position, "annual_income"),
                "Instructions for Form I-912 (07/22/25), pp. 6-8",
            )


def _limit(dossier: Dossier, supporter: Supporter, percent: int) -> int:
    try:
        row = poverty_guideline(dossier.law, supporter.household_size, dossier.case.filing.date)
    except LawGapError:  # found by income_is_compared
        return 0
    return row.usd * percent // 100


def _guests(dossier: Dossier, supporter: Supporter) -> tuple[object, ...]:
    guests = dossier.case.beneficiaries_of(supporter.beneficiaries)
    return tuple(person for person in guests if not is_same(person, supporter))

"""Money: a supporter's income against the guideline, the household, and the proof of support."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError
from packet_builder.model.people import Supporter
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


def _guests(dossier: Dossier, supporter: Supporter) -> tuple[object, ...]:
    guests = dossier.case.beneficiaries_of(supporter.beneficiaries)
    return tuple(person for person in guests if not is_same(person, supporter))

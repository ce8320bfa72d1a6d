"""Money: a supporter's income against the guideline, the household, and the proof of support."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.table import LawGapError
from packet_builder.model.discretion import NegativeKind
from packet_builder.model.people import Supporter
from packet_builder.rules.claims import cited_evidence, cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import is_same

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = (*_UNITS, "ten", "eleven", "twelve")
_MONTHS = re.compile(r"\bfor (?:up to )?(?P<months>\w+)[ -]months?\b", re.IGNORECASE)
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
                f'the income of "{supporter.id}", ${supporter.annual_income:,.2f}, is not '
                f"compared: no poverty guideline for a household of {supporter.household_size} is "
                "known for the filing date",
                "Compare it by hand with the HHS guidelines of the year, or add the row with its "
                "source under poverty_guidelines: in law.yaml beside firm.yaml.",
                path,
                _TABLE,
            )
            continue
        if supporter.annual_income < row.usd:
            answered = {one.factor for one in dossier.case.discretion.negative}
            yield Finding(
                "income-below-guideline",
                Weight.NOTE if NegativeKind.WEAK_FINANCES in answered else Weight.ERROR,
                f'the income of "{supporter.id}", ${supporter.annual_income:,.2f}, is below the '
                f"guideline of ${row.usd:,} for {row.household}",
                "Answer it as weak_finances under discretion, with proof of assets or of another "
                "supporter.",
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


def households_add_up(dossier: Dossier) -> Iterator[Finding]:
    """Find counts of people on Form I-134 that contradict each other."""
    for position, supporter in enumerate(dossier.case.supporters):
        if supporter.other_dependents is None:
            continue
        guests = len(_guests(dossier, supporter)) if supporter.housing else 0
        counted = supporter.other_dependents + guests
        listed = len(supporter.dependents) + 1
        if counted != supporter.household_size or listed > supporter.other_dependents:
            yield Finding(
                "household-contradicts",
                Weight.WARNING,
                f'of "{supporter.id}": a household of {supporter.household_size}, but '
                f"{supporter.other_dependents} with the supporter, {listed} of them listed, and "
                f"{guests} to be housed",
                'Correct "household_size:", "other_dependents:" (the supporter included, no '
                'beneficiary) or "dependents:"; or accept it and say who else lives there.',
                ("supporters", position, "household_size"),
                "Form I-134, pp. 2-4",
            )


def amounts_stand_on_paper(dossier: Dossier) -> Iterator[Finding]:
    """Find incomes and assets that no page of the evidence under the support shows.

    "Attach evidence showing you have these assets." Silent where a page is a picture.
    """
    for position, supporter in enumerate(dossier.case.supporters):
        cited = [
            one for one in cited_evidence(dossier, supporter.support) if one.id in dossier.seen
        ]
        pages = [text for one in cited for text in dossier.seen[one.id].texts]
        if not pages or not all(text.strip() for text in pages):
            continue
        for field, amount in _amounts(supporter):
            if f"{amount:,.0f}" not in " ".join(pages):
                yield Finding(
                    "amount-not-shown",
                    Weight.WARNING,
                    f'${amount:,.0f} of "{supporter.id}" stands on no page that is cited for the '
                    "support",
                    'Give the amount as the paper has it, and cite the page under "support:".',
                    ("supporters", position, *field),
                    "Form I-134, pp. 2-4, 8",
                )


def _amounts(supporter: Supporter) -> Iterator[tuple[FactPath, int]]:
    """Give income and assets in whole dollars, cents cut off."""
    yield ("annual_income",), int(supporter.annual_income)
    for number, asset in enumerate(supporter.assets):
        yield ("assets", number, "value"), int(asset.value)


def support_lasts_as_long_as_the_stay(dossier: Dossier) -> Iterator[Finding]:
    """Find a promise for another number of months than Form I-131 asks for in Part 8.

    The forms take both from one fact; here the words of the promise are read.
    """
    months = dossier.case.request.period.months
    for position, supporter in enumerate(dossier.case.supporters):
        said = [claim.text for claim in supporter.support]
        for match in _MONTHS.finditer(" ".join((*said, supporter.contributions or ""))):
            if _number(match["months"]) not in {months, None}:
                yield Finding(
                    "support-period-differs",
                    Weight.WARNING,
                    f'"{supporter.id}" promises support {match[0]}, and {months} months are asked '
                    "for",
                    "Correct the promise or the period: Form I-134 must cover the whole stay.",
                    ("supporters", position, "support"),
                    "Form I-134, p. 5; Form I-131, p. 11",
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


def _number(word: str) -> int | None:
    """Give the number that a word or digits stand for."""
    if word.isdecimal():
        return int(word)
    return _WORDS.index(word.casefold()) + 1 if word.casefold() in _WORDS else None

"""No page of another client's file stands among the exhibits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.leftovers import texts_of
from packet_builder.rules.pages import papers_of
from packet_builder.rules.persons import roles

#: Only labelled numbers, or the shape A123-456-789: a bare row of nine digits may be anything.
_A_NUMBER = re.compile(
    r"(?:\b(?-i:A)-?\s?(?:Number|No\.?|#)|\bAlien\s+(?:Registration\s+)?(?:Number|No\.?)|\bUSCIS\s?#)"
    r"[\s:#]{0,5}A?[- ]?(?P<labelled>\d{3}[- ]?\d{3}[- ]?\d{3}|\d{8})(?!\d)"
    r"|\b(?-i:A)-?\s?(?P<shaped>\d{3}-\d{3}-\d{3})(?![\d-])",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:date\s+of\s+birth|birth\s?date|D\.?O\.?B\b\.?)\W{0,6}(?P<rest>[^\r\n]{0,40})",
    re.IGNORECASE,
)


def a_numbers_belong_to_the_case(dossier: Dossier) -> Iterator[Finding]:
    """Find A-Numbers in exhibits that nobody in the case has."""
    known = _known_numbers(dossier)
    for page in papers_of(dossier):
        for number in dict.fromkeys(numbers_in(page.text)):
            if number not in known:
                yield Finding(
                    "a-number-of-stranger",
                    Weight.ERROR,
                    f"page {page.number} of {page.name} has the A-Number of somebody who is not "
                    "in the case",
                    "Look at the page: it may be of another client's file. If it belongs here, "
                    'name the person under "others:".',
                    page.place,
                )


def births_belong_to_the_case(dossier: Dossier) -> Iterator[Finding]:
    """Find labelled dates of birth in exhibits that nobody in the case has."""
    known = _known_births(dossier)
    for page in papers_of(dossier):
        for match in _BORN.finditer(page.text):
            dates = frozenset(dates_in(match["rest"]))
            if dates and dates.isdisjoint(known):
                yield Finding(
                    "birth-of-stranger",
                    Weight.ERROR,
                    f"page {page.number} of {page.name} has a date of birth that nobody in "
                    "the case has",
                    "Look at the page: it may be of another client's file, or the facts are "
                    'wrong. If it belongs here, name the person under "others:".',
                    page.place,
                )
                break


def numbers_in(text: str) -> Iterator[str]:
    """Give every A-Number in a text, as nine digits."""
    for match in _A_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match["labelled"] or match["shaped"])
        yield digits.zfill(9)


def _known_numbers(dossier: Dossier) -> frozenset[str]:
    case = dossier.case
    people = (
        *(role.person.a_number for role in roles(case)),
        *(one.a_number for one in case.others),
    )
    said = (number for _, text in texts_of(case) for number in numbers_in(text))
    return frozenset((*(number for number in people if number), *said))


def _known_births(dossier: Dossier) -> frozenset[dt.date]:
    """Give the dates of birth of the case, and every date that its texts tell."""
    case = dossier.case
    people = (role.person.date_of_birth for role in roles(case))
    others = (one.date_of_birth for one in case.others if one.date_of_birth)
    said = (day for _, text in texts_of(case) for day in dates_in(text))
    return frozenset((*people, *others, *said))

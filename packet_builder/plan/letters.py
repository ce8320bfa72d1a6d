"""The facts of a case become the words that each letter template may print.

Every context is made of texts, bools, lists and mappings, has the same keys whatever the facts,
and holds "" or an empty list where there is nothing to say. Which keys a letter has:

- all letters: `date`, `firm`, `attorney` (letter_office), `usps`, `courier`, `paper`, `online`,
  `address` (letter_office), `filer`, `self_petitioner`, `beneficiary`, `beneficiaries`
  (letter_people), `request`, `key_date`, `expedite` (letter_request), `fee`, `exception_names`,
  `several_exceptions` (letter_fees), and `exhibits`, which `cite("osei-letter", 3)` reads;
- `cover_letter`: `supporters` (letter_people), `enclosures`;
- `humanitarian_justification`: `supporters`, `reasons_s`, `grounds`, `visa_attempts`,
  `why_no_visa`, `why_no_waiver`, `why_period`, `departure` (letter_request);
- `discretionary_factors`: `positives`, `negatives`, `history` (letter_discretion);
- `parole_fee_exception`: `person`, `exception` (letter_fees);
- `fee_waiver`: `waiver` (letter_waiver); `fee_exemption`: `exemption` (letter_fees).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.firm import Firm
from packet_builder.plan.letter_discretion import discretion_context
from packet_builder.plan.letter_fees import (
    exception_context,
    exemption_context,
    filing_fee_context,
)
from packet_builder.plan.letter_office import delivery_context, office_context
from packet_builder.plan.letter_people import people_context, supporters_context
from packet_builder.plan.letter_request import reasons_context, request_context
from packet_builder.plan.letter_waiver import waiver_context
from packet_builder.plan.wording import joined, long_date


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is written from."""

    case: Case
    firm: Firm
    letters: Mapping[str, str]  # exhibit letter of each evidence id
    enclosures: tuple[str, ...]  # titles of all that goes with the cover letter, in order
    subject: ParoleFeeException | None = None  # for the letter that concerns one person
    law: Law = SHIPPED


def context_of(letter: str, facts: LetterFacts) -> dict[str, Any]:
    """Give the context of a letter; one that is not in the table has what all letters have.

    Raises LawGapError where a table has no row for the filing date.
    """
    case = facts.case
    return {
        "date": long_date(case.filing.date),
        **office_context(facts.firm, case.filing.counsel),
        **delivery_context(case, facts.law),
        **people_context(case),
        **request_context(case),
        **filing_fee_context(case, facts.law),
        "exception_names": _exception_names(case),
        "several_exceptions": len(case.fees.parole_fee) > 1,
        "exhibits": dict(facts.letters),
        **LETTERS.get(letter, _nothing_more)(facts),
    }


def _exception_names(case: Case) -> str:
    asked = [case.beneficiary(request.beneficiary) for request in case.fees.parole_fee]
    return joined([person.name.full for person in asked])


def _cover_letter(facts: LetterFacts) -> dict[str, Any]:
    names = [person.name.full for person in facts.case.beneficiaries]
    return {
        "supporters": supporters_context(facts.case, facts.letters),
        "enclosures": list(_folded(facts.enclosures, names)),
    }


def _folded(titles: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Name a document once: "Form I-131, … (2): Amina Haidari; Omar Haidari"."""
    split = [_split(title, names) for title in titles]
    for title, group in groupby(split, key=itemgetter(0)):
        people = [person for _, person in group]
        if len(people) == 1:
            yield f"{title}, for {people[0]}" if people[0] else title
        else:
            yield f"{title} ({len(people)}): {'; '.join(people)}"


def _split(title: str, names: Sequence[str]) -> tuple[str, str]:
    """Give a document's title and the person whom it is for, as the plan joins them."""
    head, found, person = title.partition(", for ")
    if found:
        return head, person
    person = next((name for name in names if title.endswith(f", {name}")), "")
    return title.removesuffix(f", {person}"), person


def _humanitarian_justification(facts: LetterFacts) -> dict[str, Any]:
    return {
        "supporters": supporters_context(facts.case, facts.letters),
        **reasons_context(facts.case, facts.letters),
    }


def _discretionary_factors(facts: LetterFacts) -> dict[str, Any]:
    return discretion_context(facts.case, facts.letters)


def _parole_fee_exception(facts: LetterFacts) -> dict[str, Any]:
    if facts.subject is None:
        message = "a parole-fee exception is asked for one person: no subject was given"
        raise ValueError(message)
    return exception_context(facts.case, facts.law, facts.subject, facts.letters)


def _fee_waiver(facts: LetterFacts) -> dict[str, Any]:
    return waiver_context(facts.case, facts.law, facts.letters)


def _fee_exemption(facts: LetterFacts) -> dict[str, Any]:
    return exemption_context(facts.case, facts.law, facts.letters)


def _nothing_more(_: LetterFacts) -> dict[str, Any]:
    return {}


LETTERS: Mapping[str, Callable[[LetterFacts], Mapping[str, Any]]] = MappingProxyType(
    {
        "cover_letter": _cover_letter,
        "humanitarian_justification": _humanitarian_justification,
        "discretionary_factors": _discretionary_factors,
        "parole_fee_exception": _parole_fee_exception,
        "fee_waiver": _fee_waiver,
        "fee_exemption": _fee_exemption,
    }
)

"""The facts of a case become the words that letter templates may print.

Any letter may print any of them: `PARTS` lists the names, and the part that gives each. A letter's
context has just the words that its template asks for, so that it is made again only where one of
those changed. Values are texts, bools, lists and mappings, with the same keys whatever the facts,
"" or an empty list where there is nothing to say. `exhibits` is read by `cite("osei-letter", 3)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.filed import Filed
from packet_builder.model.firm import Firm
from packet_builder.outline import Outline
from packet_builder.plan.citations import Letters
from packet_builder.plan.exhibits import NOTHING_FILED
from packet_builder.plan.letter_arrival import (
    arrival_context,
    entry_fee_context,
    interview_context,
)
from packet_builder.plan.letter_discretion import discretion_context
from packet_builder.plan.letter_explained import explained_context
from packet_builder.plan.letter_fees import (
    exception_context,
    exemption_context,
    filing_fee_context,
)
from packet_builder.plan.letter_notice import notice_context
from packet_builder.plan.letter_office import delivery_context, office_context
from packet_builder.plan.letter_parole import parole_context
from packet_builder.plan.letter_people import people_context, supporters_context
from packet_builder.plan.letter_request import reasons_context, request_context
from packet_builder.plan.letter_strategy import strategy_context
from packet_builder.plan.letter_waiver import waiver_context
from packet_builder.plan.wording import joined, long_date


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is written from."""

    case: Case
    firm: Firm
    outline: Outline
    letters: Letters  # exhibit letter of each evidence id
    enclosures: tuple[str, ...]  # titles of all that goes with the cover letter, in order
    subject: ParoleFeeException | None = None  # for the letter that concerns one person
    law: Law = SHIPPED
    filed: Filed = NOTHING_FILED  # what the filing continues


def context_of(facts: LetterFacts, names: Iterable[str]) -> dict[str, Any]:
    """Give the words of those names, as far as there are such: `date`, `request.summary`.

    Raises LawGapError where a table has no row for the filing date.
    """
    asked: dict[str, set[str]] = {}
    for name in sorted(names):
        group, _, member = name.partition(".")
        if group in _PART_OF:
            asked.setdefault(group, set()).add(member)
    parts = dict.fromkeys(_PART_OF[group] for group in asked)
    words = {name: value for part in parts for name, value in part(facts).items()}
    return {group: _members(words[group], members) for group, members in asked.items()}


def _members(words: object, asked: set[str]) -> object:
    """Give what is asked of a group; all of it, if "" is asked, or what is not there."""
    if not isinstance(words, Mapping) or not words.keys() >= asked:
        return words
    return {name: value for name, value in words.items() if name in asked}


def _exception_names(case: Case) -> str:
    asked = [case.beneficiary(request.beneficiary) for request in case.fees.parole_fee]
    return joined([person.name.full for person in asked])


def _enclosures(facts: LetterFacts) -> Mapping[str, Any]:
    names = [person.name.full for person in facts.case.applicants]
    return {"enclosures": list(_folded(facts.enclosures, names))}


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


def _exceptions(facts: LetterFacts) -> Mapping[str, Any]:
    return {
        "exception_names": _exception_names(facts.case),
        "several_exceptions": len(facts.case.fees.parole_fee) > 1,
    }


def _exception(facts: LetterFacts) -> Mapping[str, Any]:
    if facts.subject is None:
        message = "a parole-fee exception is asked for one person: no subject was given"
        raise ValueError(message)
    return exception_context(facts.case, facts.law, facts.subject, facts.letters)


def _exhibits(letters: Letters) -> Iterator[tuple[str, Any]]:
    """Give the letter of each piece of evidence; of what was filed before, where it stands."""
    for identifier, letter in letters.items():
        yield identifier, letter if isinstance(letter, str) else asdict(letter)


Part = Callable[[LetterFacts], Mapping[str, Any]]

PARTS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    (lambda facts: {"date": long_date(facts.case.filing.date)}, ("date",)),
    (
        lambda facts: office_context(facts.firm, facts.case.filing.counsel),
        ("firm", "attorney"),
    ),
    (
        lambda facts: delivery_context(facts.case, facts.outline, facts.law),
        ("usps", "courier", "paper", "online", "address"),
    ),
    (
        lambda facts: people_context(facts.case, facts.outline),
        ("filer", "self_petitioner", "beneficiary", "beneficiaries"),
    ),
    (lambda facts: request_context(facts.case), ("request", "key_date", "expedite")),
    (
        lambda facts: reasons_context(facts.case, facts.letters),
        (
            *("reasons_s", "grounds", "visa_attempts", "why_no_visa", "why_no_waiver"),
            *("why_period", "departure"),
        ),
    ),
    (
        lambda facts: {"supporters": supporters_context(facts.case, facts.letters)},
        ("supporters",),
    ),
    (
        lambda facts: discretion_context(facts.case, facts.letters),
        ("positives", "negatives", "history"),
    ),
    (lambda facts: filing_fee_context(facts.case, facts.outline, facts.law), ("fee",)),
    (
        lambda facts: waiver_context(facts.case, facts.outline, facts.law, facts.letters),
        ("waiver",),
    ),
    (
        lambda facts: exemption_context(facts.case, facts.outline, facts.law, facts.letters),
        ("exemption",),
    ),
    (_exceptions, ("exception_names", "several_exceptions")),
    (_exception, ("person", "exception")),
    (lambda facts: arrival_context(facts.case), ("arrival",)),
    (
        lambda facts: interview_context(facts.case, facts.letters),
        ("interview", "return_plan", "language_read_by"),
    ),
    (lambda facts: entry_fee_context(facts.case, facts.law), ("entry_fee",)),
    (
        lambda facts: explained_context(facts.case, facts.law),
        ("explained", "stays", "client_dates", "routes", "sources"),
    ),
    (lambda facts: strategy_context(facts.case, facts.law), ("strategy", "clocks")),
    (
        lambda facts: parole_context(facts.case, facts.outline, facts.letters),
        ("parole", "parolees", "excepted", "why_not_enough", "compliance"),
    ),
    (_enclosures, ("enclosures",)),
    (
        lambda facts: notice_context(facts.case, facts.filed, facts.letters),
        ("notice", "items", "previous"),
    ),
    (lambda facts: {"exhibits": dict(_exhibits(facts.letters))}, ("exhibits",)),
)
_PART_OF: Mapping[str, Part] = MappingProxyType(
    {name: part for part, names in PARTS for name in names}
)
NAMES: frozenset[str] = frozenset(_PART_OF)

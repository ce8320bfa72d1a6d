"""The case with all its filings: its events, and the people of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.facts import filing_files, read_filing
from packet_builder.facts.fault import FactsError, Source
from packet_builder.facts.tree import FactPath, Facts
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.people import Beneficiary
from packet_builder.model.references import reference_faults


@dataclass(frozen=True, slots=True)
class Read:
    """One filing of a case, as its facts describe it."""

    id: str
    facts: Facts
    case: Case


@dataclass(frozen=True, slots=True)
class WholeCase:
    """The case as all its filings together know it."""

    case: Case
    filings: tuple[Read, ...]  # that of the case itself first
    unread: tuple[str, ...]  # filings whose own file has faults

    def source_of(self, path: FactPath) -> Source:
        """Give where a fact stands in the case's own files."""
        return self.filings[0].facts.source_of(path)


def read_whole_case(folder: Path) -> WholeCase:
    """Read a case with all its filings; raises FactsError where its own files have faults.

    A draft of a further filing that has faults must not hide the deadlines of the case.
    """
    first, facts = read_filing(folder, None)
    filings = [Read(first, facts, _interpreted(facts))]
    unread: list[str] = []
    for name in filing_files(folder):
        try:
            _, own = read_filing(folder, name)
            filings.append(Read(name, own, _interpreted(own)))
        except FactsError:
            unread.append(name)
    return WholeCase(_with_people_of(filings), tuple(filings), tuple(unread))


def _with_people_of(filings: Sequence[Read]) -> Case:
    """Give the case with those who came to it in a further filing."""
    people: dict[str, Beneficiary] = {}
    for read in filings:
        for person in read.case.beneficiaries:
            people.setdefault(person.id, person)
    return filings[0].case.model_copy(update={"beneficiaries": tuple(people.values())})


def _interpreted(facts: Facts) -> Case:
    case = interpret(Case, facts)
    if faults := reference_faults(facts):
        raise FactsError(faults)
    return case

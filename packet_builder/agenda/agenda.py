"""A case folder becomes its agenda: events and deadlines, each with its place in the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder.agenda.filings import FilingSeen, of_filing
from packet_builder.deadlines.deadline import Deadline
from packet_builder.deadlines.of_case import Gap, counted_by_law, deadlines_of, place_of
from packet_builder.facts import filing_files, read_filing
from packet_builder.facts.fault import FactsError, Source
from packet_builder.facts.tree import Facts
from packet_builder.law.office import FILE, read_office_law
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.references import reference_faults
from packet_builder.packet.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline, and where the fact stands that it rests on."""

    deadline: Deadline
    source: Source


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is known of the days of a case."""

    name: str  # of the case
    case: Case
    names: Mapping[str, str]  # of beneficiaries as letters print them, by id
    entries: tuple[Entry, ...]  # in the order of the days
    gaps: tuple[Gap, ...]
    filings: tuple[FilingSeen, ...] = ()  # that of the case itself first
    unread: tuple[str, ...] = ()  # filings whose own file has faults: their days are not here

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Give the deadlines alone."""
        return tuple(entry.deadline for entry in self.entries)

    def names_of(self, persons: tuple[str, ...]) -> tuple[str, ...]:
        """Give people by their names, as letters print them."""
        return tuple(self.names[person] for person in persons)


def read_agenda(folder: Path, case_output: Path) -> Agenda:
    """Read the agenda of a case; raises FactsError with every fault of what it reads."""
    first, facts = read_filing(folder, None)
    case = _interpreted(facts)
    law = read_office_law(folder.parent / FILE)
    found = deadlines_of(case, law)
    entries = [Entry(one, facts.source_of(one.path)) for one in found.deadlines]
    names: dict[str, str] = {}
    gaps = list(found.gaps)
    filings, unread = _filings(folder, case_output, (first, case, facts))
    for seen, own in filings:
        names |= {person.id: person.name.full for person in seen.case.beneficiaries}
        counted = counted_by_law(of_filing(seen, law), law)
        entries += [Entry(one, own.source_of(one.path)) for one in counted.deadlines]
        gaps += counted.gaps
    entries.sort(key=lambda entry: place_of(entry.deadline))
    seen_filings = tuple(seen for seen, _ in filings)
    return Agenda(
        folder.name, case, names, tuple(entries), tuple(gaps), seen_filings, tuple(unread)
    )


def _filings(
    folder: Path, case_output: Path, of_case: tuple[str, Case, Facts]
) -> tuple[list[tuple[FilingSeen, Facts]], list[str]]:
    """Give every filing of a case with its facts, and those that cannot be read.

    A draft of a filing that has faults must not hide the deadlines of the case.
    """
    first, case, facts = of_case
    found = [(FilingSeen(first, case, read_manifest(case_output / first)), facts)]
    unread: list[str] = []
    for name in filing_files(folder):
        try:
            _, own = read_filing(folder, name)
            seen = FilingSeen(name, _interpreted(own), read_manifest(case_output / name))
        except FactsError:
            unread.append(name)
        else:
            found.append((seen, own))
    return found, unread


def _interpreted(facts: Facts) -> Case:
    case = interpret(Case, facts)
    if faults := reference_faults(facts):
        raise FactsError(faults)
    return case

"""A case folder becomes its agenda: events and deadlines, each with its place in the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packet_builder.agenda.filings import FilingSeen, of_filing
from packet_builder.agenda.whole_case import WholeCase, read_whole_case
from packet_builder.deadlines.deadline import Deadline
from packet_builder.deadlines.of_case import Gap, counted_by_law, deadlines_of, place_of
from packet_builder.facts.fault import Source
from packet_builder.law.office import FILE, read_office_law
from packet_builder.model.case import Case
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
    whole: WholeCase
    entries: tuple[Entry, ...]  # in the order of the days
    gaps: tuple[Gap, ...] = ()
    filings: tuple[FilingSeen, ...] = ()  # that of the case itself first

    @property
    def case(self) -> Case:
        """Give the case, with all that its filings know."""
        return self.whole.case

    @property
    def remarks(self) -> Iterator[str]:
        """Say what keeps days from being known."""
        for filing in self.whole.unread:
            yield (
                f"the filing {filing} cannot be read, and its days are not shown. "
                f"Run: packet-builder check {self.name} --filing {filing}"
            )
        known = {*(filing.id for filing in self.filings), *self.whole.unread}
        for position, event in enumerate(self.case.events):
            if event.filing not in {None, *known}:
                place = self.whole.source_of(("events", position, "filing"))
                yield f'{place}: the case has no filing "{event.filing}"; it has {_listed(known)}'
        for gap in self.gaps:
            yield f"a deadline cannot be counted: {gap.gap}"

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Give the deadlines alone."""
        return tuple(entry.deadline for entry in self.entries)

    def names_of(self, persons: tuple[str, ...]) -> tuple[str, ...]:
        """Give people by their names, as letters print them."""
        return tuple(self.case.beneficiary(person).name.full for person in persons)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


def read_agenda(folder: Path, case_output: Path) -> Agenda:
    """Read the agenda of a case; raises FactsError with every fault of what it reads."""
    whole = read_whole_case(folder)
    law = read_office_law(folder.parent / FILE)
    found = deadlines_of(whole.case, law)
    entries = [Entry(one, whole.source_of(one.path)) for one in found.deadlines]
    gaps = list(found.gaps)
    filings = []
    for read in whole.filings:
        filings.append(FilingSeen(read.id, read.case, read_manifest(case_output / read.id)))
        counted = counted_by_law(of_filing(filings[-1], law), law)
        entries += [Entry(one, read.facts.source_of(one.path)) for one in counted.deadlines]
        gaps += counted.gaps
    entries.sort(key=lambda entry: place_of(entry.deadline))
    return Agenda(folder.name, whole, tuple(entries), tuple(gaps), tuple(filings))

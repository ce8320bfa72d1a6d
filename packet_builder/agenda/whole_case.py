"""What the case and its filings know of events and people becomes one case: nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.facts import filing_files, read_filing
from packet_builder.facts.fault import FactsError, Source
from packet_builder.facts.tree import FactPath, Facts
from packet_builder.model.case import Case
from packet_builder.model.events import Event
from packet_builder.model.faults import interpret
from packet_builder.model.people import Beneficiary
from packet_builder.model.references import reference_faults

_EVENTS = "events"


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
    contradictions: tuple[str, ...]  # in words
    places: tuple[tuple[Facts, int], ...]  # of each event: the facts, and the position in them

    def source_of(self, path: FactPath) -> Source:
        """Give where a fact stands, in whichever file that is."""
        if path[0] == _EVENTS and len(path) > 1:
            facts, position = self.places[int(path[1])]
            return facts.source_of((_EVENTS, position, *path[2:]))
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
    return _together(filings, unread)


def _together(filings: Sequence[Read], unread: Sequence[str]) -> WholeCase:
    events: dict[str, tuple[Event, Facts, int]] = {}
    people: dict[str, Beneficiary] = {}
    for read in filings:
        for position, event in enumerate(read.case.events):
            events.setdefault(event.id, (event, read.facts, position))
        for person in read.case.beneficiaries:
            people.setdefault(person.id, person)
    known = tuple(event for event, _, _ in events.values())
    merged = {"events": known, "beneficiaries": tuple(people.values())}
    return WholeCase(
        filings[0].case.model_copy(update=merged),
        tuple(filings),
        tuple(unread),
        tuple(_contradictions(filings, {event.id: event for event in known})),
        tuple((facts, position) for _, facts, position in events.values()),
    )


def _contradictions(filings: Sequence[Read], known: dict[str, Event]) -> Iterator[str]:
    for read in filings:
        for position, event in enumerate(read.case.events):
            if event != known[event.id]:
                place = read.facts.source_of((_EVENTS, position))
                yield f'{place}: "{event.id}" is another event here than in the case; keep one'


def _interpreted(facts: Facts) -> Case:
    case = interpret(Case, facts)
    if faults := reference_faults(facts):
        raise FactsError(faults)
    return case

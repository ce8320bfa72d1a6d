"""What the evidence matrix is made of: elements, their lines, and how a line stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.law.required_evidence import INITIAL_EVIDENCE, Requirement, requirements
from packet_builder.law.table import Table
from packet_builder.model.case import Case
from packet_builder.model.claims import claims_of
from packet_builder.model.history import ImmigrationEvent
from packet_builder.model.narrative import Citation, ClaimText, PageRange, citations_of
from packet_builder.model.people import Beneficiary, Person
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.persons import ids_of, is_document_of
from packet_builder.rules.strength import weaknesses

BURDEN = "Instructions for Form I-131 (01/20/25), p. 22"
#: Findings that weaken the claim at whose place they stand, or that of its group.
_WEAKENS = frozenset({"limb-fact-open", "limb-weak", "quote-unconfirmed"})


class State(StrEnum):
    """How an element or a claim stands."""

    MET = "met"
    WEAK = "weak"  # a finding speaks against what carries it, or what usually proves it lacks
    GAP = "gap"
    ARGUED = "argued"  # reasoning, beside claims that cite
    READ = "to read"  # no program can tell
    NOT_ASKED = "not asked"  # the law asks it only in cases of another kind


@dataclass(frozen=True, slots=True)
class Line:
    """One claim, or one thing that is asked for, and what carries it."""

    what: str  # a claim as the facts write it, with its citations
    state: State
    proof: tuple[Citation, ...] = ()
    remark: str = ""
    path: FactPath | None = None  # of the claim


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the standard."""

    part: str
    heading: str
    law: str  # what is asked, in the words of the law where they are known
    source: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The case, and what its rules found."""

    dossier: Dossier
    weak: Mapping[str, str]  # why evidence is weak, by its id
    weak_at: Mapping[FactPath, str]  # why a claim is weak, by its place or that of its group
    filed: frozenset[str]

    @property
    def case(self) -> Case:
        """Give the case."""
        return self.dossier.case


def desk_of(dossier: Dossier, findings: Sequence[Finding]) -> Desk:
    """Note what weakens which evidence and which claims."""
    filed = [one for one in dossier.case.evidence if one.waived is None]
    on = dossier.case.filing.date
    weak = {
        one.id: f'"{one.id}": {" and ".join(said)}'
        for one in filed
        if (said := weaknesses(one, on))
    }
    weak_at = {one.path: one.message for one in findings if one.rule in _WEAKENS}
    before = (one.id for packet in dossier.filed.packets for one in packet.exhibits)
    ids = frozenset((*(one.id for one in filed), *before))
    return Desk(dossier, MappingProxyType(weak), MappingProxyType(weak_at), ids)


def claim_lines(
    desk: Desk, path: FactPath, claims: Sequence[ClaimText], *, is_argued: bool = False
) -> Iterator[Line]:
    """Give one line a claim; where none is made, a gap.

    An argument need not cite where another sentence of the same part does.
    """
    if not claims:
        yield gap("nothing is said")
        return
    carries = any(_cited(desk, claim) for claim in claims)
    for number, claim in enumerate(claims):
        yield _claim_line(desk, (*path, number), claim, is_argued=is_argued and carries)


def _claim_line(desk: Desk, path: FactPath, claim: ClaimText, *, is_argued: bool) -> Line:
    proof = _cited(desk, claim)
    if not proof:
        state = State.ARGUED if is_argued else State.GAP
        remark = "" if is_argued else "cites nothing that is filed"
        return Line(claim.text, state, (), remark, path)
    at = [desk.weak_at[place] for place in _places(path) if place in desk.weak_at]
    said = dict.fromkeys((*at, *_weaknesses(desk, proof)))
    is_weak = bool(at) or all(one.evidence in desk.weak for one in proof)
    return Line(claim.text, State.WEAK if is_weak else State.MET, proof, "; ".join(said), path)


def proven_line(desk: Desk, what: str, proof: tuple[Citation, ...], otherwise: str = "") -> Line:
    """Give a line that its evidence carries: weakly, where all of it is weak; or not at all."""
    if not proof:
        return Line(what, State.GAP, (), otherwise)
    is_weak = all(one.evidence in desk.weak for one in proof)
    remark = "; ".join(_weaknesses(desk, proof))
    return Line(what, State.WEAK if is_weak else State.MET, proof, remark)


def _weaknesses(desk: Desk, proof: Sequence[Citation]) -> Iterator[str]:
    """Say what is weak about each piece of evidence that carries something."""
    yield from dict.fromkeys(desk.weak[one.evidence] for one in proof if one.evidence in desk.weak)


def _places(path: FactPath) -> tuple[FactPath, ...]:
    """Give where a finding on a claim may stand: at it, at its quote, or at its group."""
    return path, path[:-1], (*path, "quote"), (*path[:-1], "quote")


def documents_line(
    desk: Desk, person: Person, row: str, table: Table[Requirement] = INITIAL_EVIDENCE
) -> Line:
    """Give what is filed of the documents that a requirement asks of a person."""
    rows = {one.id: one for one in requirements(desk.dossier.law, table)}
    ids = ids_of(desk.case, person)
    proof = tuple(
        Citation(one.id)
        for one in desk.case.evidence
        if one.kind in rows[row].kinds and one.waived is None and is_document_of(one, person, ids)
    )
    return proven_line(desk, person.name.full, proof, "no document that is this person's is filed")


def _cited(desk: Desk, claim: ClaimText) -> tuple[Citation, ...]:
    return tuple(one for one in citations_of(claim.text) if one.evidence in desk.filed)


def all_cited(desk: Desk, part: object) -> tuple[Citation, ...]:
    """Give each exhibit that a part cites once, with all its pages in order."""
    pages: dict[str, set[PageRange]] = {}
    for _, claim in claims_of(part):
        for one in _cited(desk, claim):
            pages.setdefault(one.evidence, set()).update(one.pages)
    return tuple(
        Citation(evidence, tuple(sorted(found, key=lambda span: (span.first, span.last))))
        for evidence, found in pages.items()
    )


def gap(what: str) -> Line:
    """Give a line that nothing carries."""
    return Line(what, State.GAP)


def events_of(case: Case) -> Iterator[tuple[Beneficiary, ImmigrationEvent]]:
    """Give each event of each immigration history."""
    for person in case.applicants:
        for event in person.immigration_history:
            yield person, event


def words_of(kind: str) -> str:
    """Give a kind as a heading prints it: `Medical treatment`."""
    text = kind.replace("_", " ")
    return f"{text[0].upper()}{text[1:]}"

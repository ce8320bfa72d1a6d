"""What a rule finds in a case, and what rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from packet_builder.due import citations_about, claims_about
from packet_builder.facts.fault import Source
from packet_builder.facts.tree import FactPath
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.filed import Filed
from packet_builder.model.firm import Firm
from packet_builder.model.narrative import Citation, ClaimText
from packet_builder.outline import Outline
from packet_builder.rules.catalogue import RuleId


class Weight(StrEnum):
    """How much a finding weighs. An error stops the build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should look at."""

    rule: RuleId
    weight: Weight
    message: str
    cure: str  # what to do next
    path: FactPath  # where in the facts
    law: str | None = None  # the source of the requirement
    source: Source | None = None  # file, line and column of `path`, or of a file beside the facts
    accepted: Acceptance | None = None
    fact: str = ""  # that a form asks for and nobody gives, by its name at `path`: `name.middle`


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts a finding, why, and what it weighed before."""

    by: str
    reason: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class Office:
    """What an office brings to every case: it must not hold a word of one of them."""

    firm: Firm | None = None
    templates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words, by file
    clients: frozenset[tuple[str, str]] = frozenset()  # given, family: of the other cases
    hidden: Mapping[str, str] = field(default_factory=dict)  # all text of a file, seen or not
    stand_ins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By file: each family of fonts that it names and that is not here, and what is printed."""


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """What stands in a Word copy that the attorney edited; each place in words."""

    name: str  # of its file
    changes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    outdated: tuple[tuple[str, str, str], ...] = ()  # what stands there, what is true now, where
    merged: str = ""  # what changed facts did to it: "2 updated, 1 conflict"
    pdf: str = ""  # why a PDF that lies beside a draft is not used


@dataclass(frozen=True, slots=True)
class Dossier:
    """The case and what was seen of its evidence."""

    case: Case
    seen: Mapping[str, SeenEvidence]  # by evidence id; waived evidence has none
    outline: Outline
    law: Law = SHIPPED
    office: Office = field(default_factory=Office)
    drafts: tuple[DraftSeen, ...] = ()
    unread: tuple[str, ...] = ()  # files among the drafts that no build reads
    filed: Filed = field(default_factory=Filed)  # what the filing continues
    before: Mapping[str, SeenEvidence] = field(default_factory=dict)  # cited, of earlier packets
    notice: SeenEvidence | None = None  # that is answered

    def seen_of(self, evidence: str) -> SeenEvidence | None:
        """Give what was seen of evidence, of this filing or of one that it continues."""
        return self.seen.get(evidence) or self.before.get(evidence)

    def claims(self) -> Iterator[tuple[FactPath, ClaimText]]:
        """Give every statement that the filing is about, with its place."""
        yield from claims_about(self.outline, self.case)

    def citations(self) -> Iterator[tuple[FactPath, Citation]]:
        """Give every citation that the filing makes, with its place."""
        yield from citations_about(self.outline, self.case)

"""The pages of what is filed, one after the other, with the words that were seen on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packet_builder.facts.tree import FactPath
from packet_builder.model.evidence import Evidence
from packet_builder.rules.finding import Dossier


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a piece of evidence."""

    position: int  # of the evidence, in the facts
    evidence: Evidence
    number: int  # counts from 1
    text: str  # empty for a page that is only a picture

    @property
    def name(self) -> str:
        """Give the id of the evidence."""
        return self.evidence.id


@dataclass(frozen=True, slots=True)
class Paper:
    """One page of evidence, or of the notice that is answered."""

    place: FactPath
    name: str  # as messages name it
    number: int  # counts from 1
    text: str


def papers_of(dossier: Dossier) -> Iterator[Paper]:
    """Give every page that comes from the office's files."""
    for page in pages_of(dossier):
        place = ("evidence", page.position)
        yield Paper(place, f'"{page.name}"', page.number, page.text)
    for number, text in enumerate(dossier.notice.texts if dossier.notice else (), 1):
        yield Paper(("notice", "file"), "the notice", number, text)


def pages_of(dossier: Dossier) -> Iterator[Page]:
    """Give every page that was seen, in the order of the facts."""
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        for number, text in enumerate(seen.texts if seen else (), 1):
            yield Page(position, one, number, text)

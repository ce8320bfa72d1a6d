"""What a page of ours says of exhibits: by its visible words, and by the links it carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from packet_builder.packet.geometry import Box


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that a text cites, with the words that cite it."""

    page: int  # of the file, on which the words stand, from 1
    text: str
    letter: str
    first: int | None  # the exhibit's page; None for the exhibit as a whole
    last: int | None  # the end of a range; as `first` for one page
    boxes: tuple[Box, ...]  # one a line
    certain: bool = True  # not so where a number after a comma may be about something else
    stated_first: int | None = None  # the page of a packet filed before, as the words say
    stated_last: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A link to an exhibit, or to a page of one."""

    page: int  # of the file, on which it lies, from 1
    letter: str
    exhibit_page: int | None
    box: Box


@dataclass(frozen=True, slots=True)
class Cited:
    """All that one file says of exhibits."""

    citations: tuple[Citation, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def pages(self) -> frozenset[int]:
        """Give the pages that may have links to exhibits."""
        cited = (one.page for one in self.citations)
        return frozenset((*cited, *(one.page for one in self.addresses)))

    def moved(self, place: Callable[[int, Box], Box]) -> Cited:
        """Give the same with each box where `place` puts it; it is told the page."""
        citations = (
            replace(one, boxes=tuple(place(one.page, box) for box in one.boxes))
            for one in self.citations
        )
        addresses = (replace(one, box=place(one.page, one.box)) for one in self.addresses)
        return Cited(tuple(citations), tuple(addresses))

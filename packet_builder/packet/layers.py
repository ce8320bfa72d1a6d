"""The layers that pages of the packet have: which there are, and which of them are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from packet_builder.packet import syntax


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers that pages have, each by the number of its object."""

    all: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    automatic: tuple[int, ...] = ()  # rules: what is shown on the screen only, or in print only

    def moved(self, by: int) -> Layers:
        """Give the same, with so much added to each number."""
        every = (self.all, self.hidden, self.automatic)
        return Layers(*(tuple(number + by for number in numbers) for numbers in every))

    def properties(self) -> bytes | None:
        """Give the catalog's entry; None when no page has layers."""
        if not self.all:
            return None
        shown = {"OFF": syntax.references(self.hidden), "AS": syntax.references(self.automatic)}
        settings = syntax.dictionary({key: value for key, value in shown.items() if value != b"[]"})
        return syntax.dictionary({"OCGs": syntax.references(self.all), "D": settings})


def joined(several: Iterable[Layers]) -> Layers:
    """Give the layers of several files as those of one."""
    layers = tuple(several)
    return Layers(
        tuple(number for each in layers for number in each.all),
        tuple(number for each in layers for number in each.hidden),
        tuple(number for each in layers for number in each.automatic),
    )

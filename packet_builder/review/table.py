"""What lies on the table of a review: the case, its packets, and the decisions on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder.review.decide import Decided, Wish, decide
from packet_builder.review.decision import Decision, Kind
from packet_builder.review.docket import Docket
from packet_builder.review.finals import record_of
from packet_builder.review.looked_at import LookedAt, Packets
from packet_builder.review.obstacles import obstacles_of
from packet_builder.review.overview import cases
from packet_builder.review.since import Since, seen_by, since
from packet_builder.review.standing import Standing, standings, why_stale


@dataclass(frozen=True, slots=True)
class Status:
    """How the packet that lies there stands."""

    standings: tuple[Standing, ...]  # of each document in order, and of the packet as a whole
    decisions: tuple[Decision, ...]
    why_stale: tuple[str, ...]
    against: tuple[str, ...]  # filing it, approvals apart

    @property
    def progress(self) -> str:
        """Say how far the approvals are."""
        approved = sum(one.is_approved for one in self.standings)
        return f"{approved} of {len(self.standings)} approved"


@dataclass(frozen=True, slots=True)
class Table:
    """One filing of one case, on the table."""

    case: Path  # the case folder
    case_output: Path
    filing: str
    news: Callable[[], str] = field(default=str)
    """A sentence on what is happening to the packet, or none."""
    now: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now().astimezone())
    packets: Packets = field(init=False)

    def __post_init__(self) -> None:
        """Open the packet that lies there; raises NoPacketError."""
        object.__setattr__(self, "packets", Packets(self.case_output / self.filing))

    @property
    def newest(self) -> LookedAt:
        """Give the packet that lies there now."""
        return self.packets.newest()

    @property
    def docket(self) -> Docket:
        """Give the case with the packet that lies there now, its manifest read once."""
        folder = self.case_output / self.filing
        return Docket(self.case.name, self.case, folder, self.newest.shown.manifest)

    def decisions(self) -> tuple[Decision, ...]:
        """Read what was decided on this filing, in order; raises what record_of raises."""
        return record_of(self.docket).of_filing(self.filing)

    def status(self) -> Status:
        """Read the decisions, and give where all stands, and what speaks against filing."""
        docket, decisions = self.docket, self.decisions()
        found = standings(docket, decisions)
        against = tuple(obstacles_of(docket, self.now().date()))
        return Status(found, decisions, tuple(why_stale(found)), against)

    def since(self, document: str) -> Since | None:
        """Compare a document with what was last decided on it; None where nothing was."""
        decided = (one for one in reversed(self.decisions()) if one.document == document)
        decision = next((one for one in decided if one.decision is not Kind.COMMENT), None)
        if decision is None:
            return None
        folder = self.case_output / self.filing
        self.packets.former(seen_by(folder, decision))
        return since(folder, self.newest.shown, decision)

    def board(self) -> list[dict[str, Any]]:
        """Give where every case of the office stands, this one among them."""
        return cases(self.case.parent, self.case_output.parent, self.now().date())

    def decide(self, names: Sequence[str], wish: Wish) -> Decided:
        """Record what a person wants; raises what `decide` raises."""
        return decide(self.case, self.case_output, self.filing, names, wish)

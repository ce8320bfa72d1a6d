"""What lies on the table of a review: the case, its packets, and the decisions on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder.review.decide import Decided, Wish, decide
from packet_builder.review.decision import Decision, Kind
from packet_builder.review.docket import open_docket
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

    def status(self) -> Status:
        """Read the decisions, and give where all stands; raises what open_docket raises."""
        docket = open_docket(self.case, self.case_output, self.filing)
        decisions = record_of(docket).of_filing(self.filing)
        found = standings(docket, decisions)
        against = tuple(obstacles_of(docket, self.now().date()))
        return Status(found, decisions, tuple(why_stale(found)), against)

    def since(self, document: str) -> Since | None:
        """Compare a document with what was last decided on it; None where nothing was."""
        decided = (one for one in reversed(self.status().decisions) if one.document == document)
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

"""What is to be built, and what came of it, become rows that travel to other processes and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from packet_builder.assembly.order import Order
from packet_builder.assembly.passwords import Passwords
from packet_builder.workspace import Folders


class Outcome(StrEnum):
    """How the build of one filing ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FINAL = "final"  # it was made final before, and is left as it is
    ABSENT = "absent"  # the case has no such filing
    FINDINGS = "findings"  # errors in the case; nothing was built
    REFUSED = "refused"  # a file of the case, or a program, could not be used
    FAULT = "fault"  # of the program
    TOO_LONG = "too long"
    DIED = "died"  # of memory, or ended from outside

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to be built."""
        return self in {Outcome.BUILT, Outcome.UNCHANGED, Outcome.FINAL, Outcome.ABSENT}


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """What is to be built of one case. Only paths and names, never facts, so it may travel."""

    order: Order  # of each of its filings
    filings: tuple[str | None, ...]  # None: that of the case's own files
    program: str  # the digest of the program that asks, with its libraries

    @property
    def name(self) -> str:
        """Give the name of the case."""
        return Path(self.order.case).name


@dataclass(frozen=True, slots=True)
class FilingResult:
    """What is said of one filing. It holds no value of the facts, so it may be logged."""

    case: str
    filing: str | None
    outcome: Outcome
    pages: int = 0
    errors: Mapping[str, int] = field(default_factory=dict)  # findings that are errors, by rule
    reason: str = ""  # what befell it, in a sentence without any value

    @property
    def key(self) -> tuple[str, str | None]:
        """Give what tells this filing from all others."""
        return self.case, self.filing


def row_of(case: CaseOrder, filing: str | None) -> dict[str, Any]:
    """Give the row in which the order for a filing travels to another process."""
    order = case.order
    return {
        "program": case.program,
        "case": order.case,
        "filing": filing,
        "folders": {name: str(path) for name, path in asdict(order.folders).items()},
        "date": order.date.isoformat() if order.date else None,
        "engine": order.engine,
        "passwords": order.passwords.file and str(order.passwords.file),
        "clients": order.clients,
    }


def order_of(row: Mapping[str, Any]) -> Order:
    """Give the order that a row holds."""
    folders = Folders(**{name: Path(path) for name, path in row["folders"].items()})
    date = dt.date.fromisoformat(row["date"]) if row["date"] else None
    passwords = Passwords(row["passwords"] and Path(row["passwords"]))
    named = (row["case"], folders, date, row["engine"], row["filing"])
    return Order(*named, passwords, row["clients"])


def result_row(result: FilingResult) -> dict[str, Any]:
    """Give the row of a result, for the journal and for other processes."""
    return asdict(result)


def result_of(row: Mapping[str, Any]) -> FilingResult:
    """Give the result that a row holds; raises KeyError, TypeError or ValueError for any other."""
    known = FilingResult(**{**row, "outcome": Outcome(row["outcome"])})
    return replace(known, errors=dict(known.errors))

"""One case of many becomes a record of how its build went, whatever happens to it."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Any

from packet_builder.assembly.again import built_again
from packet_builder.assembly.order import Order
from packet_builder.assembly.passwords import Passwords
from packet_builder.sandbox import system
from packet_builder.unforeseen import ProgramFaultError, as_error
from packet_builder.workspace import Folders, close_to_others

_LEAVING_SECONDS = 10  # for a build to take down what it started, before it is ended


class Outcome(StrEnum):
    """How the build of one case ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FINDINGS = "findings"  # errors in the case; nothing was built
    REFUSED = "refused"  # a file of the case, or a program, could not be used
    FAULT = "fault"  # of the program
    TOO_LONG = "too long"
    DIED = "died"  # of memory, or ended from outside

    @property
    def is_done(self) -> bool:
        """Tell whether there is a packet of the facts as they are."""
        return self in {Outcome.BUILT, Outcome.UNCHANGED}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one case may use."""

    seconds: int = 600
    memory_bytes: int = 8_000_000_000  # of addresses; LibreOffice takes 3 GB of them at rest


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What is said of one case. It holds no value of the facts, so it may be logged."""

    case: str
    outcome: Outcome
    pages: int = 0
    errors: Mapping[str, int] = field(default_factory=dict)  # findings that are errors, by rule
    reason: str = ""  # the name of the error


def build_one(order: Order, limits: Limits) -> CaseResult:
    """Build a case in a process of its own; never raises, and may be called again at any time."""
    told = json.dumps({**_row(order), "memory_bytes": limits.memory_bytes})
    try:
        return _built(order.case, told, limits.seconds)
    except OSError as error:  # there is no room for another process
        return CaseResult(order.case, Outcome.DIED, reason=type(error).__name__)


def _built(case: str, told: str, seconds: int) -> CaseResult:
    command = (sys.executable, "-m", __name__)
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            answer, _ = process.communicate(told, seconds)
        except subprocess.TimeoutExpired:
            return CaseResult(case, Outcome.TOO_LONG, reason=f"over {seconds} s")
        finally:
            _end(process)
    try:
        row = json.loads(answer.splitlines()[-1])  # whatever a library may have printed before
        return CaseResult(**{**row, "outcome": Outcome(row["outcome"])})
    except (IndexError, ValueError, TypeError, KeyError):
        return CaseResult(case, Outcome.DIED, reason=_death(process.returncode))


def main() -> None:
    """Build the case that standard input names, and write its record to standard output."""
    close_to_others()
    signal.signal(signal.SIGTERM, _leave)
    told = json.load(sys.stdin)
    system.limit_memory(told.pop("memory_bytes"))
    sys.stdout.write(f"\n{json.dumps(asdict(_result(_order(told))))}\n")


def _result(order: Order) -> CaseResult:
    try:
        made = built_again(order, lambda _: None)
    except Exception as fault:  # noqa: BLE001 - said by its name: its message may hold values
        error = as_error(fault, order.folders.output)
        if isinstance(error, ProgramFaultError):
            return CaseResult(order.case, Outcome.FAULT, reason=type(fault).__name__)
        return CaseResult(order.case, Outcome.REFUSED, reason=type(error).__name__)
    if made.packet is None:
        errors = Counter[str](one["rule"] for one in made.findings if one["weight"] == "error")
        return CaseResult(order.case, Outcome.FINDINGS, errors=dict(errors))
    outcome = Outcome.UNCHANGED if made.unchanged else Outcome.BUILT
    return CaseResult(order.case, outcome, pages=made.manifest["packet"]["pages"])


def _row(order: Order) -> dict[str, Any]:
    folders = {name: str(path) for name, path in asdict(order.folders).items()}
    date = order.date.isoformat() if order.date else None
    return {
        "case": order.case,
        "filing": order.filing,
        "folders": folders,
        "date": date,
        "engine": order.engine,
        "passwords": order.passwords.file and str(order.passwords.file),
        "clients": order.clients,
    }


def _order(row: Mapping[str, Any]) -> Order:
    folders = Folders(**{name: Path(path) for name, path in row["folders"].items()})
    date = dt.date.fromisoformat(row["date"]) if row["date"] else None
    passwords = Passwords(row["passwords"] and Path(row["passwords"]))
    named = (row["case"], folders, date, row["engine"], row["filing"])
    return Order(*named, passwords, row["clients"])


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by way of every `finally`, so that outside programs are ended, too."""
    sys.exit(1)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_LEAVING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _death(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


if __name__ == "__main__":
    main()

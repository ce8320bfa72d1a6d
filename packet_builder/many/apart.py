"""The filing that a row names is built in this process, and a record says how that went."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packet_builder.assembly.again import built_again
from packet_builder.assembly.cache import program_digest
from packet_builder.assembly.order import Built, Order
from packet_builder.case_lock import CaseBusyError
from packet_builder.errors import ProgramError
from packet_builder.facts import filing_files, read_facts
from packet_builder.facts.filings import kind_of_filing
from packet_builder.many.orders import FilingResult, Outcome, order_of, result_row
from packet_builder.packet.finals import FINAL, finals_of
from packet_builder.tidying import tidy
from packet_builder.unforeseen import ProgramFaultError, as_error
from packet_builder.workspace import case_folder

#: What built the case before may have been lost, and takes a moment to let go of it.
_PATIENCE_SECONDS = 5


class OtherProgramError(ProgramError):
    """The machine that was to build has another program than the one that asks."""

    def __init__(self) -> None:
        super().__init__(
            "The program, or a library of it, is not the same here and where the run was started. "
            "Install the same on every machine, and start scheduler and workers anew."
        )


def take(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Build the filing that a row names, and give the row of its result.

    Raises MemoryError alone: all else that befalls a build is its result.
    """
    order = order_of(row)
    try:
        _compare_programs(row["program"])
        return result_row(_result(order))
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - its message may hold values, and is not said
        error = as_error(fault, order.folders.output)
        if isinstance(error, ProgramFaultError):
            return result_row(_of(order, Outcome.FAULT, reason=type(fault).__name__))
        return result_row(_of(order, Outcome.REFUSED, reason=error.about()))


def _compare_programs(wanted: str) -> None:
    if wanted != program_digest():
        raise OtherProgramError


def _result(order: Order) -> FilingResult:
    if left := _left_alone(order):
        return _of(order, left)
    made = _built(order)
    if made.packet is None:
        errors = Counter[str](one["rule"] for one in made.findings if one["weight"] == "error")
        return _of(order, Outcome.FINDINGS, errors=dict(errors))
    outcome = Outcome.UNCHANGED if made.unchanged else Outcome.BUILT
    return _of(order, outcome, pages=made.manifest["packet"]["pages"])


def _left_alone(order: Order) -> Outcome | None:
    """Give why a filing is not built: there is none, or it is final. Facts are read only then."""
    folder = case_folder(order.case, order.folders.cases)
    output = order.folders.output / folder.name
    further = filing_files(folder)
    if order.filing not in (None, *further) and order.filing != _first(folder):
        return Outcome.ABSENT
    if not any(output.glob(f"*/{FINAL}/*")):
        return None
    is_final = any(finals_of(output / (order.filing or _first(folder))))
    return Outcome.FINAL if is_final else None


def _first(folder: Path) -> str:
    return kind_of_filing(read_facts(folder))


def _built(order: Order) -> Built:
    latest = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return built_again(order, lambda _: None, tidy=tidy)
        except CaseBusyError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.2)


def _of(order: Order, outcome: Outcome, **said: Any) -> FilingResult:  # noqa: ANN401 - of the record
    return FilingResult(Path(order.case).name, order.filing, outcome, **said)

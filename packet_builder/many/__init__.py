"""Many cases become many packets: on this machine or on others, each case on its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from packet_builder import system
from packet_builder.assembly.cache import program_digest
from packet_builder.assembly.order import Order
from packet_builder.facts import filing_files
from packet_builder.many.case import build_case
from packet_builder.many.orders import CaseOrder, FilingResult, Outcome, result_of, result_row
from packet_builder.sandbox.pool import Limits
from packet_builder.workspace import Folders, append_line, case_folder

JOURNAL = "build-all.jsonl"
Key = tuple[str, str | None]  # a case, and its filing


@dataclass(frozen=True, slots=True)
class Run:
    """A run over many cases, and where it writes down each filing as its build ends."""

    journal: Path
    done: frozenset[Key] = frozenset()  # by the run that this one goes on with


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run over many cases came to."""

    outcomes: Mapping[Outcome, int]
    errors: Mapping[str, int]  # filings with errors, by rule

    @property
    def all_done(self) -> bool:
        """Tell whether nothing is left to be built."""
        return all(outcome.is_done for outcome in self.outcomes)


def cases_in(folders: Folders) -> tuple[str, ...]:
    """Give the names of all cases."""
    return tuple(sorted(path.parent.name for path in folders.cases.glob("*/case.yaml")))


def begun(journal: Path, *, resume: bool) -> Run:
    """Begin a run; one that goes on leaves out what the journal says is done."""
    if resume:
        return Run(journal, frozenset(one.key for one in _noted(journal) if one.outcome.is_done))
    system.remove(journal)
    return Run(journal)


def case_orders(cases: Sequence[str], order: Order, run: Run) -> tuple[CaseOrder, ...]:
    """Give what is left to be built of cases: the filing that `order` names, or else all.

    A case that is named twice is built once. Raises CaseNotFoundError.
    """
    folders = dict.fromkeys(case_folder(case, order.folders.cases) for case in cases)
    orders = (_case_order(folder, order, run) for folder in folders)
    return tuple(each for each in orders if each.filings)


def build_all(
    cases: Sequence[CaseOrder], executor: Executor, limits: Limits, run: Run
) -> Iterator[FilingResult]:
    """Build cases, and give each result as it comes; it is in the journal before it is given.

    Only orders travel to the executor, never facts, and only results come back.
    """
    waiting = {executor.submit(build_case, case, limits): case for case in cases}
    for finished in as_completed(waiting):
        for result in _results_of(finished, waiting[finished]):
            append_line(run.journal, json.dumps(result_row(result), ensure_ascii=False))
            yield result


def summary_of(results: Sequence[FilingResult]) -> Summary:
    """Count what became of the filings."""
    outcomes = {
        outcome: count
        for outcome in Outcome
        if (count := sum(one.outcome is outcome for one in results))
    }
    rules = sorted({rule for one in results for rule in one.errors})
    return Summary(outcomes, {rule: sum(rule in one.errors for one in results) for rule in rules})


def _case_order(folder: Path, order: Order, run: Run) -> CaseOrder:
    named = (order.filing,) if order.filing else (None, *filing_files(folder))
    filings = tuple(each for each in named if (folder.name, each) not in run.done)
    return CaseOrder(replace(order, case=str(folder)), filings, program_digest())


def _results_of(
    finished: Future[tuple[FilingResult, ...]], case: CaseOrder
) -> tuple[FilingResult, ...]:
    """Give results also where the executor has none: a worker was lost, or lacks the program."""
    try:
        return finished.result()
    except Exception as error:  # noqa: BLE001 - whatever befell one case, the others go on
        died, reason = Outcome.DIED, f"what was to build it was lost ({type(error).__name__})"
        return tuple(FilingResult(case.name, each, died, reason=reason) for each in case.filings)


def _noted(journal: Path) -> Iterator[FilingResult]:
    if not journal.is_file():
        return
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            yield result_of(json.loads(line))
        except (ValueError, TypeError, KeyError):  # the run was cut off while it wrote
            continue

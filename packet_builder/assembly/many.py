"""Many cases become many packets: on this machine or on others, each case on its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from packet_builder.assembly.one_case import CaseResult, Limits, Outcome, build_one
from packet_builder.assembly.order import Order
from packet_builder.workspace import Folders, append_line

JOURNAL = "build-all.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """A run over many cases, and where it writes down each as it ends."""

    journal: Path
    done: frozenset[str] = frozenset()  # built by the run that this one goes on with


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run over many cases came to."""

    outcomes: Mapping[Outcome, int]
    errors: Mapping[str, int]  # cases with errors, by rule

    @property
    def all_done(self) -> bool:
        """Tell whether every case has its packet."""
        return all(outcome.is_done for outcome in self.outcomes)


def cases_in(folders: Folders) -> tuple[str, ...]:
    """Give the names of all cases."""
    return tuple(sorted(path.parent.name for path in folders.cases.glob("*/case.yaml")))


def begun(journal: Path, *, resume: bool) -> Run:
    """Begin a run; one that goes on leaves out what the journal says is built."""
    if resume:
        rows = _rows(journal)
        return Run(
            journal, frozenset(row["case"] for row in rows if Outcome(row["outcome"]).is_done)
        )
    journal.unlink(missing_ok=True)
    return Run(journal)


def build_all(
    orders: Sequence[Order], executor: Executor, limits: Limits, run: Run
) -> Iterator[CaseResult]:
    """Build cases, and give each result as it comes; it is in the journal before it is given.

    Only the order travels to the executor, never facts, and only results come back.
    """
    waiting = {executor.submit(build_one, order, limits): order.case for order in orders}
    for finished in as_completed(waiting):
        result = _result_of(finished, waiting[finished])
        append_line(run.journal, json.dumps(asdict(result), ensure_ascii=False))
        yield result


def _result_of(finished: Future[CaseResult], case: str) -> CaseResult:
    """Give a result also where the executor has none: a worker was lost, or lacks the program."""
    try:
        return finished.result()
    except Exception as error:  # noqa: BLE001 - whatever befell one case, the others go on
        return CaseResult(case, Outcome.DIED, reason=type(error).__name__)


def summary_of(results: Sequence[CaseResult]) -> Summary:
    """Count what became of the cases."""
    outcomes = {
        outcome: count
        for outcome in Outcome
        if (count := sum(one.outcome is outcome for one in results))
    }
    rules = sorted({rule for one in results for rule in one.errors})
    return Summary(outcomes, {rule: sum(rule in one.errors for one in results) for rule in rules})


def _rows(journal: Path) -> Iterator[dict[str, str]]:
    if not journal.is_file():
        return
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # the run was cut off while it wrote
            continue

"""`build-all`: the packets of many cases."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from packet_builder.commands import speech
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders

if TYPE_CHECKING:
    from packet_builder.assembly.many import Summary
    from packet_builder.assembly.one_case import CaseResult


@click.command("build-all")
@click.argument("cases", nargs=-1)
@speech.date
@speech.engine
@click.option("--workers", type=click.IntRange(1), help="Cases at a time (default: processors).")
@click.option("--scheduler", help="Build on a Dask cluster: tls://HOST:PORT.")
@click.option("--minutes", type=click.IntRange(1), default=10, help="What one case may take.")
@click.option("--resume", is_flag=True, help="Leave out what the last run has built.")
@speech.as_json
@click.pass_obj
def build_all(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    cases: tuple[str, ...],
    date: dt.datetime | None,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    minutes: int,
    *,
    resume: bool,
    as_json: bool,
) -> int:
    """Build the packets of CASES, or of all cases; one that fails fails alone."""
    from packet_builder.assembly import many  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.clients import clients_of  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.one_case import Limits, Outcome  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.tidying import tidy  # noqa: PLC0415 - start-up time

    run = many.begun(folders.output / many.JOURNAL, resume=resume)
    names = [name for name in cases or many.cases_in(folders) if name not in run.done]
    given = speech.passwords(may_ask=False)
    day = speech.day(date)
    clients = clients_of(folders.cases, folders.output).digest
    orders = [Order(name, folders, day, engine, passwords=given, clients=clients) for name in names]
    results = []
    with _executor(scheduler, workers) as executor:
        for result in many.build_all(orders, executor, Limits(seconds=60 * minutes), run):
            results.append(result)
            if result.outcome is Outcome.BUILT:
                tidy(folders.cases / result.case, folders.output / result.case)
            speech.talk(f"{len(results):>{len(str(len(names)))}}/{len(names)} {_line(result)}")
    summary = many.summary_of(results)
    if as_json:
        speech.print_json({"cases": [asdict(one) for one in results], **asdict(summary)})
    else:
        click.echo("\n".join(_summary_lines(summary, len(run.done))))
    return ExitCode.DONE if summary.all_done else ExitCode.FINDINGS


@contextlib.contextmanager
def _executor(scheduler: str | None, workers: int | None) -> Iterator[Executor]:
    """Give what runs orders; a thread is enough here, since each case has its own process."""
    if scheduler is None:
        import os  # noqa: PLC0415 - here only

        with ThreadPoolExecutor(workers or os.cpu_count() or 1) as threads:
            yield threads
        return
    from packet_builder.assembly.cluster import cluster  # noqa: PLC0415 - an extra

    with cluster(scheduler) as machines:
        yield machines


def _line(result: CaseResult) -> str:
    details = [f"{rule} ({count})" for rule, count in result.errors.items()]
    if result.pages:
        details.append(f"{result.pages} pages")
    if result.reason:
        details.append(result.reason)
    return f"{result.case}: {result.outcome}" + (f": {', '.join(details)}" if details else "")


def _summary_lines(summary: Summary, left_out: int) -> Iterator[str]:
    counts = [f"{count} {outcome}" for outcome, count in summary.outcomes.items()]
    if left_out:
        counts.append(f"{left_out} left out, as the last run has built them")
    yield ", ".join(counts) or "There is no case to build."
    for rule, count in summary.errors.items():
        yield f"  {rule}: {count} case{'s' if count > 1 else ''}"

"""`build-all`: the packets of many cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import command
from packet_builder.commands.progress import counted
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders

if TYPE_CHECKING:
    from packet_builder.many import Summary
    from packet_builder.many.orders import FilingResult


@command(
    "build-all",
    examples={
        "build-all": "Build every case of the folder.",
        "build-all full minimal": "Build these two.",
        "build-all --workers 2 --resume": "Go on where the last run was cut off, two at a time.",
    },
    then="status",
    gives="filings (case, filing, outcome, pages, errors, reason); outcomes and errors, counted",
)
@click.argument("cases", nargs=-1, shell_complete=complete.cases)
@click.option("--filing", help="Only this filing of each case, by its id (default: all of them).")
@speech.date
@speech.engine
@click.option("--workers", type=click.IntRange(1), help="Cases at a time (default: processors).")
@click.option("--scheduler", help="Build on a Dask cluster: tls://HOST:PORT.")
@click.option("--minutes", type=click.IntRange(1), default=10, help="What one filing may take.")
@click.option("--resume", is_flag=True, help="Leave out what the last run has built.")
@speech.as_json
@click.pass_obj
def build_all(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    cases: tuple[str, ...],
    filing: str | None,
    date: dt.datetime | None,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    minutes: int,
    *,
    resume: bool,
    as_json: bool,
) -> int:
    """Build many cases, or all; one that fails fails alone.

    All filings of each; what was made final is left as it is.
    """
    from packet_builder import many  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.clients import clients_of  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.many.case import limits  # noqa: PLC0415 - start-up time

    given = speech.passwords(may_ask=False)
    clients = clients_of(folders.cases, folders.output).digest
    order = Order("", folders, speech.day(date), engine, filing, given, clients)
    run = many.begun(folders.output / many.JOURNAL, resume=resume)
    orders = many.case_orders(cases or many.cases_in(folders), order, run)
    count = sum(len(each.filings) for each in orders)
    results = []
    with _executor(scheduler, workers) as executor:
        work = many.build_all(orders, executor, limits(minutes), run)
        with counted(work, count, "") as built:  # each has a line of its own
            for result in built:
                results.append(result)
                speech.talk(f"{len(results):>{len(str(count))}}/{count} {_line(result)}")
    summary = many.summary_of(results)
    _print(results, summary, len(run.done), as_json=as_json)
    if summary.all_done:
        return ExitCode.DONE
    speech.talk("Look at each that has no packet with check, or with build.")
    speech.then("check CASE")
    return ExitCode.FINDINGS


def _executor(scheduler: str | None, workers: int | None) -> AbstractContextManager[Executor]:
    if scheduler is None:
        from packet_builder.many.case import this_machine  # noqa: PLC0415 - start-up time

        return this_machine(workers)
    from packet_builder.many.cluster import cluster  # noqa: PLC0415 - an extra

    return cluster(scheduler)


def _line(result: FilingResult) -> str:
    details = [f"{rule} ({count})" for rule, count in result.errors.items()]
    if result.pages:
        details.append(f"{result.pages} pages")
    if result.reason:
        details.append(result.reason)
    named = " ".join(filter(None, result.key))
    return f"{named}: {result.outcome}" + (f": {', '.join(details)}" if details else "")


def _print(
    results: Sequence[FilingResult], summary: Summary, left_out: int, *, as_json: bool
) -> None:
    if as_json:
        from dataclasses import asdict  # noqa: PLC0415 - start-up time

        speech.print_json({"filings": [asdict(one) for one in results], **asdict(summary)})
    else:
        click.echo("\n".join(_summary_lines(summary, left_out)))


def _summary_lines(summary: Summary, left_out: int) -> Iterator[str]:
    counts = [f"{count} {outcome}" for outcome, count in summary.outcomes.items()]
    if left_out:
        counts.append(f"{left_out} left out, as the last run has built them")
    yield ", ".join(counts) or "There is nothing to build."
    for rule, count in summary.errors.items():
        yield f"  {rule}: {count} packet{'s' if count > 1 else ''}"

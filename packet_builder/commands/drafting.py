"""`draft` and `diff`: the letters as Word drafts, and what changed between two builds."""

from __future__ import annotations

import datetime as dt

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import command
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders


@command(
    examples={
        "draft rahimi-2026": "Write all letters as Word files to be edited.",
        "draft rahimi-2026 cover_letter --accept": "Accept all changes of one.",
    },
    then="build {case}",
    gives="a list of files, each with what was done; where findings stop it, their list",
)
@speech.case
@click.argument("letters", nargs=-1, shell_complete=complete.documents)
@speech.filing
@click.option("--accept", is_flag=True, help="Make clean copies: accept all changes.")
@speech.date
@speech.as_json
@click.pass_obj
def draft(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    letters: tuple[str, ...],
    filing: str | None,
    date: dt.datetime | None,
    *,
    accept: bool,
    as_json: bool,
) -> int:
    """Write the letters as Word files, to be edited.

    They lie in the folder drafts of the case. What you edit there is kept, and merged when facts
    change. Name LETTERS as status does, or none for all.
    """
    from packet_builder.assembly.drafting import write_drafts  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.rules.report import finding_row  # noqa: PLC0415 - start-up time

    order = Order(case, folders, speech.day(date), "auto", filing, speech.passwords())
    drafted = write_drafts(order, letters, accept=accept)
    if not drafted.lines:
        speech.print_findings(tuple(map(finding_row, drafted.findings)), as_json=as_json)
        speech.talk("No draft was written; what lies in the folder is untouched.")
        speech.then(f"check {speech.typed(case)}")
        return ExitCode.FINDINGS
    if as_json:
        speech.print_json([{"file": str(one.file), "said": one.said} for one in drafted.lines])
        return ExitCode.DONE
    for one in drafted.lines:
        click.echo(f"{one.file}: {one.said}")
    speech.talk("Edit these files in Word, then build.")
    return ExitCode.DONE


@command(
    examples={
        "diff rahimi-2026": "Compare the last two builds.",
        "diff rahimi-2026 --filed --html": "What changed since it was filed, as a page.",
    },
    then="review {case}",
    gives="facts, documents and pages that changed between the two builds",
)
@speech.case
@click.argument("builds", nargs=-1)
@speech.filing
@click.option("--filed", is_flag=True, help="Compare with the packet that was made final last.")
@click.option("--html", is_flag=True, help="Write a report with redlines and pictures of pages.")
@speech.as_json
@click.pass_obj
def diff(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    builds: tuple[str, ...],
    filing: str | None,
    *,
    filed: bool,
    html: bool,
    as_json: bool,
) -> None:
    """Say what changed between two builds, or since filing.

    BUILDS are two numbers, or none for the last two builds.
    """
    from packet_builder.assembly.build import filing_folder  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.builds import filed_and_last, two_builds  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.comparison import compare  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.comparison_text import (  # noqa: PLC0415 - start-up time
        comparison_lines,
        comparison_row,
    )
    from packet_builder.assembly.diff_report import write_report  # noqa: PLC0415 - start-up time

    folder = filing_folder(case, folders, filing)
    if filed and builds:
        message = "name builds, or give --filed: not both"
        raise click.UsageError(message)
    two = filed_and_last(folder, case) if filed else two_builds(folder, case, builds)
    comparison = compare(folder, *two)
    if html:
        click.echo(write_report(folder, comparison))
        return
    if as_json:
        speech.print_json(comparison_row(comparison))
        return
    for line in comparison_lines(comparison):
        click.echo(line)

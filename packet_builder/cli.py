"""Turns arguments into an exit code: the one place that prints and catches everything."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder import __version__
from packet_builder.commands import deciding
from packet_builder.commands.finalizing import finalize, prune, receipt
from packet_builder.commands.forms import fields, forms
from packet_builder.commands.many import build_all
from packet_builder.commands.review import review
from packet_builder.errors import ExitCode, PacketError
from packet_builder.workspace import Folders, close_to_others, shipped, write_whole

if TYPE_CHECKING:
    from packet_builder.assembly.order import Order

_LOG = "packet-builder-fault.log"


def main() -> None:
    """Run the command line and leave with its exit code."""
    close_to_others()
    _quiet_libraries()
    sys.exit(_guarded(lambda: commands.main(standalone_mode=False)))


def _quiet_libraries() -> None:
    """Keep what libraries log off the terminal: pypdf's warnings quote values of form fields."""
    logging.getLogger().addHandler(logging.NullHandler())


def _guarded(run: Callable[[], object]) -> int:
    try:
        result = run()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("stopped; nothing half-made was left behind", err=True)
        return ExitCode.FAULT
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except PacketError as error:
        click.echo(f"packet-builder: {error}", err=True)
        return error.exit_code
    except Exception as fault:  # noqa: BLE001 - a person never sees a traceback
        return _unexpected(fault)
    return result if isinstance(result, int) else ExitCode.DONE


def _unexpected(fault: Exception) -> int:
    """Leave a log of where the fault arose, without its message: that may hold private values."""
    places = traceback.extract_tb(fault.__traceback__)
    lines = [f"{type(fault).__name__}", *(f"{place.name} {place.lineno}" for place in places)]
    log = Path.cwd() / _LOG
    write_whole(log, ("\n".join((f"packet-builder {__version__}", *lines)) + "\n").encode())
    click.echo(
        f"packet-builder: this is a fault of the program ({type(fault).__name__}). "
        f"Where it arose stands in {log}, without any value of the case; please report it.",
        err=True,
    )
    return ExitCode.FAULT


def _folder(name: str, help_text: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{name}",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=f"PACKET_BUILDER_{name.upper()}",
        help=help_text,
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@_folder("cases", "Where the case folders lie (default: ./case_data).")
@_folder("templates", "The office's templates (default: those of the program).")
@_folder("forms", "Where the blank official forms lie (default: ./forms).")
@_folder("output", "Where packets go (default: ./output).")
@click.pass_context
def commands(
    context: click.Context,
    cases: Path | None,
    templates: Path | None,
    forms: Path | None,
    output: Path | None,
) -> None:
    """Build humanitarian-parole filing packets from a client's facts."""
    context.obj = Folders(
        cases=(cases or Path("case_data")).absolute(),
        templates=(templates or shipped("templates")).absolute(),
        forms=(forms or Path("forms")).absolute(),
        output=(output or Path("output")).absolute(),
    )


_case = click.argument("case")
_date = click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Build as if filed on this day (default: filing.date of the facts).",
)
_engine = click.option(
    "--engine",
    type=click.Choice(["auto", "dxpdf", "libreoffice"]),
    default="auto",
    help="What turns Word into PDF (auto: LibreOffice where it is installed).",
)
_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@commands.command()
@_case
@click.pass_obj
def new(folders: Folders, case: str) -> None:
    """Start a case folder: a commented case.yaml and a place for exhibits."""
    from packet_builder.assembly.starter import start_case  # noqa: PLC0415 - start-up time

    folder = start_case(folders, case)
    click.echo(folder)
    click.echo(
        f"Fill in {folder / 'case.yaml'}, put the evidence into {folder / 'exhibits'}, then run:\n"
        f"  packet-builder check {case}",
        err=True,
    )


@commands.command()
@_case
@_date
@_engine
@_json
@click.pass_obj
def check(
    folders: Folders, case: str, date: dt.datetime | None, engine: str, *, as_json: bool
) -> int:
    """Give all findings, each with its place in the facts and what to do."""
    from packet_builder.assembly.build import examined  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.rules.report import finding_row  # noqa: PLC0415 - start-up time

    prepared = examined(Order(case, folders, _day(date), engine))
    _print_findings(tuple(map(finding_row, prepared.findings)), as_json=as_json)
    return ExitCode.FINDINGS if prepared.has_errors else ExitCode.DONE


@commands.command()
@_case
@_date
@_engine
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it as a page of HTML to this file.",
)
@_json
@click.pass_obj
def matrix(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    date: dt.datetime | None,
    engine: str,
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show what carries each element of the request, and the gaps; errors do not hinder it."""
    from packet_builder.assembly import unbound  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    content = unbound.unbound_matrix(Order(case, folders, _day(date), engine))
    if html is not None:
        write_whole(html, unbound.matrix_html(content))
        _talk(f"Written: {html}. It is internal, and not for filing.")
    if as_json:
        _print_json(content)
    elif html is None:
        click.echo("\n".join(unbound.matrix_lines(content)))


@commands.command()
@_case
@_date
@_json
@click.pass_obj
def plan(folders: Folders, case: str, date: dt.datetime | None, *, as_json: bool) -> None:
    """Show the order, the exhibit letters and who cites what, before a page exists."""
    from packet_builder.assembly.build import planned  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    rows = tuple(planned(Order(case, folders, _day(date), "auto")))
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        letter = row["exhibit"] or ""
        click.echo(f"{row['kind']:<10} {letter:<3} {row['title']}")


@commands.command()
@_case
@_date
@_engine
@click.option("--why", is_flag=True, help="Say for each document why it was made again.")
@click.option("--watch", is_flag=True, help="Build again at every change, until Ctrl-C.")
@_json
@click.pass_obj
def build(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    date: dt.datetime | None,
    engine: str,
    *,
    why: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Build the packet, made again only where something changed."""
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    order = Order(case, folders, _day(date), engine)
    if watch:
        return _build_at_every_change(order, lambda: _build(order, why=why, as_json=as_json))
    return _build(order, why=why, as_json=as_json)


def _build_at_every_change(order: Order, build_once: Callable[[], int]) -> int:
    """Build until Ctrl-C; what is wrong with the case is said, and the next change has its turn."""
    from packet_builder.assembly.again import input_files  # noqa: PLC0415 - only when watching
    from packet_builder.assembly.watch import stamp_of, watched  # noqa: PLC0415 - only when watching
    from packet_builder.workspace import case_folder  # noqa: PLC0415 - only when watching

    folder = case_folder(order.case, order.folders.cases)
    since = stamp_of(input_files(order, folder))
    _guarded(build_once)
    _talk("Watching for changes; Ctrl-C ends it.")
    with contextlib.suppress(KeyboardInterrupt):
        watched(
            lambda: input_files(order, folder),
            since,
            lambda: _guarded(build_once),
            threading.Event(),
        )
    return ExitCode.DONE


def _build(order: Order, *, why: bool, as_json: bool) -> int:
    from packet_builder.assembly.again import built_again  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.remarks import form_remarks  # noqa: PLC0415 - start-up time
    from packet_builder.hands import Hands  # noqa: PLC0415 - start-up time
    from packet_builder.rules.lines import finding_lines  # noqa: PLC0415 - start-up time

    with Hands() as hands:
        result = built_again(order, _talk, hands)
    if result.packet is None:
        _print_findings(result.findings, as_json=as_json)
        _talk("Nothing was built; the former packet, if any, is untouched.")
        return ExitCode.FINDINGS
    for finding in result.findings:
        _talk("\n".join(finding_lines(finding)))
    for remark in form_remarks(result.manifest["forms"]):
        _talk(remark)
    for reason in result.reasons if why else ():
        _talk(reason)
    if as_json:
        _print_json(result.manifest)
    else:
        click.echo(result.packet)
        _talk(result.said)
    return ExitCode.DONE


@commands.command()
@_case
@click.argument("letters", nargs=-1)
@click.option("--accept", is_flag=True, help="Make clean copies: accept all changes.")
@_date
@_json
@click.pass_obj
def draft(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    letters: tuple[str, ...],
    date: dt.datetime | None,
    *,
    accept: bool,
    as_json: bool,
) -> int:
    """Put the letters into the case's drafts folder, to be edited in Word."""
    from packet_builder.assembly.drafting import write_drafts  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.rules.report import finding_row  # noqa: PLC0415 - start-up time

    drafted = write_drafts(Order(case, folders, _day(date), "auto"), letters, accept=accept)
    if not drafted.lines:
        _print_findings(tuple(map(finding_row, drafted.findings)), as_json=as_json)
        _talk("No draft was written; what lies in the folder is untouched.")
        return ExitCode.FINDINGS
    if as_json:
        _print_json([{"file": str(one.file), "said": one.said} for one in drafted.lines])
        return ExitCode.DONE
    for one in drafted.lines:
        click.echo(f"{one.file}: {one.said}")
    _talk("Edit these files in Word, then run packet-builder build.")
    return ExitCode.DONE


@commands.command()
@_case
@click.argument("builds", nargs=-1)
@click.option("--html", is_flag=True, help="Write a report with redlines and pictures of pages.")
@click.pass_obj
def diff(folders: Folders, case: str, builds: tuple[str, ...], *, html: bool) -> None:
    """Say what changed between the last two builds, or between two by their numbers."""
    from packet_builder.assembly.build import filing_folder  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.builds import two_builds  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.comparison import compare  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.comparison_text import comparison_lines  # noqa: PLC0415
    from packet_builder.assembly.diff_report import write_report  # noqa: PLC0415 - start-up time

    folder = filing_folder(case, folders)
    comparison = compare(folder, *two_builds(folder, case, builds))
    if html:
        click.echo(write_report(folder, comparison))
        return
    for line in comparison_lines(comparison):
        click.echo(line)


commands.add_command(build_all)
commands.add_command(review)
commands.add_command(deciding.approve)
commands.add_command(deciding.request_changes)
commands.add_command(deciding.comment)
commands.add_command(deciding.status)
commands.add_command(forms)
commands.add_command(fields)
commands.add_command(finalize)
commands.add_command(receipt)
commands.add_command(prune)


@commands.group()
def templates() -> None:
    """Look after the templates."""


@templates.command("check")
@click.pass_obj
def check_the_templates(folders: Folders) -> int:
    """Render every template against every variable it may use."""
    from packet_builder.assembly.templates import template_faults  # noqa: PLC0415 - start-up time

    faults = template_faults(folders.templates)
    for fault in faults:
        click.echo(fault)
    click.echo("All templates can be used." if not faults else f"{len(faults)} faults.", err=True)
    return ExitCode.UNUSABLE if faults else ExitCode.DONE


@commands.command()
@click.option("--law", is_flag=True, help="That of law.yaml, the office's own rows of law.")
def schema(*, law: bool) -> None:
    """Print the JSON Schema of case.yaml, for editors."""
    from packet_builder.law.office import OfficeLaw  # noqa: PLC0415 - start-up time
    from packet_builder.model.case import Case  # noqa: PLC0415 - start-up time
    from packet_builder.model.schema import schema_of  # noqa: PLC0415 - start-up time

    _print_json(schema_of(OfficeLaw if law else Case))


def _day(date: dt.datetime | None) -> dt.date | None:
    return date.date() if date else None


def _talk(line: str) -> None:
    click.echo(line, err=True)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _print_findings(findings: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    from packet_builder.rules.lines import finding_lines  # noqa: PLC0415 - start-up time

    if as_json:
        _print_json(findings)
        return
    for finding in findings:
        click.echo("\n".join(finding_lines(finding)))

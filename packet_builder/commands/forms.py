"""`forms` and `fields`: the blank official forms, and what fills each of their boxes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import Told, command
from packet_builder.commands.progress import counted
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders

if TYPE_CHECKING:
    from packet_builder.assembly.blanks import Added
    from packet_builder.assembly.form_list import FormFinding
    from packet_builder.law.law import Law


@click.group()
def forms() -> None:
    """Look after the blank official forms."""


_judged_on = click.option(
    "--date",
    type=speech.DAY,
    help="Judge the editions as on this day (default: today).",
)


@forms.command(
    "list",
    cls=Told,
    examples={
        "forms list": "Every form, whether its blank is there, where to get it.",
    },
    then="forms add FILE",
    gives="a list of forms, each with edition, blank and where to get it",
)
@_judged_on
@speech.as_json
@click.pass_obj
def list_the_forms(folders: Folders, date: dt.datetime | None, *, as_json: bool) -> None:
    """List the forms: whether each is there, where to get it."""
    from packet_builder.assembly.form_list import known_forms  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.form_report import form_row, list_lines  # noqa: PLC0415

    known = known_forms(_office_law(folders), speech.day_or_today(date), folders)
    if as_json:
        speech.print_json([form_row(form) for form in known])
        return
    for line in list_lines(known):
        click.echo(line)
    speech.talk(f"Blanks are read from {folders.forms}.")


@forms.command(
    "check",
    cls=Told,
    examples={
        "forms check": "All forms of the folder.",
        "forms check i-131 g-28": "Two of them.",
    },
    then="forms list",
    gives="a list of findings, each with rule, weight, message, cure",
)
@click.argument("form", nargs=-1, shell_complete=complete.forms)
@_judged_on
@speech.as_json
@click.pass_obj
def check_the_forms(
    folders: Folders, form: tuple[str, ...], date: dt.datetime | None, *, as_json: bool
) -> int:
    """Say what stands in the way of filing on the forms.

    Name some (i-131 g-28), or none for all.
    """
    from packet_builder.assembly import form_list  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.form_report import form_finding_lines  # noqa: PLC0415
    from packet_builder.rules.finding import Weight  # noqa: PLC0415 - start-up time

    on = speech.day_or_today(date)
    known = form_list.known_forms(_office_law(folders), on, folders)
    wanted = form_list.only_forms(known, form)
    ids = tuple(dict.fromkeys(one.edition.id for one in wanted))
    findings: list[FormFinding] = []
    with counted(ids, len(ids), f"looking at {len(ids)} forms") as looked:
        for one in looked:
            findings += form_list.form_findings(form_list.only_forms(known, (one,)), on)
    if not form:
        findings += form_list.stray_files(known, folders)
    if as_json:
        speech.print_json([dataclasses.asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo("\n".join(form_finding_lines(finding)))
    errors = any(finding.weight is Weight.ERROR for finding in findings)
    return ExitCode.FINDINGS if errors else ExitCode.DONE


@forms.command(
    "add",
    cls=Told,
    examples={
        "forms add i-131.pdf g-28.pdf": "Take two downloaded blanks.",
    },
    then="forms check",
    gives="a list of files, each with what it is, or why it was refused",
)
@click.argument("file", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@speech.as_json
@click.pass_obj
def add_forms(folders: Folders, file: tuple[str, ...], *, as_json: bool) -> int:
    """Take downloaded blanks into the forms folder.

    Each is looked at first: whether it is what it claims to be.
    """
    from packet_builder.assembly.blanks import add_blanks  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.form_report import added_lines, added_row  # noqa: PLC0415

    added: list[Added] = []
    work = add_blanks([Path(name) for name in file], _office_law(folders), folders)
    with counted(work, len(file), f"looking at {len(file)} files") as looked:
        added += looked
    for one in added:
        for line in () if as_json else added_lines(one):
            click.echo(line, err=one.blank is None)
    if as_json:
        speech.print_json([added_row(one) for one in added])
    return ExitCode.DONE if all(one.blank for one in added) else ExitCode.UNUSABLE


@command(
    examples={
        "fields i-131": "Every box of Form I-131, and what fills it.",
        "fields i-131 --case full --pictures boxes": "Pictures of its pages, as a case fills them.",
    },
    gives="a list of boxes, each with part, item, question, what fills it, and why it stays blank",
)
@click.argument("form", shell_complete=complete.forms)
@click.option(
    "--case",
    shell_complete=complete.cases,
    help="With --pictures: show the form as this case fills it.",
)
@speech.filing
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    help="Draw every page into this folder, each box outlined, numbered and coloured.",
)
@_judged_on
@speech.as_json
@click.pass_obj
def fields(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    form: str,
    case: str | None,
    filing: str | None,
    pictures: Path | None,
    date: dt.datetime | None,
    *,
    as_json: bool,
) -> int:
    """List every box of a form, and what fills it.

    A fact, ink, or nothing, with the reason.
    """
    from packet_builder.assembly import form_table  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.form_report import field_row, table_lines  # noqa: PLC0415
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    if case and not pictures:
        message = "--case goes with --pictures"
        raise click.UsageError(message)
    table = form_table.form_table(form, _office_law(folders), speech.day_or_today(date), folders)
    if pictures:
        order = Order(case or "", folders, speech.day(date), "auto", filing)
        drawn = (
            form_table.draw_case(table, order, pictures)
            if case
            else form_table.draw_blank(table, pictures)
        )
        for picture in drawn:
            click.echo(picture)
    elif as_json:
        speech.print_json([field_row(row) for row in table.rows])
    else:
        click.echo("\n".join(table_lines(table)))
    for fault in table.faults:
        speech.talk(f"error: Form {table.edition.form}: {fault}")
    return ExitCode.FINDINGS if table.faults else ExitCode.DONE


def _office_law(folders: Folders) -> Law:
    from packet_builder.law.office import FILE, read_office_law  # noqa: PLC0415 - start-up time

    return read_office_law(folders.cases / FILE)

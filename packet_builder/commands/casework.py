"""`new`, `check`, `plan`, `matrix`, `schema`: a case before there is a packet of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from packet_builder.commands import speech
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders, write_whole


@click.command()
@speech.case
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


@click.command()
@speech.case
@speech.filing
@speech.date
@speech.engine
@speech.as_json
@click.pass_obj
def check(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    filing: str | None,
    date: dt.datetime | None,
    engine: str,
    *,
    as_json: bool,
) -> int:
    """Give all findings, each with its place in the facts and what to do."""
    from packet_builder.assembly.build import examined  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.rules.report import finding_row  # noqa: PLC0415 - start-up time

    order = Order(case, folders, speech.day(date), engine, filing, speech.passwords())
    prepared = examined(order)
    speech.print_findings(tuple(map(finding_row, prepared.findings)), as_json=as_json)
    return ExitCode.FINDINGS if prepared.has_errors else ExitCode.DONE


@click.command()
@speech.case
@speech.filing
@speech.date
@speech.as_json
@click.pass_obj
def plan(
    folders: Folders,
    case: str,
    filing: str | None,
    date: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Show the order, the exhibit letters and who cites what, before a page exists."""
    from packet_builder.assembly.build import planned  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    rows = tuple(planned(Order(case, folders, speech.day(date), "auto", filing)))
    if as_json:
        speech.print_json(rows)
        return
    for row in rows:
        letter = row["exhibit"] or ""
        click.echo(f"{row['kind']:<10} {letter:<3} {row['title']}")


@click.command()
@speech.case
@speech.filing
@speech.date
@speech.engine
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it as a page of HTML to this file.",
)
@speech.as_json
@click.pass_obj
def matrix(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    case: str,
    filing: str | None,
    date: dt.datetime | None,
    engine: str,
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show what carries each element of the request, and the gaps; errors do not hinder it."""
    from packet_builder.assembly import unbound  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    order = Order(case, folders, speech.day(date), engine, filing, speech.passwords())
    content = unbound.unbound_matrix(order)
    if html is not None:
        write_whole(html, unbound.matrix_html(content))
        speech.talk(f"Written: {html}. It is internal, and not for filing.")
    if as_json:
        speech.print_json(content)
    elif html is None:
        click.echo("\n".join(unbound.matrix_lines(content)))


@click.command()
@click.option("--law", is_flag=True, help="That of law.yaml, the office's own rows of law.")
def schema(*, law: bool) -> None:
    """Print the JSON Schema of case.yaml, for editors."""
    from packet_builder.law.office import OfficeLaw  # noqa: PLC0415 - start-up time
    from packet_builder.model.case import Case  # noqa: PLC0415 - start-up time
    from packet_builder.model.schema import schema_of  # noqa: PLC0415 - start-up time

    speech.print_json(schema_of(OfficeLaw if law else Case))

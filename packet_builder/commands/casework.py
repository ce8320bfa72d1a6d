"""`check`, `plan`, `matrix`, `schema`: a case before there is a packet of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders, write_whole


@command(
    examples={
        "check rahimi-2026": "Say all that is missing or does not fit, with file, line and cure.",
        "check rahimi-2026 --questions": "Say of each question that forms leave open what fits.",
        "check rahimi-2026 --filing rfe-1 --json": "Of a further filing, for a program.",
    },
    then="build {case}",
    gives=(
        "a list of findings: rule, weight, message, cure, file, line, column, fact, law, accepted"
    ),
)
@speech.case
@speech.filing
@speech.date
@speech.engine
@click.option(
    "--questions", is_flag=True, help="Say each question of the forms in full, and what answers it."
)
@speech.as_json
@click.pass_obj
def check(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    filing: str | None,
    date: dt.datetime | None,
    engine: str,
    *,
    questions: bool,
    as_json: bool,
) -> int:
    """Say what is missing or does not fit, and what to do.

    Each finding names file, line and column. An error stops a build; a warning and a note do not.
    """
    from packet_builder.assembly.build import examined  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.rules.report import finding_row  # noqa: PLC0415 - start-up time

    order = Order(case, folders, speech.day(date), engine, filing, speech.passwords())
    prepared = examined(order)
    rows = tuple(map(finding_row, prepared.findings))
    speech.print_findings(rows, as_json=as_json, in_full=questions)
    speech.talk(_counted(rows))
    if prepared.has_errors:
        speech.then(f"check {speech.typed(case)}")
        return ExitCode.FINDINGS
    return ExitCode.DONE


def _counted(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how many findings there are of each weight, and what that means."""
    from packet_builder.rules.lines import is_question  # noqa: PLC0415 - start-up time

    questions = sum(map(is_question, rows))
    weights = [row["weight"] for row in rows]
    counts = [(weights.count(weight), weight) for weight in ("error", "warning", "note")]
    said = ", ".join(f"{count} {weight}{'' if count == 1 else 's'}" for count, weight in counts)
    if questions:
        said += (
            f"; {questions} of the warnings are questions of the forms (--questions: each in full)"
        )
    if counts[0][0]:
        return f"{said}. Mend each error, listed first, then check again."
    return f"{said}. Nothing stops a build; read the warnings before you file."


@command(
    examples={
        "plan rahimi-2026": "Show what the packet will hold, in order.",
    },
    then="build {case}",
    gives="a list of documents, each with id, kind, exhibit, title, files",
)
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
    """Show the order of the packet and its exhibit letters.

    No evidence is opened, and nothing is written.
    """
    from packet_builder.assembly.build import planned  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    rows = tuple(planned(Order(case, folders, speech.day(date), "auto", filing)))
    if as_json:
        speech.print_json(rows)
        return
    for row in rows:
        letter = row["exhibit"] or ""
        click.echo(f"{row['kind']:<10} {letter:<3} {row['title']}")


@command(
    examples={
        "matrix rahimi-2026": "Show what carries each claim.",
        "matrix rahimi-2026 --html matrix.html": "Write it as a page to read.",
    },
    then="check {case}",
    gives="the report that lies beside each packet: title, sections, tables with their rows",
)
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
    """Show what proves each point of the request, and the gaps.

    Errors of the case do not hinder it.
    """
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


@command(
    examples={
        "schema > case.schema.json": "Write that of case.yaml to a file that an editor reads.",
        "schema law > law.schema.json": "That of law.yaml, the office's own rows of law.",
    }
)
@click.argument(
    "what", type=click.Choice(["case", "part", "firm", "law", "outline"]), default="case"
)
def schema(what: str) -> None:
    """Print the JSON Schema of a file, for editors.

    `part` is that of a file that says a part of a case: events.yaml, or one of filings/.
    """
    from packet_builder.assembly.schemas import schemas  # noqa: PLC0415 - start-up time

    speech.print_json(schemas()[what])

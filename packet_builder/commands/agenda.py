"""`calendar` and `timeline`: the deadlines of cases, as a table, a calendar file, a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import command
from packet_builder.errors import ExitCode, UsageError
from packet_builder.workspace import Folders, case_folder, write_whole

if TYPE_CHECKING:
    from packet_builder.agenda.agenda import Agenda


class PersonUnknownError(UsageError):
    """A case has no such beneficiary."""

    def __init__(self, case: str, person: str, known: Sequence[str]) -> None:
        super().__init__(f'"{case}" has no beneficiary "{person}". Known: {", ".join(known)}.')


on_day = click.option(
    "--on",
    type=speech.DAY,
    help="Count days from this day on (default: today, by this machine's clock).",
)


@command(
    examples={
        "calendar": "What is due in all cases.",
        "calendar rahimi-2026 --ics rahimi.ics": "A file for the office's calendar.",
    },
    gives="a list of deadlines, each with case, kind, day, state, source and what it rests on",
)
@click.argument("case", required=False, shell_complete=complete.cases)
@on_day
@click.option("--all", "everything", is_flag=True, help="Show what is done or has passed, too.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a calendar file (.ics) with alarms, for Outlook, Google or Apple.",
)
@click.option(
    "--board",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with a bar for the days left of each, nearest first (PDF).",
)
@click.option("--names", is_flag=True, help="Put names and words of the facts into that file.")
@speech.as_json
@click.pass_obj
def calendar(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str | None,
    *,
    on: dt.datetime | None,
    everything: bool,
    ics: Path | None,
    board: Path | None,
    names: bool,
    as_json: bool,
) -> int:
    """Show the deadlines of a case, or of all.

    Each with its day, its state, its source, and the fact that it rests on.
    """
    from packet_builder.agenda import rows  # noqa: PLC0415 - start-up time

    day = speech.day_or_today(on)
    agendas = [_agenda(folders, case)] if case else list(_agendas(folders))
    if ics is not None:
        from packet_builder.agenda.calendar_file import calendar_file  # noqa: PLC0415 - here only

        write_whole(ics, calendar_file(agendas, day, names=names))
        speech.talk(f"Written: {ics}. Import it again after a change: what moved is moved.")
    found = rows.rows_of(agendas, day)
    if not agendas:
        speech.no_case(folders.cases)
    if board is not None:
        from packet_builder.agenda.board import board_of  # noqa: PLC0415 - here only
        from packet_builder.documents.sheets.report import render_report  # noqa: PLC0415 - here only

        render_report(board_of(found, day), board, speech.page_templates(folders))
        speech.talk(f"Written: {board}, for the office alone.")
    if as_json:
        speech.print_json(found)
    elif ics is None and board is None:
        shown = found if everything else rows.open_rows(found)
        click.echo("\n".join(rows.row_lines(shown)))
        if len(shown) < len(found):
            speech.talk(f"{len(found) - len(shown)} done or passed: --all shows them.")
    _tell_remarks(agendas)
    whole = case is not None or len(agendas) == len(_names(folders))
    return ExitCode.DONE if whole else ExitCode.FINDINGS


@command(
    examples={
        "timeline rahimi-2026": "Draw the days of the case on one page.",
    },
    then="status {case}",
    gives="the file that was written",
)
@speech.case
@on_day
@click.option("--person", help="What concerns one beneficiary only, by id.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it (default: timeline.pdf in the output folder of the case).",
)
@speech.as_json
@click.pass_obj
def timeline(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    *,
    on: dt.datetime | None,
    person: str | None,
    target: Path | None,
    as_json: bool,
) -> None:
    """Draw the days of a case on one page.

    Events and deadlines to scale, for the client's file.
    """
    from packet_builder.agenda.timeline import timeline_of  # noqa: PLC0415 - start-up time
    from packet_builder.documents.sheets.timeline import render_timeline  # noqa: PLC0415 - start-up time

    agenda = _agenda(folders, case)
    known = tuple(one.id for one in agenda.case.beneficiaries)
    if person is not None and person not in known:
        raise PersonUnknownError(case, person, known)
    target = target or folders.output / agenda.name / "timeline.pdf"
    picture = timeline_of(agenda, speech.day_or_today(on), person)
    render_timeline(picture, target, speech.page_templates(folders))
    speech.answer({"file": str(target)}, str(target), as_json=as_json)
    _tell_remarks([agenda])


def _agenda(folders: Folders, case: str) -> Agenda:
    from packet_builder.agenda.agenda import read_agenda  # noqa: PLC0415 - start-up time

    folder = case_folder(case, folders.cases)
    return read_agenda(folder, folders.output / folder.name)


def _agendas(folders: Folders) -> Iterator[Agenda]:
    """Give the agenda of every case that can be read; of any other its name is said."""
    from packet_builder.facts.fault import FactsError  # noqa: PLC0415 - start-up time

    for name in _names(folders):
        try:
            yield _agenda(folders, name)
        except FactsError as error:
            count = len(error.faults)
            speech.talk(
                f"{name} cannot be read ({count} problem{'' if count == 1 else 's'}), and its "
                f"deadlines are not shown. Run: packet-builder check {name}"
            )


def _names(folders: Folders) -> Sequence[str]:
    from packet_builder.many import cases_in  # noqa: PLC0415 - start-up time

    return cases_in(folders)


def _tell_remarks(agendas: Sequence[Agenda]) -> None:
    for agenda in agendas:
        for remark in agenda.remarks:
            speech.talk(f"{agenda.name}: {remark}")

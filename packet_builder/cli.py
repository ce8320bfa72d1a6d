"""Turns arguments into an exit code: reads the folders, and hands over to the commands."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from packet_builder import __version__, system
from packet_builder.commands import (
    adding,
    agenda,
    building,
    casework,
    completion,
    deciding,
    doctor,
    drafting,
    finalizing,
    forms,
    handover,
    many,
    reading,
    review,
    speech,
    starting,
    templates,
)
from packet_builder.commands.guard import Guarded, ended, heed_ctrl_c
from packet_builder.rubbish import collect_rarely
from packet_builder.workspace import USUAL_FOLDERS, Folders


def main() -> None:
    """Run the command line and leave with its exit code."""
    collect_rarely()
    heed_ctrl_c()
    system.close_to_others()
    _speak_utf8()
    _quiet_libraries()
    sys.exit(ended(lambda: commands.main(standalone_mode=False)))


def _speak_utf8() -> None:
    """Print every name as it is: into a file, Windows would write the letters of one country."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _quiet_libraries() -> None:
    """Keep what libraries log off the terminal: pypdf's warnings quote values of form fields."""
    logging.getLogger().addHandler(logging.NullHandler())


def _folder(name: str, help_text: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{name}",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=f"PACKET_BUILDER_{name.upper()}",
        help=help_text,
    )


@click.group(cls=Guarded, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@_folder("cases", "Where the case folders lie (default: ./case_data).")
@_folder("templates", "The office's own templates, before the program's (default: ./office).")
@_folder("forms", "Where the blank official forms lie (default: ./forms).")
@_folder("output", "Where packets go (default: ./output).")
@click.option(
    "--passwords",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file that only you may read, a line for each locked PDF: exhibits/a.pdf = PASSWORD.",
)
@click.pass_context
def commands(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context,
    cases: Path | None,
    templates: Path | None,
    forms: Path | None,
    output: Path | None,
    passwords: Path | None,
) -> None:
    """Build humanitarian-parole filing packets from a client's facts.

    CASE is the name of a folder in case_data, or a path to a case folder. Every command has a
    page of help with examples: packet-builder build --help
    """
    context.color = speech.colours()
    context.meta[speech.PASSWORDS] = passwords and passwords.absolute()
    context.obj = Folders(
        cases=(cases or USUAL_FOLDERS.cases).absolute(),
        templates=(templates or USUAL_FOLDERS.templates).absolute(),
        forms=(forms or USUAL_FOLDERS.forms).absolute(),
        output=(output or USUAL_FOLDERS.output).absolute(),
    )


_SECTIONS: Mapping[str, Sequence[click.Command]] = {
    "Begin a case": (
        starting.new,
        adding.add,
        reading.ocr,
        casework.check,
        casework.plan,
        casework.matrix,
    ),
    "Build it": (building.build, many.build_all, drafting.draft, drafting.diff),
    "Review and file it": (
        review.review,
        deciding.approve,
        deciding.request_changes,
        deciding.comment,
        finalizing.finalize,
        finalizing.receipt,
    ),
    "Keep an eye on it": (
        deciding.status,
        agenda.calendar,
        agenda.timeline,
        finalizing.prune,
        handover.export,
        handover.import_,
    ),
    "The office": (
        doctor.doctor,
        forms.forms,
        forms.fields,
        templates.templates,
        casework.schema,
        completion.completion,
    ),
}
for _heading, _members in _SECTIONS.items():
    commands.add_section(_heading, _members)

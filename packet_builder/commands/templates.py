"""`templates`: looking after an office's templates."""

from __future__ import annotations

import click

from packet_builder.commands import speech
from packet_builder.commands.command import Told
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders


@click.group()
def templates() -> None:
    """Look after the templates."""


@templates.command(
    "check",
    cls=Told,
    examples={
        "templates check": "Try every template.",
        "--templates ~/our-templates templates check": "Those of the office.",
    },
    gives="a list of faults",
)
@speech.as_json
@click.pass_obj
def check_the_templates(folders: Folders, *, as_json: bool) -> int:
    """Try every template with every variable that it may use."""
    from packet_builder.assembly.templates import template_faults  # noqa: PLC0415 - start-up time

    faults = template_faults(folders.templates)
    lines = [str(fault) for fault in faults]
    speech.answer(lines, "\n".join(lines), as_json=as_json)
    speech.talk("All templates can be used." if not faults else f"{len(faults)} faults.")
    return ExitCode.UNUSABLE if faults else ExitCode.DONE

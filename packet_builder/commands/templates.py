"""`templates`: looking after an office's templates."""

from __future__ import annotations

import click

from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders


@click.group()
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

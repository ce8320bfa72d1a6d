"""`templates`: looking after an office's templates."""

from __future__ import annotations

from dataclasses import asdict

import click

from packet_builder.commands import speech
from packet_builder.commands.command import Told
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders

_name = click.argument("name")


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


@templates.command(
    "take",
    cls=Told,
    examples={"templates take letters/cover_letter.docx": "Copy it to office/letters, to change."},
    gives="the file that was written",
)
@_name
@speech.as_json
@click.pass_obj
def take_one(folders: Folders, name: str, *, as_json: bool) -> None:
    """Copy a template of the program, to be changed."""
    from packet_builder.assembly.own_templates import take  # noqa: PLC0415 - start-up time

    path = str(take(folders.templates, name))
    speech.answer({"file": path}, path, as_json=as_json)
    speech.talk("Change this copy; it counts from now on, and no upgrade touches it.")


@templates.command(
    "list",
    cls=Told,
    examples={"templates list": "Say which are the office's own, and what moved below them."},
    gives="a list of the office's templates, each with its name, state, and what it was taken from",
)
@speech.as_json
@click.pass_obj
def list_own(folders: Folders, *, as_json: bool) -> int:
    """List the office's own templates, and what moved.

    Exit code 1 where the program's have changed since they were taken.
    """
    from packet_builder.assembly.own_templates import State, standing  # noqa: PLC0415 - start-up time

    rows = standing(folders.templates)
    lines = "\n".join(f"{row.state:<8} {row.name}" for row in rows)
    speech.answer([asdict(row) for row in rows], lines, as_json=as_json)
    moved = [row for row in rows if row.state is State.MOVED]
    for row in moved:
        speech.talk(
            f"{row.name}: the program's has changed since yours was taken from version "
            f"{row.taken_from}; yours was left as it is. See what moved:\n"
            f"  packet-builder templates diff {row.name}"
        )
    if not rows:
        speech.talk(f"{folders.templates} holds no templates; all are the program's.")
    return ExitCode.FINDINGS if moved else ExitCode.DONE


@templates.command(
    "diff",
    cls=Told,
    examples={"templates diff letters/cover_letter.docx": "What an upgrade changed in ours."},
    gives="a list of lines, those gone with - and those new with +",
)
@_name
@speech.as_json
@click.pass_obj
def diff_one(folders: Folders, name: str, *, as_json: bool) -> None:
    """Show what changed in the program's since it was taken."""
    from packet_builder.assembly.own_templates import difference  # noqa: PLC0415 - start-up time

    lines = difference(folders.templates, name)
    speech.answer(lines, "\n".join(lines), as_json=as_json)
    speech.talk(f"Take into yours what you want, then: packet-builder templates settle {name}")


@templates.command(
    "settle",
    cls=Told,
    examples={"templates settle letters/cover_letter.docx": "Looked at; ours stays as it is."},
    gives="the name of the template",
)
@_name
@speech.as_json
@click.pass_obj
def settle_one(folders: Folders, name: str, *, as_json: bool) -> None:
    """Note that the program's was looked at, and yours stays."""
    from packet_builder.assembly.own_templates import settle  # noqa: PLC0415 - start-up time

    settle(folders.templates, name)
    speech.answer({"name": name}, name, as_json=as_json)
    speech.talk("It is settled until the program's changes again.")

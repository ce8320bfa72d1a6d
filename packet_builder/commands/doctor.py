"""`doctor`: what this machine lacks, and the command that brings it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders


@command(
    examples={
        "doctor": "What is missing here, and what to type.",
        "doctor --json > doctor.json": "The same, for whoever helps from afar.",
    },
    gives="a list of what was looked at, each with its health, and the cure",
)
@click.option(
    "--date",
    type=speech.DAY,
    help="Judge law and forms as on this day (default: today).",
)
@speech.as_json
@click.pass_obj
def doctor(folders: Folders, date: dt.datetime | None, *, as_json: bool) -> int:
    """Say what this machine lacks, and what to type.

    What is missing, too old or open to others; nothing of a case is told. Exit code 1 where
    something is wrong without which no packet can be built.
    """
    from packet_builder.assembly.doctor import Health, looks  # noqa: PLC0415 - start-up time

    found = tuple(looks(folders, speech.day_or_today(date)))
    lines = (
        f"{look.health:<8} {look.what}: {look.said}"
        + (f"\n         {look.cure}" if look.cure else "")
        for look in found
    )
    speech.answer([asdict(look) for look in found], "\n".join(lines), as_json=as_json)
    worst = any(look.health is Health.ERROR for look in found)
    speech.talk("Something is wrong; see above." if worst else "Packets can be built here.")
    return ExitCode.FINDINGS if worst else ExitCode.DONE

"""How commands ask and answer: the options that many share; results on stdout, talk on stderr."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from packet_builder.assembly.passwords import Passwords

PASSWORDS = f"{__name__}.passwords"  # what the option before the command names

case = click.argument("case")
filing = click.option(
    "--filing", help="Which filing of the case, by its id (default: that of case.yaml)."
)
date = click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Build as if filed on this day (default: filing.date of the facts).",
)
engine = click.option(
    "--engine",
    type=click.Choice(["auto", "dxpdf", "libreoffice"]),
    default="auto",
    help="What turns Word into PDF (auto: LibreOffice where it is installed).",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


def day(given: dt.datetime | None) -> dt.date | None:
    """Give the day that an option names."""
    return given.date() if given else None


def passwords(*, may_ask: bool = True) -> Passwords:
    """Give where passwords come from: the file that is named, and a person at a terminal."""
    from packet_builder.assembly.passwords import Passwords  # noqa: PLC0415 - start-up time

    file: Path | None = click.get_current_context().meta[PASSWORDS]
    is_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    return Passwords(file, _asked if may_ask and is_terminal else None)


def _asked(name: str, again: bool) -> str | None:  # noqa: FBT001 - as those who ask call it
    import getpass  # noqa: PLC0415 - only for what is locked

    said = "That is not it. " if again else ""
    prompt = f"{said}Password of {name} (not shown, not kept; Enter leaves it locked): "
    return getpass.getpass(prompt, sys.stderr) or None


def talk(line: str) -> None:
    """Say something that is no result."""
    click.echo(line, err=True)


def print_json(value: object) -> None:
    """Print a result for another program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_findings(findings: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print findings for a person, or for another program."""
    from packet_builder.rules.lines import finding_lines  # noqa: PLC0415 - start-up time

    if as_json:
        print_json(findings)
        return
    for finding in findings:
        click.echo("\n".join(finding_lines(finding)))

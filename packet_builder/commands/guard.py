"""Runs a command, and turns whatever ends it into an exit code and a sentence."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import click

from packet_builder import __version__
from packet_builder.errors import ExitCode, PacketError
from packet_builder.workspace import write_whole

_LOG = "packet-builder-fault.log"


def guarded(run: Callable[[], object]) -> int:
    """Run something, say what is wrong with it, and give the exit code."""
    try:
        result = run()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("stopped; nothing half-made was left behind", err=True)
        return ExitCode.FAULT
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except PacketError as error:
        click.echo(f"packet-builder: {error}", err=True)
        return error.exit_code
    except Exception as fault:  # noqa: BLE001 - a person never sees a traceback
        return _unexpected(fault)
    return result if isinstance(result, int) else ExitCode.DONE


def _unexpected(fault: Exception) -> int:
    """Leave a log of where the fault arose, without its message: that may hold private values."""
    places = traceback.extract_tb(fault.__traceback__)
    lines = [f"{type(fault).__name__}", *(f"{place.name} {place.lineno}" for place in places)]
    log = Path.cwd() / _LOG
    write_whole(log, ("\n".join((f"packet-builder {__version__}", *lines)) + "\n").encode())
    click.echo(
        f"packet-builder: this is a fault of the program ({type(fault).__name__}). "
        f"Where it arose stands in {log}, without any value of the case; please report it.",
        err=True,
    )
    return ExitCode.FAULT

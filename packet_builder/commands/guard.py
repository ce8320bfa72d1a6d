"""Runs a command, and turns whatever ends it into an exit code and a sentence."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from packet_builder.commands import speech
from packet_builder.commands.command import Sections
from packet_builder.errors import MEANINGS, ExitCode, PacketError
from packet_builder.unforeseen import as_error

_STOPPED = threading.Event()


def heed_ctrl_c() -> None:
    """Remember that a person pressed Ctrl-C: a library may make a fault of its own out of that."""
    if signal.getsignal(signal.SIGINT) in {signal.default_int_handler, signal.SIG_DFL}:
        signal.signal(signal.SIGINT, _stop)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _STOPPED.set()
    raise KeyboardInterrupt


class Guarded(Sections):
    """Commands of which none ends with a traceback; their object tells the folder for logs."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print what the exit codes mean."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code.value), said) for code, said in MEANINGS.items()])

    def invoke(self, ctx: click.Context) -> int:
        """Run the command that was asked for."""
        return guarded(lambda: super(Guarded, self).invoke(ctx), lambda: ctx.obj.output)


def guarded(run: Callable[[], object], output: Callable[[], Path]) -> int:
    """Run something, say what is wrong with it, and give the exit code."""
    try:
        result = run()
    except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
        raise  # which click answers
    except Exception as fault:  # noqa: BLE001 - a person never sees a traceback
        if _STOPPED.is_set():
            raise KeyboardInterrupt from None
        error = as_error(fault, output())
        _say(error)
        return error.exit_code
    return result if isinstance(result, int) else ExitCode.DONE


def _say(error: PacketError) -> None:
    """Say what is wrong: to a person, and as JSON to a program that asked for it."""
    speech.warn(f"packet-builder: {error}")
    if not speech.wants_json():
        return
    faults = [
        {
            "file": fault.source.path.as_posix(),
            "line": fault.source.line,
            "column": fault.source.column,
            "message": fault.message,
            "note": fault.note,
            "blank": fault.is_blank,
        }
        for fault in getattr(error, "faults", ())
    ]
    row = {"error": type(error).__name__, "exit_code": error.exit_code, "message": str(error)}
    speech.print_json({**row, "faults": faults})


def ended(run: Callable[[], object]) -> int:
    """Run the command line, and give the exit code of what it says itself: usage, or Ctrl-C."""
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
    return result if isinstance(result, int) else ExitCode.DONE

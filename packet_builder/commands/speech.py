"""How commands ask and answer: options that many share; results on stdout, talk on stderr."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder.commands import complete

if TYPE_CHECKING:
    from packet_builder.assembly.passwords import Passwords
    from packet_builder.workspace import Folders

PASSWORDS = f"{__name__}.passwords"  # what the option before the command names


class Day(click.DateTime):
    """A day as a person types it, and as facts have it."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Give how it is written."""
        del param, ctx
        return "YYYY-MM-DD"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """Give the day; refuses what is written in another way."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            message = f'write the day as year-month-day, as in 2026-12-01, not "{value}"'
            self.fail(message, param, ctx)


DAY = Day(["%Y-%m-%d"])

case = click.argument("case", shell_complete=complete.cases)
filing = click.option(
    "--filing",
    metavar="ID",
    shell_complete=complete.filings,
    help="Which filing of the case, by its id (default: that of case.yaml).",
)
date = click.option(
    "--date",
    type=DAY,
    help="Build as if filed on this day (default: filing.date of the facts).",
)
engine = click.option(
    "--engine",
    type=click.Choice(["auto", "dxpdf", "libreoffice"]),
    default="auto",
    help="What turns Word into PDF (auto: LibreOffice where it is installed).",
)
no_input = click.option(
    "--no-input", is_flag=True, help="Ask nothing; what no option says is left as usual, or blank."
)
_JSON = f"{__name__}.json"
_BAR = f"{__name__}.bar"
_LEVEL = f"{__name__}.level"
_NEXT = f"{__name__}.next"
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_WEIGHT = re.compile(r"(?m)^(\S[^\n]*?: )(error|warning|note)(?=: )")


def _note_json(context: click.Context, _: click.Parameter, value: bool) -> bool:  # noqa: FBT001
    context.meta[_JSON] = value
    return value


as_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    callback=_note_json,
    help="Answer as JSON, for a program.",
)


def quiet() -> click.Option:
    """Give the option that silences all but results and what is wrong."""
    return _level("-q", "--quiet", -1, "Say nothing but results, and what is wrong.")


def verbose() -> click.Option:
    """Give the option that makes a command say each step."""
    return _level("-v", "--verbose", 1, "Say each step, a line each.")


def _level(short: str, name: str, level: int, said: str) -> click.Option:
    def note(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value:
            context.meta[_LEVEL] = level

    return click.Option([short, name], is_flag=True, expose_value=False, callback=note, help=said)


def is_quiet() -> bool:
    """Tell whether only results are wanted, and what is wrong."""
    return _said_level() < 0


def is_verbose() -> bool:
    """Tell whether each step is wanted."""
    return _said_level() > 0


def _said_level() -> int:
    context = click.get_current_context(silent=True)
    return int(context.meta.get(_LEVEL, 0)) if context else 0


def wants_json() -> bool:
    """Tell whether the command of this run was asked to answer as JSON."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_JSON))


def colours() -> bool | None:
    """Tell whether colours are wanted; None: where a terminal shows them.

    See https://no-color.org and https://force-color.org.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def coloured(text: str) -> str:
    """Give what is said of places in files with the weight of each in its colour."""
    return _WEIGHT.sub(lambda found: found[1] + click.style(found[2], _COLOURS[found[2]]), text)


def may_ask(*, no_input: bool) -> bool:
    """Tell whether a person sits there and may be asked."""
    return not no_input and _is_terminal()


def typed(word: str) -> str:
    """Give a word as it is typed in a shell."""
    return shlex.quote(word)


def ask(line: str) -> None:
    """Say part of a question, however quiet a run is."""
    click.echo(line, err=True)


def asked_line(words: str) -> str:
    """Ask for one line; Enter alone gives an empty one."""
    said: str = click.prompt(words, default="", show_default=False, err=True)
    return said.strip()


def then(typed: str) -> None:
    """Note the command that comes next; the first that is noted is said."""
    click.get_current_context().meta.setdefault(_NEXT, typed)


def no_case(cases: Path) -> None:
    """Say that no case lies in a folder."""
    talk(f"No case lies in {cases} yet.")
    then("new NAME")


def say_what_is_next() -> None:
    """Say the command that comes next, as it is to be typed, with the folders of this run."""
    context = click.get_current_context()
    typed = context.meta.pop(_NEXT, "")
    if not typed or wants_json():
        return
    filing = context.params.get("filing")
    words = [*_folders_typed(context.find_root()), *shlex.split(typed)]
    words += ["--filing", filing] if filing and "--filing" not in words else []
    talk(f"{click.style('Next:', bold=True)} packet-builder {shlex.join(words)}")


def _folders_typed(root: click.Context) -> list[str]:
    """Give the options in front of the command as they were typed."""
    typed = [
        (f"--{name}", str(root.params[name]))
        for name in ("cases", "templates", "forms", "output")
        if root.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    return [word for pair in typed for word in pair]


def day(given: dt.datetime | None) -> dt.date | None:
    """Give the day that an option names."""
    return given.date() if given else None


def day_or_today(given: dt.datetime | None) -> dt.date:
    """Give the day that an option names; else today, by this machine's clock."""
    return day(given) or dt.datetime.now().astimezone().date()


def page_templates(folders: Folders) -> Path:
    """Give the folder of page templates that hold for this office."""
    from packet_builder.assembly.cache import office_cache  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.sheets import page_templates as of  # noqa: PLC0415 - start-up time

    return of(folders.templates, office_cache(folders.output))


def passwords(*, may_ask: bool = True) -> Passwords:
    """Give where passwords come from: the file that is named, and a person at a terminal."""
    from packet_builder.assembly.passwords import Passwords  # noqa: PLC0415 - start-up time

    file: Path | None = click.get_current_context().meta[PASSWORDS]
    return Passwords(file, _asked if may_ask and _is_terminal() else None)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked(name: str, again: bool) -> str | None:  # noqa: FBT001 - as those who ask call it
    import getpass  # noqa: PLC0415 - only for what is locked

    wipe, _ = _bar()
    wipe()
    said = "That is not it. " if again else ""
    prompt = f"{said}Password of {name} (not shown, not kept; Enter leaves it locked): "
    return getpass.getpass(prompt, sys.stderr) or None


def talk(line: str) -> None:
    """Say something that is no result, unless quiet is wanted."""
    if not is_quiet():
        _say(coloured(line))


def warn(line: str) -> None:
    """Say what is wrong, or may be."""
    _say(coloured(line))


@contextlib.contextmanager
def below(wipe: Callable[[], None], draw: Callable[[], None]) -> Iterator[None]:
    """Keep a bar at the foot of all that is said: wiped before a line, and drawn after it."""
    meta = click.get_current_context().meta
    meta[_BAR] = (wipe, draw)
    try:
        yield
    finally:
        del meta[_BAR]


def _say(line: str) -> None:
    wipe, draw = _bar()
    wipe()
    click.echo(line, err=True)
    draw()


def _bar() -> tuple[Callable[[], None], Callable[[], None]]:
    """Give what wipes the bar that is shown, and what draws it again."""
    context = click.get_current_context(silent=True)
    found: tuple[Callable[[], None], Callable[[], None]]
    found = context.meta.get(_BAR, _NO_BAR) if context else _NO_BAR
    return found


def _nothing() -> None:
    """Do nothing: there is no bar."""


_NO_BAR = (_nothing, _nothing)


def print_json(value: object) -> None:
    """Print a result for another program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def answer(value: object, lines: str, *, as_json: bool) -> None:
    """Print a result: for another program, or the lines that a person reads of it."""
    if as_json:
        print_json(value)
    elif lines:
        click.echo(lines)


def print_findings(
    findings: Sequence[Mapping[str, Any]], *, as_json: bool, in_full: bool = False
) -> None:
    """Print findings for a person, or for another program."""
    from packet_builder.rules.lines import told  # noqa: PLC0415 - start-up time

    if as_json:
        print_json(findings)
        return
    for _, said in told(findings, in_full=in_full):
        click.echo(coloured(said))

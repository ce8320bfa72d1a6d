"""The commands become a page: each with what its `--help` says."""

from __future__ import annotations

from collections.abc import Iterator

import click

from packet_builder.cli import commands

_WIDTH = 92
_HEAD = """\
# Commands

What each command says of itself with `--help`, command by command. This page is
written from the program by `python -m docs.make_reference`.

Results are printed on standard output, all else on standard error. What the exit codes mean:
[errors.md](errors.md).
"""


def commands_page() -> str:
    """Give the page."""
    return "\n".join((_HEAD, *_sections(commands, ("packet-builder",))))


def _sections(command: click.Command, words: tuple[str, ...]) -> Iterator[str]:
    """Give what a command says of itself, and then what each below it says."""
    names = {"help_option_names": commands.context_settings["help_option_names"]}
    context = click.Context(command, info_name=" ".join(words), terminal_width=_WIDTH, **names)
    context.max_content_width = _WIDTH
    yield from (f"## {' '.join(words)}", "", "```text", command.get_help(context), "```", "")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            yield from _sections(command.commands[name], (*words, name))

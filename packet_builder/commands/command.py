"""What every command has: examples in its help, what to do next, how much it says."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from packet_builder.commands import speech
from packet_builder.errors import ExitCode

PROGRAM = "packet-builder"


class Told(click.Command):
    """A command that is shown by examples, and ends by saying what comes next."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as click takes them
        examples: Mapping[str, str],
        then: str = "",
        gives: str = "",
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """`examples` are typed lines with their meaning; `gives` is what `--json` answers.

        `then` is the command that usually follows, with `{case}` and other parameters.
        """
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.then = then
        self.gives = gives
        self.params += [speech.quiet(), speech.verbose()]

    def invoke(self, ctx: click.Context) -> object:
        """Run it; then say what to do next, as the command itself found or as is usual."""
        result: object = super().invoke(ctx)
        if result in {None, ExitCode.DONE}:
            given = {name: shlex.quote(str(value)) for name, value in ctx.params.items()}
            speech.then(self.then.format_map(given))
        speech.say_what_is_next()
        return result

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print what `--json` answers, and the examples."""
        if self.gives:
            with formatter.section("With --json"):
                formatter.write_text(self.gives)
        with formatter.section("Examples"):
            for typed, meaning in self.examples.items():
                formatter.write(f"{'':>{formatter.current_indent}}{PROGRAM} {typed}\n")
                with formatter.indentation():
                    formatter.write_text(meaning)
        super().format_epilog(ctx, formatter)


def command(
    name: str | None = None,
    *,
    examples: Mapping[str, str],
    then: str = "",
    gives: str = "",
    **kwargs: Any,  # noqa: ANN401 - as click takes them
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function, as `click.command` does; see `Told`."""
    return click.command(name, cls=Told, examples=examples, then=then, gives=gives, **kwargs)


class Sections(click.Group):
    """Commands in the order of the work, under headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as click takes them
        super().__init__(*args, **kwargs)
        self.sections: dict[str, Sequence[click.Command]] = {}

    def add_section(self, heading: str, members: Sequence[click.Command]) -> None:
        """Add commands under a heading."""
        self.sections[heading] = members
        for member in members:
            self.add_command(member)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order in which they were added."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the commands, a section for each heading."""
        del ctx
        width = formatter.width - 6 - max(map(len, self.commands))
        for heading, members in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(one.name or "", one.get_short_help_str(width)) for one in members]
                )

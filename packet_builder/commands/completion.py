"""`completion`: what makes a shell complete commands and names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from packet_builder.commands.command import PROGRAM, command

_SHELLS = ("bash", "zsh", "fish")


@command(
    examples={
        "completion bash > ~/.packet-builder-complete.bash": (
            "Write it to a file; add to ~/.bashrc: source ~/.packet-builder-complete.bash"
        ),
        "completion zsh > ~/.packet-builder-complete.zsh": (
            "The same for zsh; add to ~/.zshrc: source ~/.packet-builder-complete.zsh"
        ),
        "completion fish > ~/.config/fish/completions/packet-builder.fish": (
            "fish finds it there by itself."
        ),
    },
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes your shell complete what you type.

    Commands and options, and the names of cases, filings, documents and forms.
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows these three
    variable = f"_{PROGRAM.upper().replace('-', '_')}_COMPLETE"
    click.echo(kind(ctx.find_root().command, {}, PROGRAM, variable).source())

"""How far long work is: a bar on a terminal, one line elsewhere, a line a step where asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from packet_builder.commands import speech

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

T = TypeVar("T")

_BAR = "%(label)s  [%(bar)s]  %(info)s"
_WIDTH = 24
_WIPE = "\r\033[2K"


@contextmanager
def counted(work: Iterable[T], length: int, label: str) -> Iterator[Iterable[T]]:
    """Hand out work that shows how much of it is done, as one goes through it."""
    if not _shows_bar():
        if label and length > 1:
            speech.talk(label)
        yield work
        return
    with _shown(work, length, label) as bar:
        yield bar


@contextmanager
def steps(count: int, label: str) -> Iterator[Callable[[str], None]]:
    """Hand out what is told of each step when it begins; there are about so many."""
    if speech.is_verbose() or not _shows_bar():
        speech.talk(label)
        yield speech.talk if speech.is_verbose() else _silent
        return
    with _shown(None, count, label) as bar:

        def tell(step: str) -> None:
            bar.label = f"{label}: {step}"
            bar.update(1)

        yield tell


@contextmanager
def measured(label: str) -> Iterator[Callable[[int, int], None]]:
    """Hand out what is told, again and again, how much more is done, and how much there is."""
    if not _shows_bar():
        speech.talk(label)
        yield lambda _, __: None
        return
    with _shown(None, 1, label) as bar:

        def count(more: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(more)

        yield count


@contextmanager
def _shown(work: Iterable[Any] | None, length: int, label: str) -> Iterator[ProgressBar[Any]]:
    """Show a bar, which makes room for whatever else is said meanwhile."""
    bar = click.progressbar(
        work,
        length,
        label,
        file=sys.stderr,
        width=_WIDTH,
        bar_template=_BAR,
        show_pos=work is not None,
    )
    with bar, speech.below(lambda: click.echo(_WIPE, nl=False, err=True), bar.render_progress):
        yield bar


def _silent(_: str) -> None:
    """Say nothing: one line stands there already."""


def _shows_bar() -> bool:
    return sys.stderr.isatty() and not speech.is_quiet() and not speech.is_verbose()

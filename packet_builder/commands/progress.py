"""How far long work is: a bar on a terminal, one line elsewhere, a line a step where asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from packet_builder.commands import speech

T = TypeVar("T")

_BAR = "%(label)s  [%(bar)s]  %(info)s"
_WIDTH = 24


@contextmanager
def counted(work: Iterable[T], length: int, label: str) -> Iterator[Iterable[T]]:
    """Hand out work that shows how much of it is done, as one goes through it."""
    if not _shows_bar():
        if length > 1:
            speech.talk(label)
        yield work
        return
    with click.progressbar(
        work, length, label, file=sys.stderr, width=_WIDTH, bar_template=_BAR, show_pos=True
    ) as bar:
        yield bar


@contextmanager
def steps(count: int, label: str) -> Iterator[Callable[[str], None]]:
    """Hand out what is told of each step when it begins; there are about so many."""
    if speech.is_verbose() or not _shows_bar():
        speech.talk(label)
        yield speech.talk if speech.is_verbose() else _silent
        return
    with click.progressbar(
        length=count, label=label, file=sys.stderr, width=_WIDTH, bar_template=_BAR
    ) as bar:

        def tell(step: str) -> None:
            bar.label = f"{label}: {step}"
            bar.update(1)

        yield tell


def _silent(_: str) -> None:
    """Say nothing: one line stands there already."""


def _shows_bar() -> bool:
    return sys.stderr.isatty() and not speech.is_quiet() and not speech.is_verbose()

"""The text of an invented paper, in a small markup, becomes its look and the blocks of its pages.

head: Nkwanta Hill Specialist Hospital      (keys up to the first blank line)

# A heading
A paragraph, which may run
over several lines.

- a point of a list
|= Date | Test |                            (a table, its first row as head)
| 3 August | CT |
: a line that is kept as it is
> a line at the right
~ Dr. Efua Quist / Consultant Neurosurgeon  (a signature)
=====                                       (a new page)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

Kind = Literal["#", "##", "-", "|", ":", ">", "~", "^", ""]

_MARKS: tuple[Kind, ...] = ("##", "#", "-", "|", ":", ">", "~", "^")
_NEW_PAGE = "====="


@dataclass(frozen=True, slots=True)
class Look:
    """How the sheets of a paper look."""

    head: str
    sub: str = ""
    foot: str = ""
    accent: str = "#1f3a5f"
    size: str = "letter"
    family: str = "Serif"
    points: float = 11
    top: str = "letterhead"  # or band, rule, plain
    numbered: str = "yes"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper before it is drawn."""

    look: Look
    pages: tuple[tuple[Block, ...], ...]


def paper_of(text: str) -> Paper:
    """Read a paper from its markup."""
    keys, _, body = text.strip("\n").partition("\n\n")
    pages = (f"\n{body}\n").split(f"\n{_NEW_PAGE}\n")
    return Paper(_look(_pairs(keys)), tuple(blocks_of(page) for page in pages))


def paper_from(file: Path) -> Paper:
    """Read a paper from a file."""
    return paper_of(file.read_text(encoding="utf-8"))


def blocks_of(page: str) -> tuple[Block, ...]:
    """Read the blocks of one page."""
    return tuple(_blocks(page.splitlines()))


def _pairs(keys: str) -> Mapping[str, str]:
    return {
        key.strip(): value.strip()
        for key, _, value in (line.partition(":") for line in keys.splitlines())
    }


def _look(pairs: Mapping[str, str]) -> Look:
    words = {key: value for key, value in pairs.items() if key != "points"}
    return Look(**words, points=float(pairs.get("points", "11")))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    for kind, group in groupby(lines, _kind):
        if kind is None:
            continue
        texts = tuple(line[len(kind) :].strip() for line in group)
        if kind == "":
            yield Block(kind, (" ".join(texts),))
        elif kind in {"|", ":", "-"}:
            yield Block(kind, texts)
        else:
            yield from (Block(kind, (text,)) for text in texts)


def _kind(line: str) -> Kind | None:
    if not line.strip():
        return None
    return next((mark for mark in _MARKS if line.startswith((f"{mark} ", f"{mark}="))), "")

"""What is wrong at a place in a file becomes a message with an excerpt of that place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from packet_builder.errors import UnusableError

_EXCERPT_WIDTH = 100
_PRINTED_FAULTS = 200
_QUOTED_WIDTH = 60
#: Escapes would steer the terminal; bidirectional marks would show another line than the file's.
_UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a fact stands. Line and column count from 1; 0 for a file as a whole."""

    path: Path
    """As the user knows the file: relative to the case folder."""
    line: int
    column: int

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path.as_posix()}{place}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file of facts."""

    source: Source
    message: str
    width: int = 1
    """How many characters are meant, from the source on."""
    note: str = ""
    """What to do: `did you mean "a_number"?`."""
    lines: tuple[tuple[int, str], ...] = ()
    """Number and text of the line itself and of its neighbours."""
    is_blank: bool = False
    """Nothing is wrong but that something is still to be filled in."""

    def __str__(self) -> str:
        head = f"{self.source}: error: {printable(self.message)}"
        return "\n".join((head, *_excerpt(self)))


class FactsError(UnusableError):
    """The facts cannot be used as they are."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.source, fault.message)))
        super().__init__("".join(_report(self.faults)))


def printable(text: str) -> str:
    """Give a text on one line that does nothing to the terminal it is printed on."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\t", " ").replace("\n", " "))


def quoted(text: str) -> str:
    """Give a text from the facts as messages quote it: short, between quotation marks."""
    shown = text if len(text) <= _QUOTED_WIDTH else text[: _QUOTED_WIDTH - 1] + "…"
    return f'"{printable(shown)}"'


def _report(faults: tuple[Fault, ...]) -> Iterator[str]:
    """Give an empty line below each fault, but none between those that are only to be filled in."""
    shown = faults[:_PRINTED_FAULTS]
    for fault, below in zip_longest(shown, shown[1:]):
        is_close = fault.is_blank and below is not None and below.is_blank
        yield f"{fault}\n" if is_close else f"{fault}\n\n"
    if len(faults) > _PRINTED_FAULTS:
        yield f"… and {len(faults) - _PRINTED_FAULTS} more.\n\n"
    names = sorted({fault.source.path.as_posix() for fault in faults})
    yield f"{_count(faults)} in {', '.join(names)}; nothing was built."


def _count(faults: tuple[Fault, ...]) -> str:
    blanks = sum(fault.is_blank for fault in faults)
    if blanks == len(faults):
        return "1 blank to be filled in," if blanks == 1 else f"{blanks} blanks to be filled in,"
    problems = "1 problem" if len(faults) == 1 else f"{len(faults)} problems"
    return f"{problems}, {blanks} of them only to be filled in," if blanks else problems


def _excerpt(fault: Fault) -> Iterator[str]:
    for number, text in fault.lines:
        if number != fault.source.line:
            yield f"{number:5} | {_cut(text, 0)}".rstrip()
            continue
        start = 0
        if len(text) > _EXCERPT_WIDTH:
            start = max(0, fault.source.column - _EXCERPT_WIDTH // 2)
        yield f"{number:5} | {_cut(text, start)}".rstrip()
        yield f"      | {_caret(fault, text, start)}"


def _cut(text: str, start: int) -> str:
    end = start + _EXCERPT_WIDTH
    left = "…" if start else ""
    right = "…" if len(text) > end else ""
    return left + printable(text[start:end].replace("\t", "→")) + right


def _caret(fault: Fault, text: str, start: int) -> str:
    column = fault.source.column - 1
    end = min(column + fault.width, start + _EXCERPT_WIDTH)
    indent = _columns(text[start:column]) + (1 if start else 0)
    carets = "^" * max(1, _columns(text[column:end]))
    return f"{' ' * indent}{carets} {printable(fault.note)}".rstrip()


def _columns(text: str) -> int:
    """Give how many columns of a terminal a text takes."""
    return sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} and not _UNPRINTABLE.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1

"""The bytes of a file of facts become lines of text, or faults."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packet_builder.facts.fault import Fault, Source

_LIMIT_BYTES = 1_000_000
LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TAB_INDENTATION = re.compile(r" *(\t+)[ \t]*[^ \t]")
_REFUSED = re.compile(
    "(?P<direction>[\u202a-\u202e\u2066-\u2069])"
    "|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of one file of facts."""

    path: Path
    lines: tuple[str, ...]

    def fault(self, position: tuple[int, int], message: str, width: int = 1) -> Fault:
        """Give the fault at a line and column that count from 0, moved inside the text."""
        line, column = self._inside(*position)
        end = len(self.lines) - (1 if self.lines[-1] == "" and line < len(self.lines) - 1 else 0)
        shown = range(max(0, line - 1), min(end, line + 2))
        neighbours = tuple((number + 1, self.lines[number]) for number in shown)
        source = Source(self.path, line + 1, column + 1)
        return Fault(source, message, width, "", neighbours)

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        """Move the end of the file, where the parser gives up, to the end of the last words."""
        if line >= len(self.lines) - 1 and not "".join(self.lines[line:]).strip():
            written = [number for number, text in enumerate(self.lines) if text.strip()]
            line = written[-1] if written else 0
            column = len(self.lines[line].rstrip())
        return line, min(column, len(self.lines[line]))


def read_text(path: Path, name: Path | None = None) -> Text | Fault:
    """Read a file as UTF-8, or say why it cannot be read; `name` is what people call it."""
    name = name or Path(path.name)
    try:
        content = _content(path)
    except OSError:
        return Fault(Source(name, 1, 1), "the file cannot be opened; check its permissions")
    if content is None:
        return Fault(Source(name, 1, 1), "there is no such file")
    return text_of(name, content)


def text_of(name: Path, content: bytes) -> Text | Fault:
    """Give the lines of a file's bytes, or say why they cannot be read."""
    if len(content) > _LIMIT_BYTES:
        return Fault(
            Source(name, 1, 1),
            "the file is larger than 1 MB; facts are short: name long texts as evidence instead",
        )
    plain = content.removeprefix(codecs.BOM_UTF8)
    try:
        return _lines(name, plain.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _lines(name, plain[: error.start].decode("utf-8"))
        shown = _lines(name, plain.decode("utf-8", "replace"))
        position = len(before.lines) - 1, len(before.lines[-1])
        return shown.fault(position, "the file is not saved as UTF-8; save it again as UTF-8")


def refused_characters(text: Text) -> Iterator[Fault]:
    """Give a fault for each kind of character in each line that no page can show as it is."""
    for number, line in enumerate(text.lines):
        first = {match.lastgroup: match for match in reversed([*_REFUSED.finditer(line)])}
        for match in first.values():
            yield text.fault((number, match.start()), refusal(match[0]) or "")


def without_refused_characters(text: Text) -> Text:
    """Give the text with a mark in place of each refused character, so that reading can go on."""
    return Text(text.path, tuple(_REFUSED.sub("\ufffd", line) for line in text.lines))


def refusal(text: str) -> str | None:
    """Say why a text holds a character that is refused; None where it holds none."""
    match = _REFUSED.search(text)
    if match is None:
        return None
    code = f"U+{ord(match[0]):04X}"
    if match["direction"]:
        return (
            f"an invisible character ({code}) turns the direction of the text around, so that a "
            "reader sees other words than the file holds; delete it"
        )
    # Word drops these without a word, and takes what stands around them together.
    return f"an invisible control character ({code}) stands here; delete it"


def tab_indentations(text: Text) -> Iterator[Fault]:
    """Give a fault for each line that is indented with tabs."""
    for number, line in enumerate(text.lines):
        if match := _TAB_INDENTATION.match(line):
            width = match.end(1) - match.start(1)
            message = "a tab is used for indentation; use spaces"
            yield text.fault((number, match.start(1)), message, width)


def _content(path: Path) -> bytes | None:
    if not path.is_file():  # a pipe would be waited for without end
        return None
    with path.open("rb") as stream:
        return stream.read(_LIMIT_BYTES + 1)


def _lines(name: Path, text: str) -> Text:
    return Text(name, tuple(LINE_BREAK.split(text)))

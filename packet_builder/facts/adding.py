"""A file of facts becomes one with an entry more; every other byte of it stays as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from packet_builder.errors import UnusableError
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.nodes import LOADER, NULLS, read_nodes
from packet_builder.facts.text import LINE_BREAK, Text, text_of
from packet_builder.facts.tree import FactPath

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ/+(][^\0-\x1f:#\[\]{},\"'\\&*!|>%@`\x7f-\x9f]*")
_INSIDE = "  "


class EntryRefusedError(UnusableError):
    """A file of facts is written in a way in which no entry can be added safely."""

    def __init__(self, name: str, key: str, entry: str) -> None:
        shown = "\n".join(f"    {line}" for line in item_lines(entry, 2, _INSIDE))
        super().__init__(
            f"{name}: nothing was added, because the lines around the end of {key}: are written in "
            f"a way that would change with it. Add these lines below {key}: yourself:\n{shown}"
        )


def written(value: str) -> str:
    """Give a text as YAML, in quotation marks where it needs them, on one line."""
    is_plain = _PLAIN.fullmatch(value) and value == value.strip() and value not in NULLS
    if is_plain:
        return value
    if "\n" in value or "'" in value:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return f"'{value}'" if '"' in value or "\\" in value else f'"{value}"'


def entry_of(item: Mapping[str, object], remarks: Mapping[str, str] | None = None) -> str:
    """Give an entry as lines of YAML; `remarks` stand behind fields, as comments."""
    lines = (f"{name}: {flow_of(value)}".rstrip() for name, value in item.items())
    behind = remarks or {}
    commented = (
        f"{line}  # {behind[name]}" if name in behind else line
        for name, line in zip(item, lines, strict=True)
    )
    return "\n".join(commented)


def flow_of(value: object) -> str:
    """Give a value on one line: a text, or lists and fields in brackets; nothing for a blank."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name}: {flow_of(one) or '~'}" for name, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, str):
        return written(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(flow_of(one) or '~' for one in value)}]"
    return ""


def with_entry(content: bytes, key: str, entry: str, name: str = "case.yaml") -> bytes:
    """Give a file of facts with an entry more at the end of the list `key`.

    `entry` is its lines, comments too, without hyphen and indentation. Comments, line endings
    and order of the file stay. Before it is given, the new file is read, and says what the former
    one said and the entry. Raises FactsError for a file, or an entry, that cannot be read, and
    EntryRefusedError for one that cannot be added to.
    """
    before = _tree(content, name)
    given = before.get(key)
    expected = {**before, key: [*(given if isinstance(given, list) else ()), _tree_of(entry)]}
    if given is None or isinstance(given, list):
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        page = _Page(content.removeprefix(mark).decode())
        for edits in _ways(page, key, entry):
            new = mark + page.edited(edits).encode()
            if _is(new, expected, name):
                return new
    raise EntryRefusedError(name, key, entry)


def with_values(entry: str, values: Mapping[str, object], path: FactPath = ()) -> str:
    """Give the lines of an entry with values in place of its blanks, or in fields more."""
    for name, value in values.items():
        entry = _with_value(entry, (*path, name), value)
    return entry


def item_lines(entry: str, indent: int, inside: str) -> Iterator[str]:
    """Give the lines of an entry as an item of a list, its hyphen at a column."""
    before = " " * indent
    for number, line in enumerate(entry.splitlines()):
        lead = "-" + inside[1:] if number == 0 else inside
        yield f"{before}{lead}{line}".rstrip()


def _with_value(entry: str, path: FactPath, value: object) -> str:
    lines = entry.split("\n")
    reading = read_nodes(Text(Path("the new entry"), tuple(lines)))
    there = _value_at(reading.tree, path)
    if isinstance(value, Mapping) and isinstance(there, Mapping) and there:
        return with_values(entry, value, path)
    if path in reading.keys:
        place, before = reading.keys[path], reading.values[path]
        end = before.column + before.width if there is not None else place.column + place.width + 1
        lines[place.line] = _filled(lines[place.line], place.column + place.width + 1, end, value)
        return "\n".join(lines)
    beside = [mark for key, mark in reading.keys.items() if key[:-1] == path[:-1]]
    line = beside[0].line if path[:-1] else len(lines)
    lines.insert(line, f"{' ' * beside[0].column}{path[-1]}: {flow_of(value)}")
    return "\n".join(lines)


def _filled(line: str, start: int, end: int, value: object) -> str:
    """Give a line with a value behind its colon; a comment stays in its column, if it can."""
    words = f" {flow_of(value)}"
    comment = line[end:].lstrip()
    column = len(line) - len(comment)
    filled = line[:start] + words
    return f"{filled.ljust(column - 2)}  {comment}" if comment else filled


def _value_at(tree: Mapping[str, object], path: FactPath) -> object:
    value: object = tree
    for step in path:
        value = value.get(str(step)) if isinstance(value, Mapping) else None
    return value


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words that come to stand in place of a stretch of the text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class _Page:
    """The text of a file, with the places of its lines."""

    text: str

    @cached_property
    def lines(self) -> Sequence[str]:
        """Give the lines, without what ends them."""
        return LINE_BREAK.split(self.text)

    @cached_property
    def events(self) -> Sequence[Any]:
        """Give what the parser of YAML finds, each thing with its marks."""
        return tuple(yaml.parse("\n".join(self.lines), Loader=LOADER))

    @cached_property
    def _starts(self) -> Sequence[int]:
        return (0, *(found.end() for found in LINE_BREAK.finditer(self.text)))

    def place(self, line: int, column: int = 0) -> int:
        """Give where a line and column, counted from 0, stand in the text."""
        return self._starts[line] + column

    def line_edit(self, line: int, words: Sequence[str]) -> _Edit:
        """Give the edit that puts lines in front of a line, or at the end of the file."""
        ending = self._ending(line)
        if line < len(self.lines):
            here = self.place(line)
            return _Edit(here, here, "".join(f"{one}{ending}" for one in words))
        end = len(self.text)
        return _Edit(end, end, "".join(f"{ending}{one}" for one in words))

    def edited(self, edits: Sequence[_Edit]) -> str:
        """Give the text with edits made, which do not touch each other."""
        text = self.text
        for edit in sorted(edits, key=lambda one: one.start, reverse=True):
            text = text[: edit.start] + edit.words + text[edit.end :]
        return text

    def _ending(self, line: int) -> str:
        """Give how the line before a line ends, or any other where that one ends the file."""
        endings = LINE_BREAK.findall(self.text)
        return str(endings[min(line, len(endings)) - 1]) if endings else "\n"


def _ways(page: _Page, key: str, entry: str) -> Iterator[Sequence[_Edit]]:
    """Give the edits that may add an entry, the best first."""
    name, value = _found(page.events, key)
    if name is None:
        yield [_list_at_the_end(page, key, entry)]
    elif isinstance(value[0], yaml.SequenceStartEvent) and not value[0].flow_style:
        yield from ([edit] for edit in _in_block(page, value, entry))
    elif len(value) > 2:  # noqa: PLR2004 - a beginning and an end enclose nothing
        end = page.place(value[-2].end_mark.line, value[-2].end_mark.column)
        yield [_Edit(end, end, f", {flow_of(_tree_of(entry))}")]
    else:
        yield from _in_empty(page, name, value, entry)


def _found(events: Sequence[Any], key: str) -> tuple[Any, Sequence[Any]]:
    """Give the events of a field's name and of its value, of the fields that stand outermost."""
    here = 3  # behind the beginnings of stream, document and fields
    while not isinstance(events[here], yaml.MappingEndEvent):
        value = _node(events, here + 1)
        if events[here].value == key:
            return events[here], value
        here += 1 + len(value)
    return None, ()


def _node(events: Sequence[Any], start: int) -> Sequence[Any]:
    end, depth = start, 0
    while True:
        depth += isinstance(events[end], yaml.CollectionStartEvent)
        depth -= isinstance(events[end], yaml.CollectionEndEvent)
        end += 1
        if not depth:
            return events[start:end]


def _in_block(page: _Page, value: Sequence[Any], entry: str) -> Iterator[_Edit]:
    indent = value[0].start_mark.column
    last = max(_last_line(event) for event in value[1:-1])
    words = list(item_lines(entry, indent, _inside(value, indent)))
    below = last  # blank lines at the end of a text belong to it only where it says so (`|+`)
    while not page.lines[below].strip():
        below -= 1
    if _stand_apart(page, value):
        yield page.line_edit(_below_comments(page, below + 1, indent), ["", *words])
    yield page.line_edit(_below_comments(page, below + 1, indent), words)
    yield page.line_edit(last + 1, words)


def _last_line(event: Any) -> int:  # noqa: ANN401 - events have no types
    """Give the last line on which something of an event stands."""
    start, end = event.start_mark, event.end_mark
    if isinstance(event, yaml.CollectionEndEvent) and end.index == start.index:
        return 0  # a block ends where the next thing begins
    return int(end.line) - int(end.column == 0 and end.line > start.line)


def _inside(value: Sequence[Any], indent: int) -> str:
    """Give what stands between the column of the hyphens and that of the entries' fields."""
    first = value[1].start_mark
    is_beside = first.line == value[0].start_mark.line and first.column > indent + 1
    return " " * (first.column - indent) if is_beside else _INSIDE


def _stand_apart(page: _Page, value: Sequence[Any]) -> bool:
    """Tell whether an empty line stands in front of the last of several entries."""
    starts, depth = [], 0
    for event in value[1:-1]:
        if depth == 0:
            starts.append(event.start_mark.line)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
    return len(starts) > 1 and not page.lines[starts[-1] - 1].strip()


def _below_comments(page: _Page, line: int, indent: int) -> int:
    """Give the line below comments that stand right there and belong to what is above."""
    while line < len(page.lines) and _is_comment(page.lines[line], indent):
        line += 1
    return line


def _is_comment(line: str, indent: int) -> bool:
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) > indent


def _in_empty(
    page: _Page,
    name: Any,  # noqa: ANN401 - events have no types
    value: Sequence[Any],
    entry: str,
) -> Iterator[Sequence[_Edit]]:
    """Give the ways to put the first entry where nothing, `~` or `[]` stands."""
    start, end = value[0].start_mark, value[-1].end_mark
    indent = name.start_mark.column
    words = list(item_lines(entry, indent + 2, _INSIDE))
    cut = _Edit(page.place(start.line, start.column), page.place(end.line, end.column), "")
    if start.line == end.line == name.start_mark.line:
        below = _below_comments(page, start.line + 1, indent)
        yield [cut, page.line_edit(below, words)]
        yield [cut, page.line_edit(start.line + 1, words)]
    if len(value) > 1:
        opened = page.place(value[0].end_mark.line, value[0].end_mark.column)
        yield [_Edit(opened, opened, flow_of(_tree_of(entry)))]


def _list_at_the_end(page: _Page, key: str, entry: str) -> _Edit:
    indent = page.events[2].start_mark.column
    words = [f"{' ' * indent}{key}:", *item_lines(entry, indent + 2, _INSIDE)]
    line = len(page.lines) - (page.lines[-1] == "")
    is_apart = line > 0 and not page.lines[line - 1].strip()
    return page.line_edit(line, words if is_apart else ["", *words])


def _is(content: bytes, expected: Mapping[str, object], name: str) -> bool:
    try:
        return _tree(content, name) == expected
    except FactsError:
        return False


def _tree_of(entry: str) -> Mapping[str, object]:
    return _tree(entry.encode(), "the new entry")


def _tree(content: bytes, name: str) -> Mapping[str, object]:
    text = text_of(Path(name), content)
    if isinstance(text, Fault):
        raise FactsError([text])
    reading = read_nodes(text)
    if reading.faults:
        raise FactsError(reading.faults)
    return reading.tree

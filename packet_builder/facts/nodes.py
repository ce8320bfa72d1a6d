"""The lines of a file of facts become plain values with their marks, and faults."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

import yaml

from packet_builder.facts.fault import Fault, quoted
from packet_builder.facts.syntax import ALIAS, ANCHOR, TAG, explain
from packet_builder.facts.text import (
    Text,
    refusal,
    refused_characters,
    tab_indentations,
    without_refused_characters,
)
from packet_builder.facts.tree import FactPath, Mark

_DEPTH_LIMIT = 40
_QUOTING_STYLES = {"'", '"', "|"}
NULLS = {"", "~", "null"}
#: libyaml is six times as fast and gives the same marks; PyYAML may be installed without it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SWALLOWED = re.compile(r"\s+(#\S+)")
_FOLDED_BLANK_LINE = re.compile(r"(?<=[^\n])\n(?=[^\n])")


@dataclass(slots=True)
class Reading:
    """What one file gave: its values as far as they could be read, and its faults."""

    text: Text
    tree: dict[str, object] = field(default_factory=dict)
    values: dict[FactPath, Mark] = field(default_factory=dict)
    keys: dict[FactPath, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, event: yaml.Event, message: str, width: int = 1) -> None:
        """Note a fault where an event begins."""
        line, column, *_ = _span(event)
        self.faults.append(self.text.fault((line, column), message, width))


def read_nodes(text: Text) -> Reading:
    """Read a file as far as it can be read; what is wrong with it stands in its faults."""
    reading = Reading(text, faults=[*refused_characters(text)])
    if tabs := [*tab_indentations(text)]:  # the parser would stop at the first
        reading.faults.extend(tabs)
        return reading
    readable = "\n".join(without_refused_characters(text).lines)
    try:
        _Reader(reading, yaml.parse(readable, Loader=LOADER)).read()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML without libyaml hands escapes beyond Unicode to chr(), which raises the latter two
        reading.faults.append(explain(error, text))
    return reading


@dataclass(slots=True)
class _Reader:
    """Walks the events of one file once; goes on after everything but a syntax error."""

    reading: Reading
    events: Iterator[yaml.Event]

    def read(self) -> None:
        next(self.events)
        start = next(self.events)
        root = next(self.events, start)  # an empty file has no document, only an end
        if not getattr(root, "value", True) or isinstance(root, yaml.StreamEndEvent):
            self.reading.refuse(root, "the file holds no facts; write some, or remove the file")
            return
        if not isinstance(root, yaml.MappingStartEvent):
            message = 'the file must consist of fields, each written as "name: value"'
            self.reading.refuse(root, message)
            return
        self._refuse_decoration(root)
        self.reading.values[()] = self._mark(root)
        self.reading.tree.update(self._mapping((), 1))
        next(self.events)
        if isinstance(more := next(self.events), yaml.DocumentStartEvent):
            message = "a second document starts here; keep one in each file, without this line"
            self.reading.refuse(more, message, 3)

    def _node(self, event: yaml.Event, path: FactPath, depth: int) -> object:
        self._refuse_decoration(event)
        self.reading.values[path] = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event, path, depth + 1)
        return None

    def _collection(self, event: yaml.CollectionStartEvent, path: FactPath, depth: int) -> object:
        if depth > _DEPTH_LIMIT:
            message = (
                f"lists and fields stand inside one another more than {_DEPTH_LIMIT} deep here"
            )
            self.reading.refuse(event, message)
            self._skipped()
            return None
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        return self._sequence(path, depth)

    def _sequence(self, path: FactPath, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth))
        return items

    def _mapping(self, path: FactPath, depth: int) -> dict[str, object]:
        fields: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._key(event, path, fields)
            value = self._node(next(self.events), (*path, name or ""), depth)
            if name is not None:
                fields[name] = value
        return fields

    def _key(self, event: yaml.Event, path: FactPath, fields: Container[str]) -> str | None:
        """Give the name of a field, or None after refusing it."""
        self._refuse_decoration(event)
        if isinstance(event, yaml.CollectionStartEvent):
            message = "a field name must be plain text; put a text that starts with a bracket"
            self.reading.refuse(event, f"{message} in quotation marks")
            self._skipped()
        if not isinstance(event, yaml.ScalarEvent):
            return None
        name = self._scalar(event)
        if name is None:
            self.reading.refuse(event, "a field name is missing here")
        elif name == "<<":
            message = '"<<" is not used here; write the fields out'
            self.reading.refuse(event, message, 2)
        elif name in fields:
            self._refuse_duplicate(event, (*path, name))
        else:
            self.reading.keys[*path, name] = self._mark(event)
            return name
        return None

    def _refuse_duplicate(self, event: yaml.Event, path: FactPath) -> None:
        first = self.reading.keys[path]
        message = (
            f'"{path[-1]}" is given twice (first on line {first.line + 1}); keep one of the two'
        )
        self.reading.refuse(event, message, first.width)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        text: str = event.value
        if complaint := refusal(text):  # written as an escape, so not seen in the file's own text
            self.reading.refuse(event, complaint, self._mark(event).width)
        if event.style in _QUOTING_STYLES:
            return text
        if not event.style:
            self._refuse_swallowed(event)
            if text in NULLS:
                return None
        # YAML folds a blank line to one line break; the model must see the blank line still
        return _FOLDED_BLANK_LINE.sub("\n\n", text)

    def _refuse_swallowed(self, event: yaml.ScalarEvent) -> None:
        """Refuse `Apt. #4B`, of which YAML would keep `Apt.` and no more."""
        _, column, end_line, end_column = _span(event)
        line = self.reading.text.lines[end_line] if event.value else ""
        if match := _SWALLOWED.match(line, end_column):
            message = (
                f"{quoted(match[1])} is taken for a comment and would be lost; put the text in "
                "quotation marks, or write a space after the # of a comment"
            )
            self.reading.refuse(event, message, max(1, match.end() - column))

    def _refuse_decoration(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.reading.refuse(event, ALIAS)
        elif getattr(event, "anchor", None) is not None:
            self.reading.refuse(event, ANCHOR)
        if getattr(event, "tag", None) is not None:
            self.reading.refuse(event, TAG)

    def _mark(self, event: yaml.Event) -> Mark:
        line, column, end_line, end_column = _span(event)
        width = 1
        if isinstance(event, yaml.ScalarEvent):
            stop = end_column if line == end_line else len(self.reading.text.lines[line].rstrip())
            width = max(1, stop - column)
        return Mark(self.reading.text.path, line, column, width)

    def _skipped(self) -> None:
        """Pass over the rest of a collection."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)


def _span(event: yaml.Event) -> tuple[int, int, int, int]:
    start, end = event.start_mark, event.end_mark
    # only events that are made by hand have no marks
    return start.line, start.column, end.line, end.column  # type: ignore[union-attr]

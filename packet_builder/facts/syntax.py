"""A refusal of the YAML parser becomes a place and a sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from packet_builder.facts.fault import Fault, quoted
from packet_builder.facts.text import Text

_GENERIC = "this line cannot be read; check its indentation, its colons and its quotation marks"
_OUT_OF_LINE = {
    "-": "a list item stands where a field is expected; check the indentation",
    ":": "a field name is missing here",
}
TAG = 'a text that starts with "!" must stand in quotation marks (YAML tags are not used here)'
ANCHOR = 'a text that starts with "&" must stand in quotation marks (anchors are not used here)'
ALIAS = 'a text that starts with "*" must stand in quotation marks (aliases are not used here)'
_BACKSLASH = (
    "a backslash means something else between double quotation marks; "
    "use single quotation marks around this text"
)


@dataclass(frozen=True, slots=True)
class _Row:
    said: re.Pattern[str]
    """What PyYAML says, with libyaml or without: it has one class for all its refusals."""
    sentence: str | Callable[[str, int], str]
    """Ours, or what makes ours from the line and the column where the parser stopped."""
    at_opening: bool = False
    """The place that helps is where the thing began, not where the parser gave up."""


def explain(error: Exception, text: Text) -> Fault:
    """Give the fault that a refusal of the parser stands for."""
    said = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', '')}"
    row = next((row for row in _ROWS if row.said.search(said)), _Row(re.compile(""), _GENERIC))
    opening, stopped = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = (opening if row.at_opening else None) or stopped or opening
    position = (mark.line, mark.column) if mark else (0, 0)
    if isinstance(row.sentence, str):
        return text.fault(position, row.sentence)
    line = text.lines[position[0]] if position[0] < len(text.lines) else ""
    return text.fault(position, row.sentence(line, position[1]))


def _second_colon(line: str, column: int) -> str:
    if ": " in line[:column] or re.match(r" *[\"'\[{]", line):
        return "a second colon stands in this line; put the text around it in quotation marks"
    return "this line is indented further than the lines it belongs to, or follows an open text"


def _unexpected_character(line: str, column: int) -> str:
    character = line[column : column + 1]
    if character == "\t":
        return "a tab stands here; use spaces"
    return f"a text that starts with {quoted(character)} must stand in quotation marks"


def _closes_nothing(line: str, column: int) -> str:
    if not line[column:]:
        return "the file ends here before everything that was opened is closed"
    return f"the {quoted(line[column])} here does not belong to anything before it"


def _out_of_line(line: str, column: int) -> str:
    before, after = line[:column].rstrip(), line[column:]
    if before.endswith(('"', "'")):
        return (
            f"there is more text after the closing {before[-1]}; "
            "put the whole text between the other kind of quotation marks"
        )
    if before.endswith(("]", "}")):
        return f"there is more text after the {quoted(before[-1])}; put it all in quotation marks"
    if before:
        return _GENERIC
    return _OUT_OF_LINE.get(after[:1], "this line is not indented like the lines it belongs to")


def _unclosed(line: str, column: int) -> str:
    return (
        f"the bracket {quoted(line[column : column + 1])} opened here is never closed, or a comma "
        "is missing inside; a text that starts with a bracket must stand in quotation marks"
    )


_ROWS = (
    _Row(
        re.compile(r"document start"),
        "this line stands further left than the first line, or after the end of the facts",
    ),
    _Row(
        re.compile(r"quoted scalar.*unexpected (end of stream|document)"),
        "the quotation mark opened here is never closed",
        at_opening=True,
    ),
    _Row(re.compile(r"escape c|hexa?decimal"), _BACKSLASH),
    _Row(re.compile(r"mapping values are not allowed"), _second_colon),
    _Row(
        re.compile(r"found a tab character"),
        "a tab is used for indentation; use spaces",
    ),
    _Row(re.compile(r"cannot start any token"), _unexpected_character),
    _Row(re.compile(r"flow (sequence|mapping).*expected ','"), _unclosed, at_opening=True),
    _Row(
        re.compile(r"could not find expected ':'"),
        "a colon is missing after this field name, or this line continues the text above it and "
        "must be indented further",
        at_opening=True,
    ),
    _Row(
        re.compile(r"sequence entries are not allowed"),
        "a list cannot start on the line of its field name; start it on the next line",
    ),
    _Row(re.compile(r"scanning an alias"), ALIAS, at_opening=True),
    _Row(re.compile(r"scanning an anchor"), ANCHOR, at_opening=True),
    _Row(re.compile(r"(scanning|parsing) a tag|undefined tag"), TAG, at_opening=True),
    _Row(
        re.compile(r"scanning a block scalar"),
        'after "|" or ">" the text starts on the next line, indented; '
        "a text that starts with such a sign must stand in quotation marks",
        at_opening=True,
    ),
    _Row(re.compile(r"directive|incompatible"), 'a line must not start with "%"'),
    _Row(re.compile(r"node content"), _closes_nothing),
    _Row(
        re.compile(r"expected '-' indicator|block collection"),
        "a list item is expected here: a hyphen, a space and the text, "
        "indented like the items above",
    ),
    _Row(re.compile(r"expected key|block mapping"), _out_of_line),
)

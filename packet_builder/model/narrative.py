"""Narrative text of the facts, with its citations: `[@osei-letter p. 3]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from packet_builder.model.base import Part
from packet_builder.model.scalars import OneOrMany, Prose

_BRACKET = re.compile(r"\[@(?P<inside>[^\]]*)\]")
_ITEM = re.compile(
    r"\s*@?(?P<id>[a-z0-9][a-z0-9-]*)(?:\s*,?\s*pp?\.?\s*(?P<pages>\d+(?:\s*[-–,]\s*\d+)*))?\s*"
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_UNOPENED = re.compile(r"(?<!\[)@[a-z0-9-]+[^\[\]@]{0,20}\]|\[@[^\]]*$")


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages of an exhibit, 1-based, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One piece of evidence that a text points to."""

    evidence: str  # id of the evidence
    pages: tuple[PageRange, ...] = ()  # none: the exhibit as a whole


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """The citations that stand together in one pair of brackets."""

    written: str
    citations: tuple[Citation, ...]


def pieces_of(text: str) -> Iterator[str | CitationGroup]:
    """Give a text as plain pieces and citation groups, in order.

    Raises ValueError, with what is wrong as its message, on a citation that cannot be read.
    """
    end = 0
    for match in _BRACKET.finditer(text):
        if match.start() > end:
            yield _plain(text[end : match.start()])
        yield CitationGroup(match[0], _citations(match))
        end = match.end()
    if end < len(text):
        yield _plain(text[end:])


def citations_of(text: str) -> tuple[Citation, ...]:
    """Give every citation in a text, in order."""
    return tuple(
        citation
        for piece in pieces_of(text)
        if isinstance(piece, CitationGroup)
        for citation in piece.citations
    )


def _plain(text: str) -> str:
    if stray := _UNOPENED.search(text):
        message = f'"{stray[0]}" is not a whole citation; write it like [@osei-letter p. 3]'
        raise ValueError(message)
    return text


def _citations(group: re.Match[str]) -> tuple[Citation, ...]:
    return tuple(_citation(item, group[0]) for item in group["inside"].split(";"))


def _citation(item: str, written: str) -> Citation:
    match = _ITEM.fullmatch(item)
    if match is None:
        message = f'"{written}" is not a citation; write it like [@osei-letter p. 3]'
        raise ValueError(message)
    return Citation(match["id"], tuple(_page_ranges(match["pages"] or "", written)))


def _page_ranges(pages: str, written: str) -> Iterator[PageRange]:
    for first, last in _RANGE.findall(pages):
        span = PageRange(int(first), int(last or first))
        if span.first < 1 or span.last < span.first:
            message = f'"{written}": pages are counted from 1, the lower number first'
            raise ValueError(message)
        yield span


def _readable(text: str) -> str:
    try:
        list(pieces_of(text))
    except ValueError as error:
        raise PydanticCustomError("citation", "{reason}", {"reason": str(error)}) from None
    return text


Narrative = Annotated[Prose, AfterValidator(_readable)]


def _as_mapping(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class ClaimText(Part):
    """A statement that evidence supports."""

    text: Narrative
    """The statement, with its citations: `... [@osei-letter p. 3].`"""
    quote: Prose | None = None
    """Words that must stand on the cited page, to the letter."""


class TextOrMapping:
    """Lets a claim without a quote be given as its text alone."""

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_mapping, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


Claim = Annotated[ClaimText, TextOrMapping()]
Claims = Annotated[tuple[Claim, ...], OneOrMany()]

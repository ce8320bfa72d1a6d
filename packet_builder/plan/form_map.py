"""A form's map as data: each printed item, its box, and the fact that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.facts import read_file
from packet_builder.model.base import Part
from packet_builder.model.faults import interpret
from packet_builder.model.scalars import Count, Flag, Line, OneOrMany


class Tick(Part):
    """A box that may be ticked, and its state in the file when it is."""

    field: Line
    state: Line


class When(Part):
    """What must hold for an item to be asked at all."""

    fact: Line
    values: Annotated[tuple[Line, ...], OneOrMany(), Field(alias="is", min_length=1)]


class Item(Part):
    """One printed question: a field to write into, or boxes of which one is ticked."""

    part: Line | None = None
    item: Line
    asked: Line
    fact: Line | None = None
    """Where the answer lies among the facts of this form: `filer.name.family`."""
    text: Line | None = None
    """An answer that is the same in every filing."""
    field: Line | None = None
    ticks: dict[str, Tick] = Field(default_factory=dict)
    """The box for each answer."""
    unticked: tuple[Line, ...] = ()
    """The answers for which no box is ticked."""
    when: Annotated[tuple[When, ...], OneOrMany()] = ()
    """All of these must hold, or the item stays blank."""
    optional: Flag = False
    """Printed "if any" or "if applicable": no answer is no open question."""
    takes: Line | None = None
    """The characters that the form's own check takes, as a set of a regular expression."""
    pitch: Count = 18
    """Points from one printed rule to the next, where the field has several lines."""

    @model_validator(mode="after")
    def _has_one_answer_and_one_place(self) -> Item:
        if (self.fact is None) == (self.text is None):
            raise PydanticCustomError("one_answer", "an item has either a fact or a text")
        if (self.field is None) == (not self.ticks):
            raise PydanticCustomError("one_place", "an item has either a field or ticks")
        return self

    @property
    def fields(self) -> Iterator[str]:
        """Give the full names of the fields that this item may fill."""
        if self.field is not None:
            yield self.field
        yield from (tick.field for tick in self.ticks.values())


class Block(Part):
    """One block of the Additional Information part."""

    page: Line
    part: Line
    item: Line
    text: Line


class Additional(Part):
    """Where answers go that are too long for their box."""

    part: Line
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    pitch: Count = 18


class Blank(Part):
    """Fields that stay blank, and why."""

    fields: Annotated[tuple[Line, ...], OneOrMany(), Field(min_length=1)]
    reason: Line


class Signer(StrEnum):
    """Whose hand an item wants."""

    FILER = "filer"
    CLIENT = "client"
    ATTORNEY = "attorney"
    SUPPORTER = "supporter"
    INTERPRETER = "interpreter"
    PREPARER = "preparer"
    CARD_HOLDER = "card_holder"
    """The holder of the card or of the bank account that pays."""


class ByHand(StrEnum):
    """What is written in ink."""

    SIGNATURE = "signature"
    DATE = "date"
    NUMBER = "number"
    """Of a card or an account: no file holds it."""
    TICK = "tick"
    TEXT = "text"


class Ink(Part):
    """A printed item that a person completes in ink."""

    part: Line | None = None
    item: Line | None = None
    asked: Line
    signer: Signer
    person: Line | None = None
    """Where that person lies among the facts of the form, if not under the signer's own name."""
    what: ByHand
    when: Annotated[tuple[When, ...], OneOrMany()] = ()
    """All of these must hold, or the item stays blank."""
    fields: Annotated[tuple[Line, ...], OneOrMany(), Field(min_length=1)]


class FormMap(Part):
    """Every box of one edition of a form: filled, signed in ink, or never filled."""

    form: Line
    edition: Line
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    additional: Additional | None = None
    ink: tuple[Ink, ...] = ()
    """Signatures, their dates, and what is written by hand."""
    never: tuple[Blank, ...] = ()
    """Boxes that do not apply to these filings."""

    @property
    def fields(self) -> Iterator[str]:
        """Give the full name of every field that the map knows, as often as it names it."""
        for item in self.items:
            yield from item.fields
        kept_blank: tuple[Ink | Blank, ...] = (*self.ink, *self.never)
        for blank in kept_blank:
            yield from blank.fields
        for block in self.additional.blocks if self.additional else ():
            yield from (block.page, block.part, block.item, block.text)


def map_path(templates: Path, form: str, edition: str) -> Path:
    """Give where the map of an edition lies, `forms/g-28/2018-09-17.yaml`.

    An edition is printed 09/17/18; no form of these filings is of the last century.
    """
    month, day, year = edition.split("/")
    return templates / "forms" / form / f"20{year}-{month}-{day}.yaml"


def read_form_map(path: Path) -> FormMap:
    """Read the map of an edition; raises FactsError with every fault of the file."""
    return interpret(FormMap, read_file(path))

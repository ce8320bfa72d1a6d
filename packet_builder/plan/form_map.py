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
from packet_builder.template_files import template_file


class Tick(Part):
    """A box that may be ticked, and its state in the file when it is."""

    field: Line
    state: Line
    says: Line | None = None
    """What is printed beside the box, where that is not the answer of the facts."""


class When(Part):
    """What must hold for an item to be asked at all."""

    fact: Line
    values: Annotated[tuple[Line, ...], OneOrMany(), Field(alias="is", min_length=1)]


class Nothing(Part):
    """What is written where the facts say that a person has no such thing."""

    lacking: Line
    """Where the facts say so: `filer.lacks.a_number`."""
    text: Line = "N/A"


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
    beside: Line | None = None
    """For an answer that has no box of its own and goes to Additional Information: the field
    whose page it belongs to."""
    many: Flag = False
    """Printed "select all applicable boxes": more than one may be ticked."""
    unticked: tuple[Line, ...] = ()
    """The answers for which no box is ticked."""
    when: Annotated[tuple[When, ...], OneOrMany()] = ()
    """All of these must hold, or the item stays blank."""
    optional: Flag = False
    """Printed "if any" or "if applicable": no answer is no open question."""
    none: Nothing | None = None
    """Where the instructions want "N/A" of a person who has no such thing. Then the silence of
    the facts is an open question, whatever is printed."""
    takes: Line | None = None
    """The characters that the form's own check takes, as a set of a regular expression."""
    pitch: Count = 18
    """Points from one printed rule to the next, where the field has several lines."""
    drop: Count = 0
    """Points by which the text sits below the middle of its field, on the line of what is printed
    beside it."""

    @model_validator(mode="after")
    def _has_one_answer_and_one_place(self) -> Item:
        if (self.fact is None) == (self.text is None):
            raise PydanticCustomError("one_answer", "an item has either a fact or a text")
        if sum((self.field is not None, bool(self.ticks), self.beside is not None)) != 1:
            message = "an item has one of field, ticks and beside"
            raise PydanticCustomError("one_place", message)
        return self

    @property
    def fields(self) -> Iterator[str]:
        """Give the full names of the fields that this item may fill."""
        if self.field is not None:
            yield self.field
        yield from (tick.field for tick in self.ticks.values())


class Column(Part):
    """What each row of a printed table asks."""

    asked: Line
    fact: Line
    """Where the answer lies in an entry of the list: `name.full`."""
    optional: Flag = False
    takes: Line | None = None


class Table(Part):
    """The printed rows that a list of the facts fills; entries beyond them are carried."""

    part: Line | None = None
    item: Line
    asked: Line
    fact: Line
    when: Annotated[tuple[When, ...], OneOrMany()] = ()
    none: Nothing | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Line, ...], ...], Field(min_length=1)]
    """The full names of the fields, row by row."""

    @model_validator(mode="after")
    def _has_a_field_for_each_column(self) -> Table:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise PydanticCustomError("whole_rows", "each row has one field for each column")
        return self


class Whole(Part):
    """What must hold for a part of the form to be completed at all."""

    part: Line
    when: Annotated[tuple[When, ...], OneOrMany(), Field(min_length=1)]


class Exclusive(Part):
    """Boxes of several items of which only one may be ticked."""

    asked: Line
    fields: Annotated[tuple[Line, ...], Field(min_length=2)]


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
    BENEFICIARY = "beneficiary"
    """On a form that the person who comes files alone: Form I-765."""
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


class Addendum(Part):
    """What stands on the sheets that continue a form when it has no room left."""

    name: Line
    """Whose name heads each sheet, among the facts of the form: `filer.name.full`."""
    a_number: Line
    signer: Signer
    """Who signs and dates each sheet."""
    signed_as: Line
    """As printed below the line: `Applicant`."""


class FormMap(Part):
    """Every box of one edition of a form: filled, signed in ink, or never filled."""

    form: Line
    edition: Line
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    lists: tuple[Table, ...] = ()
    parts: tuple[Whole, ...] = ()
    """Parts that are completed in some filings only."""
    exclusive: tuple[Exclusive, ...] = ()
    """Boxes that exclude each other across items; those of one item do in any case."""
    additional: Additional | None = None
    addendum: Addendum
    ink: tuple[Ink, ...] = ()
    """Signatures, their dates, and what is written by hand."""
    never: tuple[Blank, ...] = ()
    """Boxes that do not apply to these filings."""

    @property
    def fields(self) -> Iterator[str]:
        """Give the full name of every field that the map knows, as often as it names it."""
        for item in self.items:
            yield from item.fields
        for table in self.lists:
            for row in table.rows:
                yield from row
        kept_blank: tuple[Ink | Blank, ...] = (*self.ink, *self.never)
        for blank in kept_blank:
            yield from blank.fields
        for block in self.additional.blocks if self.additional else ():
            yield from (block.page, block.part, block.item, block.text)

    @property
    def groups(self) -> Iterator[tuple[str, ...]]:
        """Give the boxes of which only one may be ticked, group by group."""
        yield from (group.fields for group in self.exclusive)
        yield from (tuple(item.fields) for item in self.items if item.ticks and not item.many)


def map_path(templates: Path, form: str, edition: str) -> Path:
    """Give where the map of an edition lies, `forms/g-28/2018-09-17.yaml`.

    An edition is printed 09/17/18; no form of these filings is of the last century.
    """
    month, day, year = edition.split("/")
    return template_file(templates, "forms", form, f"20{year}-{month}-{day}.yaml")


def read_form_map(path: Path) -> FormMap:
    """Read the map of an edition; raises FactsError with every fault of the file."""
    return interpret(FormMap, read_file(path))

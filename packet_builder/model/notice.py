"""The notice that a filing answers: what it asks, in its own words, and the answer to each item."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.model.base import Part
from packet_builder.model.narrative import ClaimText, TextOrMapping
from packet_builder.model.scalars import (
    Day,
    ExhibitLetter,
    Identifier,
    Line,
    OneOrMany,
    Prose,
    ReceiptNumber,
    RelativePath,
)


class AnswerText(ClaimText):
    """A statement in answer to a notice."""

    arose: Day | None = None
    """The day on which it came to be, where that was after the request was filed."""


Answer = Annotated[AnswerText, TextOrMapping()]


class NoticeItem(Part):
    """One thing that a notice asks for, and the answer."""

    id: Identifier
    """A short name of your own."""
    asks: Prose
    """The notice's own words. They become a heading, and must stand in the notice."""
    summary: Line | None = None
    """The same in a few words, for the table; without it the table has the notice's words."""
    answer: Annotated[tuple[Answer, ...], OneOrMany()] = ()
    """What is said to it, each statement with its proof; without one, `not_answered:` says why."""
    exhibits: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """Evidence that answers it and that the answer does not cite."""
    not_answered: Prose | None = None
    """Why it is not answered, or which part of it is not: the letters say so."""

    @model_validator(mode="after")
    def _is_dealt_with(self) -> Self:
        if self.exhibits and not self.answer:
            message = 'exhibits need words: say in "answer:" what they show'
            raise PydanticCustomError("answer_missing", message, {"path": ("exhibits",)})
        return self


class FiledElsewhere(Part):
    """A request that was filed without this program."""

    date: Day
    """The date that the request carried."""
    last_exhibit: ExhibitLetter | None = None
    """The letter of its last exhibit: new ones continue it. What is cited of it goes again."""


class AnsweredNotice(Part):
    """The notice that a filing answers."""

    event: Identifier
    """The `rfe` or `noid` among the events of the case: it has the dates and the address."""
    files: Annotated[tuple[RelativePath, ...], OneOrMany(), Field(min_length=1)] = Field(
        alias="file"
    )
    """The notice as it came, every page: it goes on top of the answer."""
    receipt_number: ReceiptNumber
    """The receipt number of the request, as the notice prints it."""
    items: Annotated[tuple[NoticeItem, ...], Field(min_length=1)]
    """Each thing that the notice asks for, in its own order; each becomes a section of the
    response."""
    filed_elsewhere: FiledElsewhere | None = None
    """Only where there is no final packet of the request, because this program did not make it."""

    @property
    def is_complete(self) -> bool:
        """Tell whether every item is answered, and no part of one is left out."""
        return all(item.answer and item.not_answered is None for item in self.items)

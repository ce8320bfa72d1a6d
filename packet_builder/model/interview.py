"""What an officer may ask at the port of entry, and what the person answers."""

from __future__ import annotations

from enum import StrEnum

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.scalars import Line, Prose


class InterviewTopic(StrEnum):
    """What a question is about."""

    PURPOSE = "purpose"
    STAY = "stay"
    SUPPORT = "support"
    RETURN = "return"
    FEE = "fee"
    HISTORY = "history"
    OTHER = "other"


class InterviewAnswer(Part):
    """A question that an officer may ask, with the answer in the person's own words."""

    about: InterviewTopic = InterviewTopic.OTHER
    """Which topic it belongs to; `check` misses `purpose`, `stay`, `support` and `return` where
    nothing is about them."""
    question: Line
    """The question as an officer may put it: `Why do you want to come to the United States?`"""
    answer: Claims
    """As the person would say it, with its proof: `My daughter needs ... [@osei-letter p. 3]`."""
    native_question: Line | None = None
    """The question in the language of the filing (`language:` below `filing:`)."""
    native_answer: Prose | None = None
    """The answer in that language, as the person said it or a translator wrote it. It is never
    translated by a program."""

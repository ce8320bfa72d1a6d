"""The ten questions that decide the shape of a case, with the answers that go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from packet_builder.errors import UsageError
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.fees import Payment
from packet_builder.model.request import GroundKind

Answers = Mapping[str, str]
Choices = Mapping[str, str]  # an answer, and what it means

NONE = "none"
LATER = "later"


class AnswerMisfitError(UsageError):
    """An answer does not go with the others, or is none of those that there are."""

    def __init__(self, question: Question, given: str, choices: Iterable[str]) -> None:
        super().__init__(
            f"--{question.name} {given}: {question.misfit}. "
            f"Here one of these fits: {', '.join(choices)}. Nothing was written."
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One question; which answers fit depends on those given before."""

    name: str  # of the option that answers it
    words: str
    choices: Callable[[Answers, Law], Choices]  # the first is taken where nobody answers
    misfit: str  # why an answer may not fit


def _filer(_: Answers, __: Law) -> Choices:
    return {
        "petitioner": "somebody in the United States files for them",
        "beneficiary": "the person who comes files alone",
    }


def _place(_: Answers, __: Law) -> Choices:
    return {
        "abroad": "outside the United States: a first request",
        "inside": "here on parole: a new period of it",
    }


def _ground(_: Answers, __: Law) -> Choices:
    return {LATER: "leave it blank", **{one.value: _words(one) for one in GroundKind}}


def _supporter(before: Answers, _: Law) -> Choices:
    if before["place"] == "inside":
        return {NONE: "a new period of parole takes no Form I-134"}
    petitioner = {"petitioner": "the petitioner"} if before["files"] == "petitioner" else {}
    return {
        **petitioner,
        "other": "somebody else",
        "beneficiary": "the person who comes, from own means",
    }


def _delivery(_: Answers, __: Law) -> Choices:
    return {
        "courier": "on paper, by FedEx, UPS or DHL",
        "usps": "on paper, by the Postal Service",
        "online": "in the online account",
    }


def _fee(before: Answers, _: Law) -> Choices:
    known = {
        LATER: "leave it blank",
        Payment.CREDIT_CARD.value: "paid by credit card",
        Payment.BANK_ACCOUNT.value: "paid from a bank account",
        Payment.WAIVER.value: "a waiver is asked for: inability to pay",
        Payment.EXEMPTION.value: "a listed category that pays nothing",
    }
    if before["delivery"] == "online":
        del known[Payment.WAIVER.value]
    return known


def _exception(before: Answers, law: Law) -> Choices:
    ground = before["ground"]
    fitting = (
        one
        for one in parole_fee_exceptions(law)
        if one.drafted and (not one.grounds or ground == LATER or ground in one.grounds)
    )
    return {NONE: "the parole fee is paid", **{one.id: one.name for one in fitting}}


def _yes_or_no(_: Answers, __: Law) -> Choices:
    return {"no": "no", "yes": "yes"}


Asker = Callable[[Question, Choices], str]

_ANY = "it is none of the answers"
#: All of them but who comes, which is a list of names.
QUESTIONS = (
    Question("files", "Who files", _filer, _ANY),
    Question("place", "Where are they now", _place, _ANY),
    Question("ground", "Why is parole asked", _ground, _ANY),
    Question(
        "supporter",
        "Who promises support (Form I-134)",
        _supporter,
        "only a petitioner can support as one, and a new period of parole takes no Form I-134",
    ),
    Question("delivery", "How is it filed", _delivery, _ANY),
    Question("fee", "How is the filing fee met", _fee, "a waiver is asked for on paper only"),
    Question(
        "exception",
        "Which exception from the parole fee",
        _exception,
        "each exception belongs to a ground, and one that is written here",
    ),
    Question("key-date", "Is there a day that everything turns on", _yes_or_no, _ANY),
    Question("history", "Any visa refused, overstay, order or arrest", _yes_or_no, _ANY),
)


def answered(given: Mapping[str, str | None], law: Law, ask: Asker | None = None) -> Answers:
    """Give an answer to each question: what was given, what a person says, or the first that fits.

    Raises AnswerMisfitError where what was given does not go together.
    """
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        choices = question.choices(answers, law)
        said = given.get(question.name)
        if said is None:
            is_open = ask is not None and len(choices) > 1
            said = ask(question, choices) if ask and is_open else next(iter(choices))
        if said not in choices:
            raise AnswerMisfitError(question, said, choices)
        answers[question.name] = said
    return answers


def _words(ground: GroundKind) -> str:
    return ground.value.replace("_", " ")

"""A form's map and the facts become what stands in each box, and the questions left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packet_builder.errors import UnusableError
from packet_builder.plan.form_map import FormMap, Item, When
from packet_builder.plan.form_words import Words, look_up


class FormFactError(UnusableError):
    """A form's map names a fact that does not exist."""

    def __init__(self, form: str, item: str, path: str) -> None:
        super().__init__(
            f'The map of Form {form} fills item {item} from "{path}", which is no fact. '
            "Correct the map below templates/forms."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into one field."""

    field: str  # the full name
    part: str | None
    item: str
    asked: str
    text: str | None = None
    state: str | None = None  # of a box that is ticked
    takes: str | None = None
    pitch: int = 18


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that the facts do not answer; its boxes stay blank."""

    part: str | None
    item: str
    asked: str


def answers_of(form: FormMap, words: Words) -> tuple[Answer | OpenQuestion, ...]:
    """Answer every item that is asked; raises FormFactError where the map names no fact."""
    return tuple(_answered(form, words))


def _answered(form: FormMap, words: Words) -> Iterator[Answer | OpenQuestion]:
    for item in form.items:
        try:
            yield from _answer(item, words)
        except (KeyError, ValueError):
            raise FormFactError(form.form, item.item, item.fact or "") from None


def _answer(item: Item, words: Words) -> Iterator[Answer | OpenQuestion]:
    if not all(holds(when, words) for when in item.when):
        return
    told = item.text if item.fact is None else look_up(words, item.fact)
    values = [str(one) for one in (told if isinstance(told, list) else [told]) if one is not None]
    if item.field is not None and values:
        place = (item.field, item.part, item.item, item.asked)
        yield Answer(*place, "; ".join(values), takes=item.takes, pitch=item.pitch)
        return
    ticked = [item.ticks[value] for value in values if value in item.ticks]
    for tick in ticked:
        yield Answer(tick.field, item.part, item.item, item.asked, state=tick.state)
    answered = len(ticked) + sum(value in item.unticked for value in values)
    if not item.optional and answered < max(1, len(values)):
        yield OpenQuestion(item.part, item.item, item.asked)


def holds(when: When, words: Words) -> bool:
    """Tell whether what an item depends on is so."""
    return look_up(words, when.fact) in when.values

"""A form's map and the facts become what stands in each box, and the questions left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from packet_builder.errors import UnusableError
from packet_builder.plan.form_map import Column, FormMap, Item, Nothing, Table, When
from packet_builder.plan.form_words import Words, look_up
from packet_builder.plan.machine_readable import spelled_as_in_passport

_IN_BRACKETS = re.compile(r" \([^)]*\)")


class FormFactError(UnusableError):
    """A form's map names a fact that does not exist."""

    def __init__(self, form: str, item: str, path: str) -> None:
        super().__init__(
            f'The map of Form {form} fills item {item} from "{path}", which is not a fact. '
            "Correct the map below templates/forms."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into one field, or has no field and goes to Additional Information."""

    field: str | None  # the full name
    part: str | None
    item: str
    asked: str
    text: str | None = None
    state: str | None = None  # of a box that is ticked
    ticked: str | None = None  # the answer of the facts that it is ticked for
    says: str | None = None  # what is printed beside it
    takes: str | None = None
    pitch: int = 18
    drop: int = 0
    beside: str | None = None  # where there is no field: one of the page that it belongs to
    label: str | None = None  # tells it from other answers of its item, where it is carried
    fact: str | None = None  # where it lies among the facts of the form
    instead_of: str | None = None  # as the facts write a name that is spelled as in the passport


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that the facts do not answer; its boxes stay blank."""

    part: str | None
    item: str
    asked: str
    fact: str | None = None
    lack: str | None = None  # as "without:" names it, where the facts may say that there is none
    box: str | None = None  # a field that stays blank, or one of the page


def answers_of(form: FormMap, words: Words) -> tuple[Answer | OpenQuestion, ...]:
    """Answer every item that is asked; raises FormFactError where the map names no fact."""
    return tuple(_answered(form, words))


def _answered(form: FormMap, words: Words) -> Iterator[Answer | OpenQuestion]:
    wholes = {whole.part: whole.when for whole in form.parts}
    boxes = Counter((item.part, item.item) for item in form.items if not item.ticks)
    for item in form.items:
        label = item.asked if boxes[item.part, item.item] > 1 else None
        with naming(form, item):
            if not unmet(item, wholes, words):
                yield from answers_to(item, label, words)
    for table in form.lists:
        with naming(form, table):
            if not unmet(table, wholes, words):
                yield from listed(table, words)


@contextmanager
def naming(form: FormMap, printed: Item | Table) -> Iterator[None]:
    """Name form, item and fact where a map names what is no fact; raises FormFactError."""
    try:
        yield
    except (KeyError, ValueError):
        raise FormFactError(form.form, printed.item, printed.fact or "") from None


def unmet(
    printed: Item | Table, wholes: Mapping[str, tuple[When, ...]], words: Words
) -> tuple[When, ...]:
    """Give the conditions that do not hold; an item without any is asked."""
    conditions = (*wholes.get(printed.part or "", ()), *printed.when)
    return tuple(when for when in conditions if not holds(when, words))


def answers_to(item: Item, label: str | None, words: Words) -> Iterator[Answer | OpenQuestion]:
    """Answer an item that is asked; nothing, where it may stay blank and does."""
    told = item.text if item.fact is None else look_up(words, item.fact)
    values = [str(one) for one in (told if isinstance(told, list) else [told]) if one is not None]
    place = (item.part, item.item, item.asked)
    if item.ticks:
        yield from _ticked(item, values)
    elif values:
        text, written = spelled_as_in_passport(item.fact, "; ".join(values), words)
        yield Answer(
            item.field,
            *place,
            text,
            takes=item.takes,
            pitch=item.pitch,
            drop=item.drop,
            beside=item.beside,
            label=label,
            fact=item.fact,
            instead_of=written,
        )
    elif item.none is not None and _is_lacking(item.none, words):
        yield Answer(item.field, *place, item.none.text, fact=item.none.lacking)
    elif item.none is not None or not item.optional:
        yield OpenQuestion(*place, item.fact, _lack(item.none), item.field or item.beside)


def _ticked(item: Item, values: Sequence[str]) -> Iterator[Answer | OpenQuestion]:
    place = (item.part, item.item, item.asked)
    ticked = [value for value in values if value in item.ticks]
    for value in ticked:
        tick = item.ticks[value]
        yield Answer(
            tick.field,
            *place,
            state=tick.state,
            ticked=value,
            says=tick.says or value.replace("_", " "),
            fact=item.fact,
        )
    answered = len(ticked) + sum(value in item.unticked for value in values)
    if not item.optional and answered < max(1, len(values)):
        yield OpenQuestion(*place, item.fact, box=next(item.fields))


def listed(table: Table, words: Words) -> Iterator[Answer | OpenQuestion]:
    """Give the entries of a list row by row; those beyond the last row as lines of text."""
    entries: Sequence[Any] = look_up(words, table.fact) or ()
    if not entries:
        yield from _without_entries(table, words)
    for number in range(len(entries)):
        told = [_cell(table, number, column, words) for column in table.columns]
        if number < len(table.rows):
            yield from _row(table, number, told)
        else:
            yield _beyond(table, number, told)
            yield from _open_cells(table, number, told)


def _without_entries(table: Table, words: Words) -> Iterator[Answer | OpenQuestion]:
    place = (table.part, table.item, table.asked)
    if table.none is None:
        return
    if _is_lacking(table.none, words):
        yield Answer(table.rows[0][0], *place, table.none.text, fact=table.none.lacking)
    else:
        yield OpenQuestion(*place, table.fact, _lack(table.none), table.rows[0][0])


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one entry of a list answers to one column."""

    column: Column
    fact: str
    text: str | None
    instead_of: str | None


def _cell(table: Table, number: int, column: Column, words: Words) -> _Cell:
    fact = f"{table.fact}.{number}.{column.fact}"
    told = look_up(words, fact)
    if told is None:
        return _Cell(column, fact, None, None)
    return _Cell(column, fact, *spelled_as_in_passport(fact, str(told), words))


def _row(table: Table, number: int, told: Sequence[_Cell]) -> Iterator[Answer | OpenQuestion]:
    for cell, name in zip(told, table.rows[number], strict=True):
        asked = _asked(table, number, cell.column)
        if cell.text is not None:
            yield Answer(
                name,
                table.part,
                table.item,
                asked,
                cell.text,
                takes=cell.column.takes,
                label=asked,
                fact=cell.fact,
                instead_of=cell.instead_of,
            )
    yield from _open_cells(table, number, told)


def _open_cells(table: Table, number: int, told: Sequence[_Cell]) -> Iterator[OpenQuestion]:
    row = table.rows[min(number, len(table.rows) - 1)]
    for cell, box in zip(told, row, strict=True):
        if cell.text is None and not cell.column.optional:
            asked = _asked(table, number, cell.column)
            yield OpenQuestion(table.part, table.item, asked, cell.fact, box=box)


def _beyond(table: Table, number: int, told: Sequence[_Cell]) -> Answer:
    """Give a line for an entry that has no row: `4. Family Name: Sohrabi; Given Name: Roya`."""
    said = [f"{_IN_BRACKETS.sub('', cell.column.asked)}: {cell.text}" for cell in told if cell.text]
    written = "; ".join(cell.instead_of for cell in told if cell.instead_of) or None
    return Answer(
        None,
        table.part,
        table.item,
        table.asked,
        f"{number + 1}. {'; '.join(said)}",
        beside=table.rows[-1][0],
        fact=f"{table.fact}.{number}",
        instead_of=written,
    )


def _asked(table: Table, number: int, column: Column) -> str:
    return f"{table.asked}, row {number + 1}: {column.asked}"


def _is_lacking(none: Nothing, words: Words) -> bool:
    return look_up(words, none.lacking) is not None


def _lack(none: Nothing | None) -> str | None:
    return none.lacking.rpartition(".")[2] if none else None


def holds(when: When, words: Words) -> bool:
    """Tell whether what an item depends on is so."""
    return look_up(words, when.fact) in when.values

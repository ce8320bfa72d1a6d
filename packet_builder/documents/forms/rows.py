"""A form's map and its blank become a table: one row a box, and what is written into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from packet_builder.documents.forms.box import Box
from packet_builder.plan.form_map import FormMap, Ink, Item, Nothing, Table, When

_MIDDLE = 318.0  # points from the left: in the gap between the columns of Forms G-28 and I-765
_LINE = 8.0  # points by which the upper edges of one line's boxes may differ


class RowKind(StrEnum):
    """What becomes of a box."""

    FILLED = "filled"
    ADDITIONAL = "additional"
    """A block of the form's Additional Information."""
    INK = "ink"
    NEVER = "never"
    UNMAPPED = "unmapped"
    """The blank has the box, and the map does not name it."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One box."""

    field: str  # the full name
    kind: RowKind
    part: str | None
    item: str | None
    asked: str | None
    filled_by: str  # a fact with its conditions, who writes in ink, or why it stays blank
    of_table: str | None = None  # in the first row of a printed table: what the table asks
    number: int = 0  # from 1, in reading order
    page: int | None = None  # None: the blank does not have the box, or is not at hand

    @property
    def place(self) -> str:
        """Give the printed place in words."""
        named = (("Part", self.part), ("Item", self.item))
        return ", ".join(f"{word} {value}" for word, value in named if value)


def field_rows(form: FormMap, boxes: Mapping[str, Box] | None) -> tuple[FieldRow, ...]:
    """Give a row for every box, in the order in which a reader comes upon them.

    Without a blank the rows stand in the order of the map, and have no pages.
    """
    rows = list(_rows(form))
    if boxes is not None:
        named = {row.field for row in rows}
        rows += [
            FieldRow(name, RowKind.UNMAPPED, None, None, None, "the map does not name it")
            for name in boxes
            if name not in named
        ]
        places = {name: place for place, name in enumerate(in_reading_order(boxes.values()))}
        rows = [_on_its_page(row, boxes) for row in rows]
        rows.sort(key=lambda row: places.get(row.field, len(places)))
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _on_its_page(row: FieldRow, boxes: Mapping[str, Box]) -> FieldRow:
    return replace(row, page=boxes[row.field].page) if row.field in boxes else row


def in_reading_order(boxes: Iterable[Box]) -> Iterator[str]:
    """Give the names of boxes page by page, as a reader comes upon them; barcodes last."""
    for _, on_page in groupby(sorted(boxes, key=_page), key=_page):
        page = list(on_page)
        printed = [box for box in page if not box.is_barcode]
        in_columns = not any(_crosses_middle(box) for box in printed)
        left = [box for box in printed if not in_columns or box.rect[0] < _MIDDLE]
        yield from _line_by_line(left)
        yield from _line_by_line([box for box in printed if box not in left])
        yield from (box.name for box in page if box.is_barcode)


def _page(box: Box) -> int:
    return box.page


def _line_by_line(boxes: Sequence[Box]) -> Iterator[str]:
    """Give boxes line by line, from left to right; those of one line differ by some points."""
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.rect[3]):
        if not lines or lines[-1][0].rect[3] - box.rect[3] > _LINE:
            lines.append([])
        lines[-1].append(box)
    for line in lines:
        yield from (box.name for box in sorted(line, key=lambda box: box.rect[0]))


def _crosses_middle(box: Box) -> bool:
    return box.rect[0] < _MIDDLE < box.rect[2]


def _rows(form: FormMap) -> Iterator[FieldRow]:
    wholes = {whole.part: whole.when for whole in form.parts}
    for item in form.items:
        yield from _item_rows(item, wholes.get(item.part or "", ()))
    for table in form.lists:
        yield from _table_rows(table, wholes.get(table.part or "", ()))
    for ink in form.ink:
        for name in ink.fields:
            yield FieldRow(name, RowKind.INK, ink.part, ink.item, ink.asked, _by_hand(ink))
    for blank in form.never:
        for name in blank.fields:
            yield FieldRow(name, RowKind.NEVER, None, None, None, blank.reason)
    for block in form.additional.blocks if form.additional else ():
        for what in ("page", "part", "item", "text"):
            yield FieldRow(
                field=getattr(block, what),
                kind=RowKind.ADDITIONAL,
                part=form.additional.part if form.additional else None,
                item=None,
                asked="Additional Information",
                filled_by=f"{what} of an answer that is too long for its box",
            )


def _item_rows(item: Item, whole: tuple[When, ...]) -> Iterator[FieldRow]:
    place = (item.part, item.item, item.asked)
    only = _conditions((*whole, *item.when)) + _nothing(item.none)
    if item.field is not None:
        told = item.fact or f'always "{item.text}"'
        yield FieldRow(item.field, RowKind.FILLED, *place, f"{told}{only}")
    for answer, tick in item.ticks.items():
        told = f'{item.fact} is "{answer}"' if item.fact else "always"
        yield FieldRow(tick.field, RowKind.FILLED, *place, f"ticked when {told}{only}")


def _table_rows(table: Table, whole: tuple[When, ...]) -> Iterator[FieldRow]:
    only = _conditions((*whole, *table.when)) + _nothing(table.none)
    for number, row in enumerate(table.rows):
        for name, column in zip(row, table.columns, strict=True):
            asked = f"{table.asked}, row {number + 1}: {column.asked}"
            told = f"{table.fact}.{number}.{column.fact}{only}"
            whole_table = table.asked if number == 0 else None
            place = (table.part, table.item, asked)
            yield FieldRow(name, RowKind.FILLED, *place, told, of_table=whole_table)


def _nothing(none: Nothing | None) -> str:
    return f'; "{none.text}" if {none.lacking}' if none else ""


def _conditions(when: tuple[When, ...]) -> str:
    told = [f"{one.fact} is {' or '.join(one.values)}" for one in when]
    return f"; only if {' and '.join(told)}" if told else ""


def _by_hand(ink: Ink) -> str:
    return f"{ink.what.value} of the {ink.signer.value.replace('_', ' ')}{_conditions(ink.when)}"

"""A form's map becomes a table of its boxes, and pictures of pages with every box marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.build import planned_forms
from packet_builder.assembly.form_list import KnownForm, known_forms, only_forms
from packet_builder.assembly.forms import WrittenForm
from packet_builder.assembly.order import Order
from packet_builder.documents.forms.blank import blank_in, prepare_blank
from packet_builder.documents.forms.box import Box, boxes_of
from packet_builder.documents.forms.candidate import is_empty, read_candidate
from packet_builder.documents.forms.map_faults import map_faults
from packet_builder.documents.forms.picture import BoxState, MarkedBox, marked_pages
from packet_builder.documents.forms.rows import FieldRow, RowKind, field_rows
from packet_builder.errors import UsageError
from packet_builder.law.form_editions import FormEdition
from packet_builder.law.law import Law
from packet_builder.plan.form_map import map_path, read_form_map
from packet_builder.workspace import Folders, scratch_folder, write_whole


class FormWithoutMapError(UsageError):
    """A form has no map in the edition that is in force."""

    def __init__(self, edition: FormEdition, path: Path) -> None:
        super().__init__(
            f"Form {edition.form}, edition {edition.edition}, cannot be filled: its map {path} "
            'is not there. Follow "A new edition" in docs/forms.md, or complete the form by hand.'
        )


class FormNotInForceError(UsageError):
    """No edition of a form is known to be in force on the day."""

    def __init__(self, form: str, on: dt.date) -> None:
        super().__init__(
            f"no edition of Form {form} is known to be in force on {on:%Y-%m-%d}; "
            "choose another day with --date, or add its row to law.yaml."
        )


class BlankMissingError(UsageError):
    """Pictures of a form need its blank."""

    def __init__(self, edition: FormEdition) -> None:
        super().__init__(
            f"the blank of Form {edition.form} is missing; download it from {edition.address}, "
            "then run: packet-builder forms add FILE"
        )


class FormNotFiledError(UsageError):
    """A case's filing has no such form."""

    def __init__(self, form: str, case: str) -> None:
        super().__init__(
            f'the filing of "{case}" has no Form {form}; `packet-builder plan {case}` lists what '
            "it has."
        )


@dataclass(frozen=True, slots=True)
class FormTable:
    """Every box of a form, and where its blank lies."""

    edition: FormEdition
    rows: tuple[FieldRow, ...]
    blank: Path | None
    boxes: Mapping[str, Box]
    faults: tuple[str, ...]  # where map and blank do not fit each other


def form_table(named: str, law: Law, on: dt.date, folders: Folders) -> FormTable:
    """Give the table of a form in the edition in force; raises FormUnknownError and its like."""
    form = _in_force(only_forms(known_forms(law, on, folders), (named,)), on)
    path = map_path(folders.templates, form.edition.id, form.edition.edition)
    if not form.is_mapped:
        raise FormWithoutMapError(form.edition, path)
    boxes = read_candidate(form.blank).boxes if form.blank else None
    read = read_form_map(path)
    faults = map_faults(read, form.edition.edition, boxes)
    return FormTable(form.edition, field_rows(read, boxes), form.blank, boxes or {}, faults)


def _in_force(forms: tuple[KnownForm, ...], on: dt.date) -> KnownForm:
    for form in forms:
        if form.edition.is_in_force(on):
            return form
    raise FormNotInForceError(forms[0].edition.form, on)


def draw_blank(table: FormTable, folder: Path) -> Iterator[Path]:
    """Draw the pages of a blank with every box marked."""
    if table.blank is None:
        raise BlankMissingError(table.edition)
    form = table.edition.form
    with scratch_folder(folder) as scratch:
        prepare_blank(table.blank, form, scratch)
        marked = [_marked(table, row, _STATES[row.kind]) for row in table.rows if row.page]
        title = f"Form {form}, edition {table.edition.edition}"
        for page, content in enumerate(marked_pages(blank_in(scratch).pages, title, marked), 1):
            target = folder / f"form-{table.edition.id}-p{page:02}.png"
            write_whole(target, content)
            yield target


def draw_case(table: FormTable, order: Order, folder: Path) -> Iterator[Path]:
    """Draw the pages of a form as a case fills it, for each person whom it is completed for."""
    if table.blank is None:
        raise BlankMissingError(table.edition)
    forms = planned_forms(order, table.edition.id)
    if not forms:
        raise FormNotFiledError(table.edition.form, order.case)
    for form in forms:
        states = case_states(table, form)
        marked = [_marked(table, row, states[row.field]) for row in table.rows if row.page]
        for page, content in enumerate(marked_pages(form.pdf.path, form.planned.title, marked), 1):
            target = folder / f"{form.planned.id}-p{page:02}.png"
            write_whole(target, content)
            yield target


_STATES: Mapping[RowKind, BoxState] = {
    RowKind.FILLED: BoxState.FILLED,
    RowKind.ADDITIONAL: BoxState.FILLED,
    RowKind.INK: BoxState.INK,
    RowKind.NEVER: BoxState.NEVER,
    RowKind.UNMAPPED: BoxState.UNMAPPED,
}


def _marked(table: FormTable, row: FieldRow, state: BoxState) -> MarkedBox:
    box = table.boxes[row.field]
    return MarkedBox(row.number, box.page, box.rect, state)


def case_states(table: FormTable, form: WrittenForm) -> Mapping[str, BoxState]:
    """Tell of each box what became of it in a filled form."""
    from pypdf import PdfReader  # noqa: PLC0415 - start-up time

    context = form.planned.context or {}
    filled = {
        name for name, box in boxes_of(PdfReader(form.filled)).items() if not is_empty(box.value)
    }
    ink = {name for line in context["ink"] for name in line["fields"]}
    asked = {(one["part"], one["item"], one["asked"]) for one in context["open"]}
    states: dict[str, BoxState] = {}
    for row in table.rows:
        states[row.field] = _STATES[row.kind]
        if row.kind is RowKind.INK and row.field not in ink:
            states[row.field] = BoxState.BLANK
        elif row.kind in {RowKind.FILLED, RowKind.ADDITIONAL} and row.field not in filled:
            is_open = any((row.part, row.item, one) in asked for one in (row.asked, row.of_table))
            states[row.field] = BoxState.OPEN if is_open else BoxState.BLANK
    return states

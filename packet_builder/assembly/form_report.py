"""Known forms, their findings and added files become lines for a terminal, and rows of JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby, zip_longest
from typing import Any

from packet_builder.assembly.blanks import Added, BlankOfOtherEditionError, named
from packet_builder.assembly.form_list import FormFinding, KnownForm
from packet_builder.assembly.form_table import FormTable
from packet_builder.documents.forms.candidate import Candidate
from packet_builder.documents.forms.difference import Difference
from packet_builder.documents.forms.rows import FieldRow, RowKind
from packet_builder.law.form_editions import FormEdition
from packet_builder.law.office import FILE

_ASKED, _TOLD = 48, 46  # widths of the columns of a form's table
_HEADS = ("Form", "Edition", "Pages", "sha256", "Checked", "Blank", "Map", "State", "Address")


def list_lines(forms: Sequence[KnownForm]) -> Iterator[str]:
    """Give a table."""
    rows = [_HEADS, *map(_cells, forms)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _cells(form: KnownForm) -> tuple[str, ...]:
    edition = form.edition
    return (
        edition.form,
        edition.edition,
        str(edition.pages),
        (edition.sha256 or "unknown")[:8],
        edition.checked_on.isoformat(),
        "here" if form.blank else "missing",
        "yes" if form.is_mapped else "no",
        form.state.value,
        edition.address,
    )


def form_row(form: KnownForm) -> Mapping[str, object]:
    """Give a form as `--json` prints it."""
    edition = form.edition
    return {
        "form": edition.form,
        "id": edition.id,
        "title": edition.title,
        "edition": edition.edition,
        "pages": edition.pages,
        "sha256": edition.sha256,
        "checked_on": edition.checked_on.isoformat(),
        "address": edition.address,
        "state": form.state.value,
        "blank": form.blank.name if form.blank else None,
        "mapped": form.is_mapped,
    }


def form_finding_lines(finding: FormFinding) -> tuple[str, str]:
    """Give a finding as a person reads it: weight, form, message; then what to do."""
    head = f"{finding.weight}: {finding.form}: {finding.message}"
    return head, f"    {finding.cure}"


def table_lines(table: FormTable) -> Iterator[str]:
    """Give a form's boxes page by page: number, printed place and question, and what fills it."""
    edition = table.edition
    yield f"Form {edition.form}, edition {edition.edition}: {len(table.rows)} boxes"
    for page, rows in groupby(table.rows, key=lambda row: row.page):
        yield ""
        yield f"Page {page}" if page else "Page unknown" if table.blank is None else "No page"
        for row in rows:
            yield from _row_lines(row)


def _row_lines(row: FieldRow) -> Iterator[str]:
    """Give one box: its place and question beside what fills it, and its name below."""
    left = textwrap.wrap(": ".join(filter(None, (row.place, row.asked))), _ASKED) or [""]
    right = textwrap.wrap(_told(row), _TOLD)
    for number, (asked, told) in enumerate(zip_longest(left, right, fillvalue="")):
        head = f"{row.number:>4}  " if number == 0 else " " * 6
        yield f"{head}{asked:<{_ASKED}}  {told}".rstrip()
    yield f"{' ' * 6}{row.field}"


def _told(row: FieldRow) -> str:
    return row.filled_by if row.kind is RowKind.FILLED else f"{row.kind}: {row.filled_by}"


def field_row(row: FieldRow) -> Mapping[str, object]:
    """Give one box as `--json` prints it."""
    return {
        "number": row.number,
        "page": row.page,
        "part": row.part,
        "item": row.item,
        "asked": row.asked,
        "kind": row.kind.value,
        "filled_by": row.filled_by,
        "field": row.field,
    }


def added_lines(added: Added) -> Iterator[str]:
    """Say what became of a file; of one that was refused also how it differs from what is known."""
    if added.blank is not None and added.edition is not None:
        done = "is there already" if added.was_there else "was added"
        yield f"{added.file.name}: {named(added.edition)} {done}: {added.blank}"
        return
    yield str(added.refusal)
    if added.said is None or added.edition is None:
        return
    yield from _said_lines(added.said)
    yield from _difference_lines(added.compared, added.edition, added.items)
    if isinstance(added.refusal, BlankOfOtherEditionError):
        yield f"    To file on it, put this row into {FILE} beside firm.yaml and add it again:"
        yield from (f"      {line}" for line in _law_row_lines(added.said, added))


def added_row(added: Added) -> Mapping[str, Any]:
    """Give what became of a file as `--json` prints it."""
    mark = added.said.mark if added.said else None
    return {
        "file": added.file.name,
        "blank": str(added.blank) if added.blank else None,
        "was_there": added.was_there,
        "refused": str(added.refusal) if added.refusal else None,
        "says": {"form": mark.form, "edition": mark.edition, "pages": added.said.pages}
        if mark and added.said
        else None,
        "compared_with": added.edition.edition if added.compared and added.edition else None,
        "difference": asdict(added.compared) if added.compared else None,
    }


def _law_row_lines(said: Candidate, added: Added) -> Iterator[str]:
    """Give the row of law of a new edition; what only a person can know stays empty."""
    mark, known = said.mark, added.edition
    if mark is None or known is None:
        return
    yield "form_editions:"
    yield f"  - id: {known.id}"
    yield f'    form: "{mark.form}"'
    yield f'    title: "{known.title}"'
    yield f'    edition: "{mark.edition}"'
    yield f"    pages: {said.pages}"
    yield f'    sha256: "{added.digest}"'
    yield f'    address: "{known.address}"'
    yield f'    what_to_do: "{known.what_to_do}"'
    yield "    effective_from:      # the first day on which this edition is accepted"
    yield "    source:              # where you read that: page and day"
    yield "    status: primary"
    yield "    checked_on:          # the day on which you read it"


def _said_lines(said: Candidate) -> Iterator[str]:
    for kind, marks in (("barcodes", said.barcodes), ("footers", said.footers)):
        told = [f"{mark.form} {mark.edition}" if mark else "nothing" for mark in marks]
        each = ", ".join(dict.fromkeys(told))
        yield f"    Its {kind} say: {each}, on {told.count(told[0])} of {said.pages} pages."
    if said.filled:
        yield f"    Fields that hold a value: {said.filled}. An official blank has at most a few."


def _difference_lines(
    compared: Difference | None, edition: FormEdition, items: Mapping[str, str]
) -> Iterator[str]:
    if compared is None:
        yield f"    Its fields are not compared: neither blank nor map of {named(edition)} is here."
        return
    if compared.is_nothing:
        yield f"    Its fields are those of {named(edition)}: the same map fits."
        return

    def told(name: str) -> str:
        return f"{name} ({items[name]})" if name in items else name

    yield f"    Compared with {named(edition)}:"
    yield from (f"      gone     {told(name)}" for name in compared.gone)
    yield from (f"      new      {name}" for name in compared.new)
    for one in compared.renamed:
        yield f"      renamed  {told(one.before)}"
        yield f"            to {one.after}"
    for change in compared.changed:
        yield f"      changed  {told(change.field)}: {'; '.join(change.what)}"

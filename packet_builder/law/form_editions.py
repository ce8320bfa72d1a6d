"""The official forms: edition, pages, and where the blank is to be had."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.table import Row, read_table, row_in_force


class FormEdition(Row):
    """One edition of an official form."""

    form: str  # as printed: I-131
    title: str
    edition: str  # as printed in the footer: 01/20/25
    pages: int
    sha256: str | None = None  # of the official blank
    address: str  # where the blank is published


def form_edition(identifier: str, on: dt.date) -> FormEdition:
    """Give the edition of a form in force on a date; raises LawGapError."""
    rows = read_table("form_editions", FormEdition)
    return row_in_force("form_editions", rows, identifier, on)

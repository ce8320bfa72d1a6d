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
    expires_on_face: dt.date | None = None  # as printed
    expiry_is_ignored: bool = False  # the agency accepts the form beyond the printed day
    what_to_do: str
    conflict: tuple[str, ...] = ()  # reports that contradict each other, oldest first
    confirm_within_days: int | None = None  # how short before signing it must be confirmed
    newer_edition: str | None = None  # known to replace this one


class OtherForm(Row):
    """A form that no packet holds, or whose edition was not seen."""

    form: str
    title: str
    edition: str | None = None
    pages: int | None = None
    expires_on_face: dt.date | None = None
    newer_editions: tuple[str, ...] = ()  # reported, oldest first
    what_to_do: str


def form_editions() -> tuple[FormEdition, ...]:
    """Give every edition."""
    return read_table("form_editions", FormEdition)


def form_edition(identifier: str, on: dt.date) -> FormEdition:
    """Give the edition of a form in force on a date; raises LawGapError or LawUnverifiedError."""
    return row_in_force("form_editions", form_editions(), identifier, on)


def other_forms() -> tuple[OtherForm, ...]:
    """Give every form that is known and never filed by this program."""
    return read_table("other_forms", OtherForm)


def newest_schedule() -> str:
    """Give the newest edition of the fee schedule that is known, as printed."""
    schedule = next(row for row in other_forms() if row.id == "g-1055")
    return schedule.newer_editions[-1] if schedule.newer_editions else schedule.edition or ""

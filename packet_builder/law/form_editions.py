"""The official forms: edition, pages, and where the blank is to be had."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.law import Law
from packet_builder.law.table import Row, Table
from packet_builder.model.scalars import Count, Day, Flag, Line


class FormEdition(Row):
    """One edition of an official form."""

    form: Line
    """The number of the form, as printed: I-131."""
    title: Line
    """What the form is called on its face."""
    edition: Line
    """As printed in the footer: 01/20/25."""
    pages: Count
    """How many pages the blank has; a blank with more or fewer is refused."""
    sha256: Line | None = None
    """The SHA-256 of the official blank, which tells it from any other file."""
    address: Line
    """Where the blank is published."""
    expires_on_face: Day | None = None
    """The day on which it expires, as printed on the form."""
    expiry_is_ignored: Flag = False
    """Whether the agency accepts the form beyond the printed day."""
    what_to_do: Line
    """What somebody has to do before it is filed; findings say it."""
    conflict: tuple[Line, ...] = ()
    """Reports that contradict each other, oldest first."""
    confirm_within_days: Count | None = None
    """Within how many days before signing it must be confirmed."""
    newer_edition: Line | None = None
    """An edition that is known to replace this one; then nothing is filed on it."""
    filed_from_within: Flag = False
    """Whether only a person who is in the United States may file it."""


class OtherForm(Row):
    """A form that no packet holds, or whose edition was not seen."""

    form: Line
    """The number of the form, as printed: AR-11."""
    title: Line
    """What the form is called, in a few words."""
    edition: Line | None = None
    """The edition as printed in the footer; left out where it was not seen."""
    pages: Count | None = None
    """How many pages it has, where that is known."""
    expires_on_face: Day | None = None
    """The day that the form itself prints, where it prints one."""
    newer_editions: tuple[Line, ...] = ()
    """Later editions that are reported, oldest first."""
    what_to_do: Line
    """What to know of it: where it goes, or that it goes in no packet."""


FORM_EDITIONS = Table("form_editions", FormEdition)
OTHER_FORMS = Table("other_forms", OtherForm)
FEE_SCHEDULE = "g-1055"


def form_editions(law: Law) -> tuple[FormEdition, ...]:
    """Give every edition."""
    return law.rows(FORM_EDITIONS)


def form_edition(law: Law, identifier: str, on: dt.date) -> FormEdition:
    """Give the edition of a form in force on a date; raises LawGapError or LawUnverifiedError."""
    return law.in_force(FORM_EDITIONS, identifier, on)


def other_forms(law: Law) -> tuple[OtherForm, ...]:
    """Give every form that is known and never filed by this program."""
    return law.rows(OTHER_FORMS)


def newest_schedule(law: Law, on: dt.date) -> str:
    """Give the newest edition of the fee schedule that is known, as printed.

    Raises LawGapError.
    """
    schedule = law.any_in_force(OTHER_FORMS, FEE_SCHEDULE, on)
    return schedule.newer_editions[-1] if schedule.newer_editions else schedule.edition or ""

"""Law, forms folder and maps become a list of the official forms, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from packet_builder.assembly.forms import blanks_in
from packet_builder.errors import UsageError
from packet_builder.law.form_editions import FormEdition, form_editions
from packet_builder.law.freshness import (
    BLOCK_AFTER,
    WARN_AFTER,
    days_since_check,
    edition_doubt,
    edition_fault,
)
from packet_builder.law.law import Law
from packet_builder.law.office import FILE
from packet_builder.plan.form_map import map_path
from packet_builder.rules.finding import Weight
from packet_builder.workspace import Folders, digest_of


class FormUnknownError(UsageError):
    """No table names such a form."""

    def __init__(self, named: str, known: Sequence[str]) -> None:
        super().__init__(f'there is no form "{named}". Known are: {", ".join(known)}.')


class EditionState(StrEnum):
    """How an edition stands on a date."""

    CURRENT = "current"
    STALE = "stale"
    """Last checked too long ago to be relied on."""
    CONFLICT = "in conflict"
    """Reports contradict each other on which edition is accepted."""
    NEWER = "newer known"
    EXPIRED = "expired"
    NOT_IN_FORCE = "not in force"


@dataclass(frozen=True, slots=True)
class KnownForm:
    """An edition of a form, with its blank and its map where they are there."""

    edition: FormEdition
    state: EditionState
    blank: Path | None
    is_mapped: bool


@dataclass(frozen=True, slots=True)
class FormFinding:
    """One thing about the forms that somebody should look at."""

    weight: Weight
    form: str  # as printed, or the name of a file
    message: str
    cure: str


def known_forms(law: Law, on: dt.date, folders: Folders) -> tuple[KnownForm, ...]:
    """Give every edition of every form, in the order of the table."""
    present = {digest_of(path): path for path in blanks_in(folders.forms)}
    return tuple(
        KnownForm(
            edition,
            state_of(edition, on),
            present.get(edition.sha256 or ""),
            map_path(folders.templates, edition.id, edition.edition).is_file(),
        )
        for edition in form_editions(law)
    )


def only_forms(forms: Sequence[KnownForm], wanted: Sequence[str]) -> tuple[KnownForm, ...]:
    """Give the forms that are asked for, or all; raises FormUnknownError."""
    known = {form.edition.id: form.edition.form for form in forms}
    for name in wanted:
        if name.lower() not in known:
            raise FormUnknownError(name, tuple(known.values()))
    ids = {name.lower() for name in wanted} or set(known)
    return tuple(form for form in forms if form.edition.id in ids)


def state_of(edition: FormEdition, on: dt.date) -> EditionState:
    """Judge an edition; what forbids filing on it comes before how long ago it was checked."""
    if not edition.is_in_force(on):
        return EditionState.NOT_IN_FORCE
    if edition.newer_edition:
        return EditionState.NEWER
    if edition.conflict:
        return EditionState.CONFLICT
    if edition_fault(edition, on):
        return EditionState.EXPIRED
    return (
        EditionState.STALE if days_since_check(edition, on) > WARN_AFTER else EditionState.CURRENT
    )


def form_findings(forms: Sequence[KnownForm], on: dt.date) -> Iterator[FormFinding]:
    """Give all that stands in the way of filing on these forms on a date."""
    by_id: dict[str, list[KnownForm]] = {}
    for form in forms:
        by_id.setdefault(form.edition.id, []).append(form)
    for editions in by_id.values():
        in_force = [one for one in editions if one.state is not EditionState.NOT_IN_FORCE]
        if not in_force:
            yield _gap(editions[-1].edition, on)
        for one in in_force:
            yield from _edition_findings(one, on)
            yield from _blank_findings(one)


def stray_files(forms: Sequence[KnownForm], folders: Folders) -> Iterator[FormFinding]:
    """Name the files of the forms folder that are no blank of a known edition."""
    known = {form.blank for form in forms}
    for path in blanks_in(folders.forms):
        if path not in known:
            yield FormFinding(
                Weight.WARNING,
                path.name,
                "is not a blank of a known edition, and is not used",
                f'"packet-builder forms add {path.name}" says what it is; remove it if it is old.',
            )


def _gap(edition: FormEdition, on: dt.date) -> FormFinding:
    return FormFinding(
        Weight.ERROR,
        f"Form {edition.form}",
        f"no edition is known to be in force on {on:%Y-%m-%d}",
        f"Look it up at {edition.address}, and add its row to {FILE} beside firm.yaml.",
    )


def _edition_findings(form: KnownForm, on: dt.date) -> Iterator[FormFinding]:
    edition = form.edition
    title = f"Form {edition.form}, edition {edition.edition}"
    fault = edition_fault(edition, on) or edition_doubt(edition, on)
    if fault:
        yield FormFinding(Weight.ERROR, title, fault, edition.what_to_do)
    days = days_since_check(edition, on)
    if days > WARN_AFTER:
        yield FormFinding(
            Weight.ERROR if days > BLOCK_AFTER else Weight.WARNING,
            title,
            f"last checked on {edition.checked_on:%Y-%m-%d}, {days} days before",
            f"Compare it with {edition.address}, and say so in {FILE} under checked:.",
        )
    if edition.confirm and not fault:
        cure = f"Compare it with {edition.address} before filing."
        yield FormFinding(Weight.NOTE, title, edition.confirm, cure)


def _blank_findings(form: KnownForm) -> Iterator[FormFinding]:
    edition = form.edition
    title = f"Form {edition.form}, edition {edition.edition}"
    if edition.sha256 is None:
        message = "nothing tells its blank from other files, so none is taken for it"
        yield FormFinding(
            Weight.ERROR, title, message, f"Give its fingerprint in {FILE}, as sha256."
        )
    elif form.blank is None:
        yield FormFinding(
            Weight.ERROR,
            title,
            "its blank is missing; until it is there, a slip stands in its place",
            f"Download it from {edition.address}, then: packet-builder forms add FILE",
        )
    if not form.is_mapped:
        message = "has no map, so that it cannot be filled; a slip stands in its place"
        yield FormFinding(Weight.WARNING, title, message, "Complete it by hand.")

"""Plans the official forms of a filing: which, for whom, in which edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packet_builder.law.form_editions import FormEdition, form_edition
from packet_builder.model.case import Case
from packet_builder.plan.outline import Each, Entry, pledges
from packet_builder.plan.planned import DocumentKind, PlannedDocument


def plan_forms(entry: Entry, case: Case) -> Iterator[PlannedDocument]:
    """Give the slips that stand for a form, one for each person it is completed for.

    Raises LawGapError where no edition of the form is known for the filing date.
    """
    form = entry.form or ""
    edition = form_edition(form, case.filing.date)
    for identifier, person in _persons(entry, case):
        suffix = f"-{identifier}" if identifier else ""
        yield PlannedDocument(
            id=f"form-{form}{suffix}",
            kind=DocumentKind.SLIP,
            title=f"Form {edition.form}, {edition.title}{f', for {person}' if person else ''}",
            template="slip",
            context=_slip(edition, person),
        )


def _persons(entry: Entry, case: Case) -> Iterator[tuple[str, str]]:
    if entry.each is Each.BENEFICIARY:
        for beneficiary in case.beneficiaries:
            yield beneficiary.id, beneficiary.name.full
    elif entry.each is Each.PLEDGE:
        for supporter, beneficiary in pledges(case):
            names = f"{beneficiary.name.full}, by {supporter.name.full}"
            yield f"{supporter.id}-{beneficiary.id}", names
    else:
        yield "", ""


def _slip(edition: FormEdition, person: str) -> dict[str, Any]:
    pages = "1 page" if edition.pages == 1 else f"{edition.pages} pages"
    fetch = f"Download this edition from {edition.address}, complete it, and put all of its pages"
    checked = f"Edition last checked on {edition.checked_on:%Y-%m-%d}."
    compare = "Superseded editions are rejected: compare on the day of signing."
    return {
        "form": f"Form {edition.form}",
        "title": edition.title,
        "edition": f"Edition {edition.edition}, {pages}",
        "person": person,
        "lines": [
            "The completed form takes the place of this page.",
            f"{fetch} here before filing.",
            f"{checked} {compare}",
        ],
    }

"""Plans the official forms of a filing: which, for whom, in which edition, with which answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from packet_builder.due import fees_of, payers_of
from packet_builder.errors import UnusableError
from packet_builder.law.form_editions import FormEdition, form_edition
from packet_builder.model.people import Beneficiary, Supporter
from packet_builder.outline import Agency, DueFee, Each, Entry, pledges
from packet_builder.plan.form_answers import Answer, OpenQuestion, answers_of
from packet_builder.plan.form_facts import FormFiling, for_agency, form_facts
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.form_words import look_up
from packet_builder.plan.ink import hand_of, ink_of, signer_of
from packet_builder.plan.planned import DocumentKind, PlannedDocument

_ADD = "Then run: packet-builder forms add FILE"
_OR_BY_HAND = (
    "The next build fills it from the facts. Where it cannot be filled (packet-builder forms list "
    "says so), complete it by hand and put all of its pages here."
)

NO_MAPS: Mapping[str, FormMap] = MappingProxyType({})


class FormFromAbroadError(UnusableError):
    """An outline asks for a form that a person abroad cannot file."""

    def __init__(self, form: str, person: Beneficiary) -> None:
        super().__init__(
            f"Form {form} must be filed while in the United States, and {person.name.full} is in "
            f"{person.location.country}. Take the form's line out of the outline; it is filed "
            "after the entry."
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom one form is about."""

    id: str
    person: str  # as titles name the subject
    beneficiary: Beneficiary
    supporter: Supporter | None = None
    pays: DueFee | None = None  # of a payment form


def plan_forms(
    entry: Entry, filing: FormFiling, maps: Mapping[str, FormMap] = NO_MAPS
) -> Iterator[PlannedDocument]:
    """Give a form for each person it is completed for; a slip where no blank can be filled.

    Raises LawGapError where no edition of the form is known for the filing date, and
    FormFromAbroadError where it cannot be filed for somebody who has not entered yet.
    """
    form, on = entry.form or "", filing.case.filing.date
    edition = form_edition(filing.law, form, on)
    for subject in subjects_of(entry, filing):
        if edition.filed_from_within and subject.beneficiary.is_abroad:
            raise FormFromAbroadError(edition.form, subject.beneficiary)
        filled = maps.get(form)
        words = form_words(filing, subject) if filled else None
        yield PlannedDocument(
            id=form_id(entry, subject),
            kind=DocumentKind.SLIP if filled is None else DocumentKind.FORM,
            title=_title(edition, entry, subject),
            template="slip" if filled is None else form,
            context=_slip(edition, subject.person)
            if filled is None or words is None
            else {
                **_printed(edition, subject.person),
                **_filled(filled, for_agency(words, entry.agency), on),
            },
        )


def form_id(entry: Entry, subject: Subject) -> str:
    """Give the id of the document that a line of the outline makes for a subject."""
    return "-".join(filter(None, ("form", entry.form, _before(entry), entry.pays, subject.id)))


def form_words(filing: FormFiling, subject: Subject) -> Mapping[str, Any]:
    """Give what the form of a subject is filled from."""
    return form_facts(filing, subject.beneficiary, subject.supporter, subject.pays)


def _before(entry: Entry) -> str:
    """Give the agency where it is not the one that nearly every form goes to."""
    return "" if entry.agency is Agency.USCIS else entry.agency.value


def _title(edition: FormEdition, entry: Entry, subject: Subject) -> str:
    before = f", before {_before(entry).upper()}" if _before(entry) else ""
    pays = f" ({subject.pays.name})" if entry.pays and subject.pays else ""
    whose = f", for {subject.person}" if subject.person else ""
    return f"Form {edition.form}, {edition.title}{pays}{before}{whose}"


def subjects_of(entry: Entry, filing: FormFiling) -> Iterator[Subject]:
    """Give whom the forms of a line are about: one form each."""
    case, outline = filing.case, filing.outline
    if entry.each is Each.BENEFICIARY:
        for person in payers_of(entry, outline, case):
            due = outline.fee(entry.pays) if entry.pays else next(_fees(filing, person), None)
            yield Subject(person.id, person.name.full, person, pays=due)
    elif entry.each is Each.PLEDGE:
        for supporter, person in pledges(case):
            names = f"{person.name.full}, by {supporter.name.full}"
            yield Subject(f"{supporter.id}-{person.id}", names, person, supporter)
    else:
        yield Subject("", "", case.applicants[0])


def _fees(filing: FormFiling, person: Beneficiary) -> Iterator[DueFee]:
    return iter(fees_of(filing.outline, filing.case, person))


def _printed(edition: FormEdition, person: str) -> dict[str, Any]:
    """Give what stands on the form before it is filled, and for whom it is."""
    return {
        "form": edition.form,
        "title": edition.title,
        "person": person,
        "edition": edition.edition,
        "pages": edition.pages,
        "sha256": edition.sha256,
        "address": edition.address,
    }


def _filled(form: FormMap, words: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    answered = answers_of(form, words)
    return {
        "answers": [asdict(one) for one in answered if isinstance(one, Answer)],
        "open": [asdict(one) for one in answered if isinstance(one, OpenQuestion)],
        "ink": [asdict(line) for line in ink_of(form, words, on)],
        "groups": [list(group) for group in form.groups],
        "addendum": _addendum(form, words, on),
        "additional": form.additional.model_dump(mode="json") if form.additional else None,
    }


def _addendum(form: FormMap, words: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """Give what heads the sheets that continue a form, and who signs them, if it needs any."""
    sheets = form.addendum
    name, role, signs_for = hand_of(sheets.signer, signer_of(sheets.signer, words), words, on)
    return {
        "name": look_up(words, sheets.name),
        "a_number": look_up(words, sheets.a_number),
        "signed_as": sheets.signed_as,
        "person": name,
        "role": role,
        "signs_for": signs_for,
    }


def _slip(edition: FormEdition, person: str) -> dict[str, Any]:
    pages = "1 page" if edition.pages == 1 else f"{edition.pages} pages"
    checked = f"Edition last checked on {edition.checked_on:%Y-%m-%d}."
    compare = "Superseded editions are rejected: compare on the day of signing."
    return {
        "form": f"Form {edition.form}",
        "title": edition.title,
        "edition": f"Edition {edition.edition}, {pages}",
        "person": person,
        "address": edition.address,
        "lines": [
            "The form takes the place of this page before filing.",
            f"Download this edition from {edition.address} and save it unopened. {_ADD}",
            _OR_BY_HAND,
            f"{checked} {compare}",
        ],
    }

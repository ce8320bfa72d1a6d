"""The forms of a filing, each with the words it is filled from and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packet_builder.law.law import Law
from packet_builder.model.case import Case
from packet_builder.model.firm import Firm
from packet_builder.outline import Entry, Outline, holds
from packet_builder.plan.form_facts import for_agency
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.form_places import Places, places_of
from packet_builder.plan.form_words import Words
from packet_builder.plan.forms import Subject, form_id, form_words, subjects_of


@dataclass(frozen=True, slots=True)
class FormFiling:
    """What the forms of a filing are filled from."""

    case: Case
    firm: Firm
    outline: Outline
    law: Law


@dataclass(frozen=True, slots=True)
class FormSource:
    """What one form is filled from."""

    document: str  # its id in the packet
    form: FormMap
    subject: Subject
    words: Words
    places: Places


def form_sources(filing: FormFiling, maps: Mapping[str, FormMap]) -> Iterator[FormSource]:
    """Give each form of a filing that has a map, in the order of the outline."""
    for entry in filing.outline.documents:
        form = maps.get(entry.form or "")
        if form is not None and holds(entry.when, filing.case):
            for subject in subjects_of(entry, filing.case):
                yield _source(entry, form, subject, filing)


def _source(entry: Entry, form: FormMap, subject: Subject, filing: FormFiling) -> FormSource:
    case, firm = filing.case, filing.firm
    words = form_words(case, firm, subject, filing.law)
    return FormSource(
        form_id(entry, subject),
        form,
        subject,
        for_agency(words, entry.agency),
        places_of(case, firm, subject, entry.agency),
    )

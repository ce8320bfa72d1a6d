"""The forms of a filing, each with the words it is filled from and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packet_builder.due import entries_of
from packet_builder.outline import Entry
from packet_builder.plan.form_facts import FormFiling, for_agency
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.form_places import Places, places_of
from packet_builder.plan.form_words import Words
from packet_builder.plan.forms import Subject, form_id, form_words, subjects_of


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
    for entry in entries_of(filing.outline, filing.case):
        form = maps.get(entry.form or "")
        if form is not None:
            for subject in subjects_of(entry, filing):
                yield _source(entry, form, subject, filing)


def _source(entry: Entry, form: FormMap, subject: Subject, filing: FormFiling) -> FormSource:
    words = form_words(filing, subject)
    return FormSource(
        form_id(entry, subject),
        form,
        subject,
        for_agency(words, entry.agency),
        places_of(filing, subject, entry.agency),
    )

"""Arranges a case by its outline: which documents, in which order, under which letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.due import citations_about, entries_of
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.audience import Audience
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.filed import Filed
from packet_builder.model.firm import Firm
from packet_builder.outline import Each, Entry, Outline
from packet_builder.plan.citations import Letters, Submitted
from packet_builder.plan.enclosures import plan_enclosed_notice
from packet_builder.plan.exhibits import (
    NOTHING_FILED,
    Exhibit,
    letter_exhibits,
    names_of,
    plan_exhibits,
    plan_index,
)
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.forms import NO_MAPS, plan_forms
from packet_builder.plan.letters import LetterFacts, context_of
from packet_builder.plan.notice import plan_expedite
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.plan.privilege import check_privilege
from packet_builder.plan.submitted import cited_before, submitted_exhibits


@dataclass(frozen=True, slots=True)
class Plan:
    """A filing before paper."""

    title: str
    audience: Audience
    documents: tuple[PlannedDocument, ...]
    letters: Mapping[str, str]  # exhibit letter of each evidence id
    submitted: Mapping[str, Submitted]  # of what was filed before and does not go with it again
    waived: tuple[tuple[str, str, str], ...]  # id, title and reason of evidence that is not filed

    def of_kind(self, kind: DocumentKind) -> tuple[PlannedDocument, ...]:
        """Give the documents of one kind, in order."""
        return tuple(document for document in self.documents if document.kind is kind)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every line of the outline is planned from."""

    case: Case
    firm: Firm
    outline: Outline
    exhibits: tuple[Exhibit, ...]
    letters: Letters
    names: Mapping[str, frozenset[str]]
    maps: Mapping[str, FormMap]
    law: Law
    filed: Filed

    @property
    def forms(self) -> FormFiling:
        """Give what official forms are filled from."""
        return FormFiling(self.case, self.firm, self.outline, self.law)


def arrange(  # noqa: PLR0913, PLR0917 - all that a plan is made from
    case: Case,
    firm: Firm,
    outline: Outline,
    names: Mapping[str, frozenset[str]],
    maps: Mapping[str, FormMap] = NO_MAPS,
    law: Law = SHIPPED,
    filed: Filed = NOTHING_FILED,
) -> Plan:
    """Plan a filing.

    `names` are those that the template of each letter asks for; `maps` has the forms whose blanks
    are there to be filled.

    Raises LawGapError where a table has no row for the filing date.
    """
    exhibits = letter_exhibits(case, outline, filed)
    own = {exhibit.evidence.id: exhibit.letter for exhibit in exhibits}
    submitted = submitted_exhibits(exhibits, filed)
    letters: dict[str, str | Submitted] = {**own, **submitted}
    desk = _Desk(case, firm, outline, exhibits, MappingProxyType(letters), names, maps, law, filed)
    lines = entries_of(outline, case)
    titles = tuple(_enclosures(desk, lines))
    documents = tuple(document for entry in lines for document in _planned(desk, entry, titles))
    waived = tuple(
        (one.id, one.title, one.waived) for one in case.evidence if one.waived is not None
    )
    return Plan(outline.title, outline.audience, documents, own, submitted, waived)


def _planned(desk: _Desk, entry: Entry, titles: tuple[str, ...]) -> Iterator[PlannedDocument]:
    if entry.form is not None:
        yield from plan_forms(entry, desk.forms, desk.maps)
    elif entry.letter is not None:
        yield from _planned_letters(desk, entry, titles)
    elif entry.notice is not None:
        yield plan_expedite(desk.case, desk.firm)
    elif entry.enclosure is not None:
        yield from plan_enclosed_notice(desk.case)
    elif entry.index is not None:
        yield plan_index(desk.case, desk.exhibits, desk.outline, _cited_before(desk))
    else:
        yield from plan_exhibits(desk.exhibits)


def _cited_before(desk: _Desk) -> tuple[Submitted, ...]:
    cited = (citation for _, citation in citations_about(desk.outline, desk.case))
    return cited_before(cited, desk.letters)


def _planned_letters(
    desk: _Desk, entry: Entry, titles: tuple[str, ...]
) -> Iterator[PlannedDocument]:
    letter = entry.template or ""
    check_privilege(desk.outline, letter, desk.names[letter])
    for identifier, subject in _subjects(desk.case, entry):
        facts = LetterFacts(
            *(desk.case, desk.firm, desk.outline, desk.letters, titles, subject),
            desk.law,
            desk.filed,
        )
        yield PlannedDocument(
            id=f"letter-{letter.replace('.', '-')}{identifier}",
            kind=DocumentKind.LETTER,
            title=_letter_title(desk.case, entry, subject),
            template=letter,
            context=context_of(facts, desk.names[letter]),
        )


def _subjects(case: Case, entry: Entry) -> Iterator[tuple[str, ParoleFeeException | None]]:
    if entry.each is Each.PAROLE_FEE_EXCEPTION:
        for asked in case.fees.parole_fee:
            yield f"-{asked.beneficiary}", asked
    else:
        yield "", None


def _letter_title(case: Case, entry: Entry, subject: ParoleFeeException | None) -> str:
    title = entry.title or (entry.letter or "").replace("_", " ").title()
    if subject is None:
        return title
    return f"{title}, {case.beneficiary(subject.beneficiary).name.full}"


def _enclosures(desk: _Desk, lines: Sequence[Entry]) -> Iterator[str]:
    """Give what a letter that lists enclosures goes with: exhibits as one, no such letter."""
    for entry in lines:
        if entry.form is not None:
            yield from (document.title for document in plan_forms(entry, desk.forms))
        elif entry.letter is not None and "enclosures" not in desk.names[entry.letter]:
            for _, subject in _subjects(desk.case, entry):
                yield _letter_title(desk.case, entry, subject)
        elif entry.enclosure is not None:
            yield from (document.title for document in plan_enclosed_notice(desk.case))
        elif entry.index is not None:
            yield "Exhibit Index"
        elif entry.exhibits is not None and desk.exhibits:
            yield names_of(desk.exhibits)

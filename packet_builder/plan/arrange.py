"""Arranges a case by its outline: which documents, in which order, under which letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.due import entries_of
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.audience import Audience
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.firm import Firm
from packet_builder.outline import Each, Entry, Outline
from packet_builder.plan.exhibits import Exhibit, letter_exhibits, plan_exhibits, plan_index
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.forms import NO_MAPS, plan_forms
from packet_builder.plan.letters import LetterFacts, context_of
from packet_builder.plan.notice import plan_expedite
from packet_builder.plan.planned import DocumentKind, PlannedDocument


@dataclass(frozen=True, slots=True)
class Plan:
    """A filing before paper."""

    title: str
    audience: Audience
    documents: tuple[PlannedDocument, ...]
    letters: Mapping[str, str]  # exhibit letter of each evidence id
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
    letters: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    maps: Mapping[str, FormMap]
    law: Law

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
) -> Plan:
    """Plan a filing.

    `names` are those that the template of each letter asks for; `maps` has the forms whose blanks
    are there to be filled.

    Raises LawGapError where a table has no row for the filing date.
    """
    exhibits = letter_exhibits(case, outline)
    letters = {exhibit.evidence.id: exhibit.letter for exhibit in exhibits}
    desk = _Desk(case, firm, outline, exhibits, MappingProxyType(letters), names, maps, law)
    lines = entries_of(outline, case)
    titles = tuple(_enclosures(desk, lines))
    documents = tuple(document for entry in lines for document in _planned(desk, entry, titles))
    waived = tuple(
        (one.id, one.title, one.waived) for one in case.evidence if one.waived is not None
    )
    return Plan(outline.title, outline.audience, documents, desk.letters, waived)


def _planned(desk: _Desk, entry: Entry, titles: tuple[str, ...]) -> Iterator[PlannedDocument]:
    if entry.form is not None:
        yield from plan_forms(entry, desk.forms, desk.maps)
    elif entry.letter is not None:
        yield from _planned_letters(desk, entry, titles)
    elif entry.notice is not None:
        yield plan_expedite(desk.case, desk.firm)
    elif entry.index is not None:
        yield plan_index(desk.case, desk.exhibits, desk.outline)
    else:
        yield from plan_exhibits(desk.exhibits)


def _planned_letters(
    desk: _Desk, entry: Entry, titles: tuple[str, ...]
) -> Iterator[PlannedDocument]:
    letter = entry.template or ""
    for identifier, subject in _subjects(desk.case, entry):
        facts = LetterFacts(
            desk.case, desk.firm, desk.outline, desk.letters, titles, subject, desk.law
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
    """Give the titles that the cover letter lists: all that goes with it, exhibits as one."""
    for entry in lines:
        if entry.form is not None:
            yield from (document.title for document in plan_forms(entry, desk.forms))
        elif entry.letter is not None and entry.letter != "cover_letter":
            for _, subject in _subjects(desk.case, entry):
                yield _letter_title(desk.case, entry, subject)
        elif entry.index is not None:
            yield "Exhibit Index"
        elif entry.exhibits is not None and desk.exhibits:
            first, last = desk.exhibits[0].letter, desk.exhibits[-1].letter
            yield f"Exhibits {first} through {last}" if first != last else f"Exhibit {first}"

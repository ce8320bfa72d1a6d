"""What makes evidence weak: unsigned, undated, older than it is useful, not translated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.finding import Dossier, Finding, Weight

USEFUL_DAYS = 90  # a choice of this program: what a letter says of today's state
_YEAR = dt.timedelta(365)
_OF_TODAY = frozenset(
    {
        EvidenceKind.PHYSICIAN_LETTER,
        EvidenceKind.HOSPITAL_LETTER,
        EvidenceKind.TRANSPLANT_LETTER,
        EvidenceKind.EMPLOYMENT_LETTER,
        EvidenceKind.BANK_STATEMENT,
    }
)
_SIGNED = frozenset(
    {
        EvidenceKind.DECLARATION,
        EvidenceKind.PHYSICIAN_LETTER,
        EvidenceKind.HOSPITAL_LETTER,
        EvidenceKind.TRANSPLANT_LETTER,
        EvidenceKind.FUNERAL_LETTER,
        EvidenceKind.AGENCY_LETTER,
        EvidenceKind.EMPLOYMENT_LETTER,
        EvidenceKind.LETTER,
        EvidenceKind.CONSENT,
    }
)


def weaknesses(evidence: Evidence, filed: dt.date) -> tuple[str, ...]:
    """Give what is weak about a piece of evidence on the day of filing, in words."""
    return tuple(_weaknesses(evidence, filed))


def is_foreign(evidence: Evidence) -> bool:
    """Tell whether a document is said to be in another language than English."""
    return evidence.language is not None and evidence.language.casefold() != "english"


def letters_are_signed(dossier: Dossier) -> Iterator[Finding]:
    """Find letters and declarations that are not signed."""
    for position, one in _filed(dossier):
        if _is_unsigned(one):
            yield Finding(
                "evidence-unsigned",
                Weight.WARNING,
                f'"{one.id}" is not signed, and weighs little',
                'Get it signed and dated, then remove "signed: no".',
                ("evidence", position),
            )


def letters_are_dated(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence of today's state that bears no date."""
    for position, one in _filed(dossier):
        if one.kind in _OF_TODAY and one.date is None:
            yield Finding(
                "evidence-undated",
                Weight.WARNING,
                f'"{one.id}" has no date, so nobody can tell whether it is of today',
                'Give its "date:"; if the paper bears none, get one that does.',
                ("evidence", position),
            )


def letters_are_recent(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence of today's state that is older than it is useful."""
    for position, one in _filed(dossier):
        age = _age(one, dossier.case.filing.date)
        if age > USEFUL_DAYS:
            yield Finding(
                "evidence-old",
                Weight.NOTE,
                f'"{one.id}" is {age} days old on the day of filing',
                "Ask for a new one if it is to show how things stand now.",
                ("evidence", position, "date"),
            )


def dates_stand_on_paper(dossier: Dossier) -> Iterator[Finding]:
    """Find letters whose pages show dates, and not the one that the facts give.

    Silent where a page is a picture, and where no date can be read.
    """
    for position, one in _filed(dossier):
        texts = dossier.seen[one.id].texts if one.id in dossier.seen else ()
        if one.kind not in _SIGNED or one.date is None or not all(map(str.strip, texts)):
            continue
        near = (one.date - _YEAR, one.date + _YEAR)  # not a date of birth
        shown = {date for text in texts for date in dates_in(text) if near[0] < date < near[1]}
        if shown and one.date not in shown:
            yield Finding(
                "date-not-shown",
                Weight.WARNING,
                f'"{one.id}" is said to be of {one.date:%Y-%m-%d}, a date that its pages do not '
                "show",
                "Give the date that stands on the paper.",
                ("evidence", position, "date"),
            )


def _weaknesses(evidence: Evidence, filed: dt.date) -> Iterator[str]:
    if _is_unsigned(evidence):
        yield "it is not signed"
    if evidence.kind in _OF_TODAY and evidence.date is None:
        yield "it has no date"
    if (age := _age(evidence, filed)) > USEFUL_DAYS:
        yield f"it is {age} days old"
    if is_foreign(evidence) and evidence.translation is None:
        yield "it is not translated"


def _is_unsigned(evidence: Evidence) -> bool:
    return evidence.kind in _SIGNED and evidence.signed is False


def _age(evidence: Evidence, filed: dt.date) -> int:
    """Give the age in days of what speaks of today; other papers do not age."""
    is_current = evidence.kind in _OF_TODAY and evidence.date is not None
    return (filed - evidence.date).days if is_current and evidence.date else 0


def _filed(dossier: Dossier) -> Iterator[tuple[int, Evidence]]:
    for position, one in enumerate(dossier.case.evidence):
        if one.waived is None:
            yield position, one

"""Nothing unfinished, and no form that does not belong, stands in the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from packet_builder.facts.tree import FactPath
from packet_builder.model.base import Part
from packet_builder.rules.finding import Dossier, Finding, Weight

#: Not a masked number (XXX-XX-1234), and not an ellipsis inside of a quotation.
_LEFT = re.compile(
    r"\b(?:TBD|TBC|TBA|TODO|FIXME)\b|(?<![\w-])X{3,}(?![\w-])|\[\s*(?:\.\.\.|…|_+)?\s*\]"
    r"|\[[A-Z][A-Z /_-]{2,}\]|\{\{.*?\}\}|<<.*?>>|\?{3,}|_{4,}|\blorem ipsum\b",
)
_WORK_PERMIT = re.compile(r"\bI-765\b(?!WS)", re.IGNORECASE)
_HOME = "United States"


def facts_are_finished(dossier: Dossier) -> Iterator[Finding]:
    """Find placeholders that somebody meant to replace."""
    for path, text in texts_of(dossier.case):
        if match := _LEFT.search(text):
            yield Finding(
                "placeholder",
                Weight.ERROR,
                f'"{match[0]}" looks like something that was to be filled in',
                "Fill it in, or word it in another way.",
                path,
            )


def no_work_permit_is_asked_from_abroad(dossier: Dossier) -> Iterator[Finding]:
    """Find Form I-765 for people abroad. Instructions for Form I-765, p. 13."""
    if any(person.location.country == _HOME for person in dossier.case.beneficiaries):
        return
    for position, one in enumerate(dossier.case.evidence):
        if _WORK_PERMIT.search(one.title):
            yield Finding(
                "work-permit-from-abroad",
                Weight.ERROR,
                f'"{one.id}" names Form I-765, and everybody is abroad',
                "Leave it out: the employment document is asked for after the arrival.",
                ("evidence", position),
                "Instructions for Form I-765 (08/21/25), p. 13; Form I-131, p. 22",
            )


def acceptance_of_nothing(position: int, rule: str) -> Finding:
    """Give the finding for an acceptance that meets no finding."""
    return Finding(
        "acceptance-unused",
        Weight.WARNING,
        f'accepts "{rule}", and no such finding is there',
        "Remove it: it would hide a new finding.",
        ("accepted_findings", position),
    )


def texts_of(part: object, path: FactPath = ()) -> Iterator[tuple[FactPath, str]]:
    """Give every text at or below a part, with its path."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Part):
        for name, field in type(part).model_fields.items():
            yield from texts_of(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from texts_of(value, (*path, key))
    elif isinstance(part, tuple):
        for position, value in enumerate(part):
            yield from texts_of(value, (*path, position))

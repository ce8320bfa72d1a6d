"""Nothing unfinished, and no form that does not belong, stands in the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from packet_builder.facts.tree import FactPath
from packet_builder.model.base import Part, fields_of
from packet_builder.model.evidence import EvidenceKind
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.pages import pages_of

#: Not a masked number (XXX-XX-1234), and not an ellipsis inside of a quotation.
_LEFT = re.compile(
    r"\b(?:TBD|TBC|TBA|TODO|FIXME)\b|(?<![\w-])X{3,}(?![\w-])|\[\s*(?:\.\.\.|…|_+)?\s*\]"
    r"|\[[A-Z][A-Z /_-]{2,}\]|\{\{.*?\}\}|<<.*?>>|\?{3,}|_{4,}"
    r"|(?i:\blorem ipsum\b|\[(?:insert|your|client|name|date|address|amount|fill)\b[^\]]*\])"
    r"|(?<![\w-])(?:tbd|tbc|tba|todo|xxx)(?![\w-])",
)
#: A blank line for a signature is no placeholder on a paper.
_LEFT_ON_PAPER = re.compile(
    r"\b(?:TBD|TODO|FIXME)\b|\{\{.*?\}\}|<<.*?>>"
    r"|(?i:\blorem ipsum\b|\[(?:insert|your|client|name|date|address|amount|fill)\b[^\]]*\])",
)
_OWN_PAPERS = frozenset({EvidenceKind.DECLARATION, EvidenceKind.LETTER, EvidenceKind.CONSENT})
_TYPED = re.compile(r"\b(?:Ex\.|Exhibit)\s+[A-Z]{1,2}\b")
_WORK_PERMIT = re.compile(r"\bI-765\b(?!WS)", re.IGNORECASE)
_IS_WORK_PERMIT_FORM = re.compile(r"Form I-765 +Edition|Application For Employment Authorization\s")


def facts_are_finished(dossier: Dossier) -> Iterator[Finding]:
    """Find placeholders that somebody meant to replace."""
    for path, text in texts_of(dossier.case):
        if left := placeholder_in(text):
            yield Finding(
                "placeholder",
                Weight.ERROR,
                f'"{left}" looks like something that was to be filled in',
                "Fill it in, or word it in another way.",
                path,
            )


def papers_are_finished(dossier: Dossier) -> Iterator[Finding]:
    """Find placeholders in declarations and letters, which the office may have drafted."""
    for page in pages_of(dossier):
        left = placeholder_on_paper(page.text)
        if page.evidence.kind in _OWN_PAPERS and left:
            yield Finding(
                "placeholder-on-paper",
                Weight.ERROR,
                f'page {page.number} of "{page.name}" has "{left}", which was to be filled in',
                "Have it completed and signed again, or accept the finding if it belongs there.",
                ("evidence", page.position),
            )


def exhibits_are_cited_by_id(dossier: Dossier) -> Iterator[Finding]:
    """Find letters of exhibits that somebody typed: they do not follow when the order changes."""
    for path, text in texts_of(dossier.case):
        if match := _TYPED.search(text):
            yield Finding(
                "exhibit-letter-typed",
                Weight.WARNING,
                f'"{match[0]}" is typed, and will not follow when exhibits are put in order',
                "Cite it by its id: [@osei-letter p. 3].",
                path,
            )


def no_work_permit_is_asked_from_abroad(dossier: Dossier) -> Iterator[Finding]:
    """Find Form I-765 for people abroad. Instructions for Form I-765, p. 13."""
    if not all(person.is_abroad for person in dossier.case.applicants):
        return
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        is_form = any(_IS_WORK_PERMIT_FORM.search(text) for text in (seen.texts if seen else ()))
        if is_form or _WORK_PERMIT.search(one.title):
            yield Finding(
                "work-permit-from-abroad",
                Weight.ERROR,
                f'"{one.id}" is or names Form I-765, and everybody is abroad',
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


def placeholder_in(text: str) -> str | None:
    """Give what in a text was to be filled in."""
    match = _LEFT.search(text)
    return match[0] if match else None


def placeholder_on_paper(text: str) -> str | None:
    """Give what on a paper was to be filled in; a blank line for ink is no such thing."""
    match = _LEFT_ON_PAPER.search(text)
    return match[0] if match else None


def texts_of(part: object, path: FactPath = ()) -> Iterator[tuple[FactPath, str]]:
    """Give every text at or below a part, with its path."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Part):
        for name, key in fields_of(type(part)):
            yield from texts_of(getattr(part, name), (*path, key))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from texts_of(value, (*path, key))
    elif isinstance(part, tuple):
        for position, value in enumerate(part):
            yield from texts_of(value, (*path, position))

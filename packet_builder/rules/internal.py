"""No page that is internal to the office is part of a filing."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.internal_mark import is_internal


def no_evidence_is_internal(dossier: Dossier) -> Iterator[Finding]:
    """Find internal pages among the evidence: they would be filed with it."""
    for position, evidence in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(evidence.id)
        pages = [
            page for page, text in enumerate(seen.texts if seen else (), 1) if is_internal(text)
        ]
        if pages:
            yield Finding(
                "internal-page",
                Weight.ERROR,
                f'page {pages[0]} of "{evidence.id}" is marked as internal and not for filing',
                "Take the page out of the file, or the file out of the evidence.",
                ("evidence", position),
            )

"""What is internal to the office, and never part of a filing: the mark, and pages that bear it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packet_builder.rules.finding import Dossier, Finding, Weight

#: Stands on every page of the matrix and of the report.
INTERNAL_MARK = "INTERNAL \u2013 attorney work product \u2013 not for filing"
#: What the pages that lie beside a packet say of themselves; the second is the signing sheet's.
_MARKS = (INTERNAL_MARK, "Internal: not part of the filing")
_NOT_LETTERS = re.compile(r"[\W_]+")


def is_internal(text: str) -> bool:
    """Tell whether the text of a page says that it is not for filing, however it is broken."""
    letters = _letters(text)
    return any(_letters(mark) in letters for mark in _MARKS)


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


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()

"""Every citation leads to a page that is there and says what is quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.evidence import Evidence, SeenEvidence
from packet_builder.model.narrative import Citation, ClaimText, citations_of
from packet_builder.rules.finding import Dossier, Finding, Weight

_GLUE = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def cited_evidence_exists(dossier: Dossier) -> Iterator[Finding]:
    """Find citations of evidence that the case does not list, or does not file."""
    listed = {evidence.id: evidence for evidence in dossier.case.evidence}
    for path, citation in dossier.citations():
        evidence = listed.get(citation.evidence)
        if evidence is None:
            if not _was_filed(dossier, citation):
                yield _unknown(path, citation, listed)
        elif evidence.waived is not None:
            yield Finding(
                "citation-of-waived-evidence",
                Weight.ERROR,
                f'cites "{citation.evidence}", which is waived and not in the packet',
                "Remove the citation, or file the evidence.",
                path,
            )


def cited_pages_exist(dossier: Dossier) -> Iterator[Finding]:
    """Find citations of pages beyond the end of an exhibit."""
    for path, citation in dossier.citations():
        seen = dossier.seen_of(citation.evidence)
        beyond = [span.last for span in citation.pages if seen and span.last > seen.pages]
        if seen and beyond:
            yield Finding(
                "citation-beyond-end",
                Weight.ERROR,
                f'cites page {max(beyond)} of "{citation.evidence}", '
                f"which has {seen.pages} page{'s' if seen.pages > 1 else ''}",
                "Correct the page; pages are counted in the exhibit, translation first.",
                path,
            )


def quotes_stand_on_their_page(dossier: Dossier) -> Iterator[Finding]:
    """Find quotes that the cited pages do not hold, or that no text layer can confirm."""
    for path, claim in dossier.claims():
        if claim.quote is not None:
            yield from _quote_findings(dossier, (*path, "quote"), claim)


def evidence_is_cited(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence that nothing cites."""
    cited = {citation.evidence for _, citation in dossier.citations()}
    for position, evidence in enumerate(dossier.case.evidence):
        if evidence.id not in cited and evidence.waived is None:
            yield Finding(
                "evidence-uncited",
                Weight.WARNING,
                f'nothing cites "{evidence.id}"',
                "Cite it where it proves something, or leave it out.",
                ("evidence", position),
            )


def _was_filed(dossier: Dossier, citation: Citation) -> bool:
    """Tell whether it was; where no packet is known yet, told by what_is_answered_was_filed."""
    unknown = dossier.case.notice is not None and not dossier.filed.is_known
    return unknown or dossier.filed.exhibit(citation.evidence) is not None


def _unknown(path: FactPath, citation: Citation, listed: dict[str, Evidence]) -> Finding:
    import difflib  # noqa: PLC0415 - only needed for the message

    near = difflib.get_close_matches(citation.evidence, listed, 1, 0.6)
    hint = f'Did you mean "{near[0]}"?' if near else "List it under evidence."
    message = f'cites "{citation.evidence}", which is not in the evidence'
    return Finding("citation-unknown", Weight.ERROR, message, hint, path)


def _quote_findings(dossier: Dossier, path: FactPath, claim: ClaimText) -> Iterator[Finding]:
    citations = citations_of(claim.text)
    if not citations:
        cure = "Cite the page that the quote stands on: [@osei-letter p. 3]."
        yield Finding("quote-uncited", Weight.ERROR, "quotes without a citation", cure, path)
        return
    pages = [text for citation in citations for text in _cited_texts(dossier, citation)]
    if not pages or squeezed(claim.quote or "") in squeezed("\n".join(pages)):
        return
    if any(not text.strip() for text in pages):
        yield Finding(
            "quote-unconfirmed",
            Weight.WARNING,
            "the quote could not be checked: a cited page is a picture without a text layer",
            "Compare it with the page by eye.",
            path,
        )
        return
    yield Finding(
        "quote-not-found",
        Weight.ERROR,
        f"the quote does not stand on the cited page of {_names(citations)}",
        "Correct the quote or the page.",
        path,
    )


def _cited_texts(dossier: Dossier, citation: Citation) -> Iterator[str]:
    seen = dossier.seen_of(citation.evidence)
    if seen is None:
        return
    if not citation.pages:
        yield from seen.texts
    for span in citation.pages:
        yield from _pages(seen, span.first, span.last)


def _pages(seen: SeenEvidence, first: int, last: int) -> tuple[str, ...]:
    return seen.texts[first - 1 : last]


def _names(citations: tuple[Citation, ...]) -> str:
    return ", ".join(f'"{citation.evidence}"' for citation in citations)


def squeezed(text: str) -> str:
    """Give a text as it is compared: without spaces, hyphens and the shape of quotation marks."""
    return _GLUE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))

"""Every statement of fact is carried by evidence, and every ground by a third person's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packet_builder.facts.tree import FactPath
from packet_builder.model.claims import claims_of
from packet_builder.model.evidence import Evidence, EvidenceKind
from packet_builder.model.narrative import ClaimText, citations_of
from packet_builder.model.request import Ground, GroundKind
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.instructions import asks_reason

_BURDEN = "Instructions for Form I-131, p. 22"
_WHOLE_FROM = 3  # pages of an exhibit from which a citation of all of it helps no reader
#: Fields whose every claim states a fact; elsewhere an argument may stand beside its facts.
_FACTS = frozenset({"claims", "urgency", "effect_of_refusal", "facts", "support", "compliance"})
_ARGUED = ("reason", "alternatives", "why_no_visa", "why_no_waiver", "departure", "why_not_enough")
_OWN_WORD = frozenset(
    {
        EvidenceKind.DECLARATION,
        EvidenceKind.PHOTOGRAPHS,
        EvidenceKind.PASSPORT,
        EvidenceKind.IDENTITY_CARD,
        EvidenceKind.STATUS_PROOF,
        EvidenceKind.TRAVEL_PLAN,
    }
)


def claims_are_cited(dossier: Dossier) -> Iterator[Finding]:
    """Find statements of fact that cite nothing. Instructions for Form I-131, p. 22."""
    for path, claim in dossier.claims():
        if _field_of(path) in _FACTS and claim.quote is None and not citations_of(claim.text):
            yield Finding(
                "claim-uncited",
                Weight.WARNING,
                "states a fact and cites no evidence",
                "Cite what proves it: [@osei-letter p. 3].",
                path,
                _BURDEN,
            )


def arguments_rest_on_evidence(dossier: Dossier) -> Iterator[Finding]:
    """Find parts of the request of which no sentence cites evidence."""
    groups: dict[FactPath, list[ClaimText]] = {}
    for path, claim in claims_of(dossier.case.request, ("request",)):
        if _field_of(path) in _ARGUED:
            groups.setdefault(path[:-1], []).append(claim)
    for path, claims in groups.items():
        if not any(citations_of(claim.text) for claim in claims):
            yield Finding(
                "argument-unsupported",
                Weight.WARNING,
                f"no sentence of {str(path[-1]).replace('_', ' ')} cites evidence",
                "Cite what carries it: [@osei-letter p. 3].",
                path,
                _BURDEN,
            )


def grounds_have_third_party_proof(dossier: Dossier) -> Iterator[Finding]:
    """Find grounds that rest on the family's own word alone."""
    for position, ground in enumerate(dossier.case.request.grounds):
        if any(kind not in _weak_kinds(ground) for kind in cited_kinds(dossier, ground)):
            continue
        is_harm = ground.ground is GroundKind.TARGETED_HARM
        yield Finding(
            "ground-without-third-party",
            Weight.ERROR if is_harm else Weight.WARNING,
            f"nothing from a third person carries the ground {ground.ground.replace('_', ' ')}",
            "Add and cite a letter or record of somebody who is not a party: a physician, an "
            "authority, a witness. Country conditions are context, and prove no threat to one "
            "person.",
            ("request", "grounds", position),
            asks_reason(dossier.outline),
        )


def citations_name_their_page(dossier: Dossier) -> Iterator[Finding]:
    """Find citations of the whole of a long exhibit."""
    for path, claim in dossier.claims():
        for citation in citations_of(claim.text):
            seen = dossier.seen_of(citation.evidence)
            pages = {page for span in citation.pages for page in range(span.first, span.last + 1)}
            if seen and seen.pages >= _WHOLE_FROM and len(pages) in {0, seen.pages}:
                yield Finding(
                    "citation-of-whole-exhibit",
                    Weight.NOTE,
                    f'cites all {seen.pages} pages of "{citation.evidence}"',
                    "Name the page where it stands, if one page is enough.",
                    path,
                )


def cited_kinds(dossier: Dossier, part: object) -> Sequence[EvidenceKind]:
    """Give the kinds of the evidence that the claims of a part cite; waived evidence has none."""
    return tuple(one.kind for one in cited_evidence(dossier, part))


def cited_evidence(dossier: Dossier, part: object) -> Sequence[Evidence]:
    """Give the evidence that the claims of a part cite, each once; no waived evidence."""
    filed = {one.id: one for one in dossier.case.evidence if one.waived is None}
    cited = dict.fromkeys(
        citation.evidence for _, claim in claims_of(part) for citation in citations_of(claim.text)
    )
    return tuple(filed[name] for name in cited if name in filed)


def _weak_kinds(ground: Ground) -> frozenset[EvidenceKind]:
    is_harm = ground.ground is GroundKind.TARGETED_HARM
    return _OWN_WORD | ({EvidenceKind.COUNTRY_CONDITIONS} if is_harm else set())


def _field_of(path: FactPath) -> str:
    """Give the name of the field that holds a claim, also where the facts hold a lone one."""
    return next(str(part) for part in reversed(path) if isinstance(part, str))

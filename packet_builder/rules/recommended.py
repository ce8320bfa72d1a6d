"""What usually proves a ground is there, and is not older than it is useful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from packet_builder.law.required_evidence import Need, Recommendation, recommendations
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.request import Ground
from packet_builder.rules.claims import cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight

_USEFUL_DAYS = 90  # a choice of this program: what a letter says of today's state
_OF_TODAY = frozenset(
    {
        EvidenceKind.PHYSICIAN_LETTER,
        EvidenceKind.HOSPITAL_LETTER,
        EvidenceKind.TRANSPLANT_LETTER,
        EvidenceKind.EMPLOYMENT_LETTER,
        EvidenceKind.BANK_STATEMENT,
    }
)
_HAS: Mapping[Need, Callable[[Ground], bool]] = MappingProxyType(
    {
        Need.ALTERNATIVES: lambda ground: bool(ground.alternatives),
        Need.APPOINTMENT: lambda ground: ground.appointment is not None,
        Need.RELATIVE: lambda ground: (
            ground.relative is not None and ground.relative.location is not None
        ),
        Need.AGENCY: lambda ground: ground.agency is not None,
        Need.READ: lambda _: True,
    }
)


def grounds_have_what_is_recommended(dossier: Dossier) -> Iterator[Finding]:
    """Find grounds that lack what usually proves them.

    No official list exists; USCIS asks for evidence on each reason (Instructions, p. 22).
    """
    for position, ground in enumerate(dossier.case.request.grounds):
        for row in recommendations(dossier.law, ground.ground, dossier.case.filing.date):
            if not _is_met(dossier, ground, row):
                yield Finding(
                    "recommended-evidence-missing",
                    Weight.WARNING,
                    f"the ground {ground.ground.replace('_', ' ')} lacks {row.text}",
                    _cure(row),
                    ("request", "grounds", position),
                    f"recommended; {row.source}",
                )


def letters_are_recent(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence of today's state that is older than it is useful, and undated letters."""
    filed = dossier.case.filing.date
    cited = {
        kind for ground in dossier.case.request.grounds for kind in cited_kinds(dossier, ground)
    }
    for position, one in enumerate(dossier.case.evidence):
        is_current_kind = one.kind in _OF_TODAY and one.kind in cited and one.waived is None
        if is_current_kind and one.date and (filed - one.date).days > _USEFUL_DAYS:
            yield Finding(
                "evidence-old",
                Weight.NOTE,
                f'"{one.id}" is {(filed - one.date).days} days old on the day of filing',
                "Ask for a new one if it is to show how things stand now.",
                ("evidence", position, "date"),
            )


def _is_met(dossier: Dossier, ground: Ground, row: Recommendation) -> bool:
    if row.needs is Need.EVIDENCE:
        return not set(row.kinds).isdisjoint(cited_kinds(dossier, ground))
    return _HAS[row.needs](ground)


def _cure(row: Recommendation) -> str:
    if row.needs is Need.EVIDENCE:
        kinds = ", ".join(kind.replace("_", " ") for kind in row.kinds)
        return f"File it and cite it under this ground (kinds: {kinds}), or accept the finding."
    return f'Add "{row.needs}:" to the ground, or accept the finding.'

"""What usually proves a ground is there, and is strong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from packet_builder.law.required_evidence import Need, Recommendation, recommendations
from packet_builder.model.request import Ground
from packet_builder.rules.claims import cited_evidence, cited_kinds
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.strength import weaknesses

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


def grounds_have_no_weak_proof(dossier: Dossier) -> Iterator[Finding]:
    """Find grounds for which what usually proves them is there, but old, unsigned or the like."""
    for position, ground in enumerate(dossier.case.request.grounds):
        for row in recommendations(dossier.law, ground.ground, dossier.case.filing.date):
            if weak := _weak(dossier, ground, row):
                yield Finding(
                    "recommended-evidence-weak",
                    Weight.WARNING,
                    f"of the ground {ground.ground.replace('_', ' ')} only weak evidence carries "
                    f"{row.text}: {'; '.join(weak)}",
                    "Get a new one, dated and signed, and cite it under this ground.",
                    ("request", "grounds", position),
                    f"recommended; {row.source}",
                )


def _weak(dossier: Dossier, ground: Ground, row: Recommendation) -> Sequence[str]:
    """Give what is weak, where nothing that carries a recommendation is strong."""
    if row.needs is not Need.EVIDENCE:
        return ()
    filed = dossier.case.filing.date
    found = [one for one in cited_evidence(dossier, ground) if one.kind in row.kinds]
    weak = [(one.id, weaknesses(one, filed)) for one in found]
    if not all(said for _, said in weak):
        return ()
    return tuple(f'"{name}": {" and ".join(said)}' for name, said in weak)


def _is_met(dossier: Dossier, ground: Ground, row: Recommendation) -> bool:
    if row.needs is Need.EVIDENCE:
        return not set(row.kinds).isdisjoint(cited_kinds(dossier, ground))
    return _HAS[row.needs](ground)


def _cure(row: Recommendation) -> str:
    if row.needs is Need.EVIDENCE:
        kinds = ", ".join(kind.replace("_", " ") for kind in row.kinds)
        return f"File it and cite it under this ground (kinds: {kinds}), or accept the finding."
    return f'Add "{row.needs}:" to the ground, or accept the finding.'

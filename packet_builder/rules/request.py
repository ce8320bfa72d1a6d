"""The request is whole and agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.case import Delivery
from packet_builder.model.request import Basis, GroundKind
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.persons import applicants

_PUBLIC_BENEFIT = {
    GroundKind.LAW_ENFORCEMENT,
    GroundKind.LEGAL_PROCEEDINGS,
    GroundKind.NATIONAL_SECURITY,
    GroundKind.GOVERNMENT_POLICY,
}


def basis_agrees_with_grounds(dossier: Dossier) -> Iterator[Finding]:
    """Find a basis that none of the grounds belongs to. INA 212(d)(5)(A)."""
    request = dossier.case.request
    is_public = [ground.ground in _PUBLIC_BENEFIT for ground in request.grounds]
    fits = (
        any(is_public) if request.basis is Basis.SIGNIFICANT_PUBLIC_BENEFIT else not all(is_public)
    )
    if not fits:
        yield Finding(
            "basis-contradicts-grounds",
            Weight.ERROR,
            f"no ground belongs to the basis {request.basis.replace('_', ' ')}",
            "Correct the basis or the grounds.",
            ("request", "basis"),
            "INA 212(d)(5)(A)",
        )


def paper_filing_names_a_carrier(dossier: Dossier) -> Iterator[Finding]:
    """Find a paper filing whose address is open: it depends on the carrier."""
    filing = dossier.case.filing
    if filing.delivery is Delivery.PAPER and filing.carrier is None:
        yield Finding(
            "carrier-missing",
            Weight.ERROR,
            "the address of a paper filing depends on who carries it",
            'Add "carrier: usps" or "carrier: courier".',
            ("filing",),
            "Instructions for Form I-131, p. 28",
        )


def support_is_declared(dossier: Dossier) -> Iterator[Finding]:
    """Find a beneficiary whom no supporter covers. Instructions for Form I-131, p. 26."""
    covered = {
        person.id
        for supporter in dossier.case.supporters
        for person in dossier.case.beneficiaries_of(supporter.beneficiaries)
    }
    for position, person in applicants(dossier.case):
        if person.id not in covered:
            yield Finding(
                "support-missing",
                Weight.ERROR,
                f'no supporter covers "{person.id}"; Form I-134 is required',
                "Add a supporter, or name this beneficiary under one.",
                ("beneficiaries", position),
                "Instructions for Form I-131, p. 26, item 5.C(4)",
            )


def passport_is_shown_or_explained(dossier: Dossier) -> Iterator[Finding]:
    """Find a beneficiary with neither a passport nor the explanation that is required."""
    for position, person in applicants(dossier.case):
        passport = person.passport
        if passport is None or (passport.number is None and passport.unavailable is None):
            yield Finding(
                "passport-missing",
                Weight.ERROR,
                f'"{person.id}" has no passport and no explanation',
                'Add "passport:" with its number, or with "unavailable:" and the reason.',
                ("beneficiaries", position),
                "Instructions for Form I-131, p. 26, item 5.C(1)",
            )

"""A waiver, an exemption and a parole-fee exception are asked for only where they can be."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.parole_fee_exceptions import (
    ParoleFeeException as Exception_,
)
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.case import Delivery
from packet_builder.model.fees import ParoleFeeException, Payment
from packet_builder.model.request import GroundKind
from packet_builder.rules.finding import Dossier, Finding, Weight

_STATUTE = "8 U.S.C. 1804(b); Form G-1055 (05/29/26), App. B, pp. 46-47"
_PAROLE_FEE: FactPath = ("fees", "parole_fee")


def waiver_is_on_paper(dossier: Dossier) -> Iterator[Finding]:
    """Find a fee waiver asked for with an online filing. Form G-1055 (05/29/26), p. 1."""
    case = dossier.case
    if case.fees.i131.pay is Payment.WAIVER and case.filing.delivery is Delivery.ONLINE:
        yield Finding(
            "waiver-online",
            Weight.ERROR,
            "a fee waiver cannot be requested when filing online",
            'Set "delivery: paper", or pay the fee.',
            ("fees", "i131", "pay"),
            "Form G-1055 (05/29/26), p. 1",
        )


def payment_has_its_particulars(dossier: Dossier) -> Iterator[Finding]:
    """Find a waiver without its basis, an exemption without its category, and the reverse."""
    fee = dossier.case.fees.i131
    for payment, given in ((Payment.WAIVER, fee.waiver), (Payment.EXEMPTION, fee.exemption)):
        if fee.pay is payment and given is None:
            cure = f'Add "{payment}:" beside "pay:".'
        elif fee.pay is not payment and given is not None:
            cure = f'Remove "{payment}:", or set "pay: {payment}".'
        else:
            continue
        message = f'"pay: {fee.pay}" does not go with what is said of the {payment}'
        law = "Form G-1055 (05/29/26), pp. 1-2, 41-42"
        yield Finding("payment-contradicts", Weight.ERROR, message, cure, ("fees", "i131"), law)


def exemption_category_is_listed(dossier: Dossier) -> Iterator[Finding]:
    """Find an exemption category that the fee schedule does not list."""
    exemption = dossier.case.fees.i131.exemption
    known = [row.id for row in fee_exemptions(dossier.law)]
    if exemption is not None and exemption.category not in known:
        yield Finding(
            "exemption-unknown",
            Weight.ERROR,
            f'"{exemption.category}" is no category of fee exemption',
            f"Use one of: {', '.join(known)}.",
            ("fees", "i131", "exemption", "category"),
            "Form G-1055 (05/29/26), pp. 48-49",
        )


def parole_fee_exception_is_one_of_ten(dossier: Dossier) -> Iterator[Finding]:
    """Find an exception that the statute does not name, or that does not fit this filing."""
    known = {row.id: row for row in parole_fee_exceptions(dossier.law)}
    for path, asked in _asked(dossier):
        row = known.get(asked.exception)
        if row is None:
            message = f'"{asked.exception}" is none of the ten exceptions from the parole fee'
            cure = f"Use one of: {', '.join(known)}; where none fits, ask for none."
        elif not row.drafted:
            message = f'"{asked.exception}" does not fit this filing: {row.not_drafted_because}'
            cure = "Remove the request; the letter is not drafted."
        else:
            continue
        place = (*path, "exception")
        yield Finding("parole-fee-exception-unfit", Weight.ERROR, message, cure, place, _STATUTE)


def parole_fee_exception_meets_its_limbs(dossier: Dossier) -> Iterator[Finding]:
    """Find a limb that the statute does not have, and a condition that nothing is said of."""
    known = {row.id: row for row in parole_fee_exceptions(dossier.law)}
    for path, asked in _asked(dossier):
        if row := known.get(asked.exception):
            yield from _limb_findings((*path, "limbs"), asked, row)


def parole_fee_exception_fits_the_request(dossier: Dossier) -> Iterator[Finding]:
    """Find the exception for a dying relative without a relative who is dying in this country."""
    for path, asked in _asked(dossier):
        if asked.exception == "dying_relative" and not _has_dying_relative(dossier, asked):
            yield Finding(
                "dying-relative-unproven",
                Weight.ERROR,
                "no ground names a relative in the United States whose death is imminent",
                'Under a ground of family_illness give "relative:" with "location:" in the '
                'United States and "death_imminent: yes", or ask for no exception.',
                path,
                _STATUTE,
            )


def parole_fee_exception_is_asked_once(dossier: Dossier) -> Iterator[Finding]:
    """Find two requests for one person: one letter for each person."""
    seen: set[str] = set()
    for path, asked in _asked(dossier):
        if asked.beneficiary in seen:
            message = f'"{asked.beneficiary}" has two requests for an exception'
            cure = "Keep the stronger one; one letter is written for each person."
            yield Finding("parole-fee-exception-twice", Weight.ERROR, message, cure, path)
        seen.add(asked.beneficiary)


def _asked(dossier: Dossier) -> Iterator[tuple[FactPath, ParoleFeeException]]:
    for position, asked in enumerate(dossier.case.fees.parole_fee):
        yield (*_PAROLE_FEE, position), asked


def _limb_findings(path: FactPath, asked: ParoleFeeException, row: Exception_) -> Iterator[Finding]:
    names = ", ".join(limb.id for limb in row.limbs)
    for limb in asked.limbs:
        if row.limb(limb) is None:
            message = f'"{asked.exception}" has no limb "{limb}"'
            cure = f"Its limbs are: {names}."
            yield Finding("limb-unknown", Weight.ERROR, message, cure, (*path, limb), _STATUTE)
    for group in row.unmet(asked.limbs):
        message = f'nothing is said of limb {" or ".join(group)} of "{asked.exception}"'
        cure = "State its facts with their proof, or ask for no exception."
        yield Finding("limb-unmet", Weight.ERROR, message, cure, path, _STATUTE)
    for limb, claims in asked.limbs.items():
        if not any("[@" in claim.text for claim in claims):
            message = f'limb {limb} of "{asked.exception}" cites no evidence'
            cure = "Cite what proves it: [@osei-letter p. 3]."
            yield Finding("limb-unproven", Weight.ERROR, message, cure, (*path, limb), _STATUTE)


def _has_dying_relative(dossier: Dossier, asked: ParoleFeeException) -> bool:
    return any(
        ground.relative is not None
        and ground.relative.death_imminent
        and ground.relative.location is not None
        and ground.relative.location.country == "United States"
        for ground in dossier.case.request.grounds
        if ground.ground in {GroundKind.FAMILY_ILLNESS, GroundKind.FAMILY_REUNIFICATION}
        and (not ground.beneficiaries or asked.beneficiary in ground.beneficiaries)
    )

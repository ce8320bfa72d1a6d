"""Examines a case by every rule, once, every finding with its place in the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from packet_builder.facts.tree import Facts
from packet_builder.rules import citations, evidence, fees, history, request
from packet_builder.rules.finding import Dossier, Finding, Weight

Rule = Callable[[Dossier], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    citations.cited_evidence_exists,
    citations.cited_pages_exist,
    citations.quotes_stand_on_their_page,
    citations.evidence_is_cited,
    evidence.evidence_has_a_file,
    evidence.evidence_has_a_group,
    evidence.foreign_language_is_translated,
    evidence.translation_is_certified_before_filing,
    evidence.evidence_is_dated_before_filing,
    history.adverse_events_are_answered,
    history.negative_factors_are_supported,
    fees.waiver_is_on_paper,
    fees.payment_has_its_particulars,
    fees.exemption_category_is_listed,
    fees.parole_fee_exception_is_one_of_ten,
    fees.parole_fee_exception_meets_its_limbs,
    fees.parole_fee_exception_fits_the_request,
    fees.parole_fee_exception_is_asked_once,
    request.basis_agrees_with_grounds,
    request.expedite_has_a_reason,
    request.paper_filing_names_a_carrier,
    request.support_is_declared,
    request.passport_is_shown_or_explained,
    request.key_date_is_ahead,
)

_ORDER = (Weight.ERROR, Weight.WARNING, Weight.NOTE)


def examine(dossier: Dossier, facts: Facts) -> tuple[Finding, ...]:
    """Give every finding, errors first, then by file and line."""
    found = [
        replace(finding, source=facts.source_of(finding.path))
        for rule in RULES
        for finding in rule(dossier)
    ]
    return tuple(sorted(found, key=_place))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether the findings stop a build."""
    return any(finding.weight is Weight.ERROR for finding in findings)


def _place(finding: Finding) -> tuple[int, str, int, int, str]:
    source = finding.source
    weight = _ORDER.index(finding.weight)
    if source is None:
        return (weight, "", 0, 0, finding.rule)
    return (weight, str(source.path), source.line, source.column, finding.rule)

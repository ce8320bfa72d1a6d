"""Findings that somebody accepts, with a reason and a name, become notes that say so."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import Facts
from packet_builder.model.case import AcceptedFinding
from packet_builder.rules.catalogue import RuleId
from packet_builder.rules.finding import Acceptance, Finding, Weight
from packet_builder.rules.leftovers import acceptance_of_nothing

#: Without these a packet cannot be put together at all, or would say what is not so.
NEVER_ACCEPTED: frozenset[RuleId] = frozenset(
    {
        "carrier-missing",
        "citation-beyond-end",
        "citation-of-waived-evidence",
        "citation-unknown",
        "draft-comments",
        "draft-conflict",
        "draft-open-changes",
        "evidence-of-unknown",
        "evidence-without-file",
        "evidence-without-group",
        "exemption-unknown",
        "internal-page",
        "law-gap",
        "limb-fact-missing",
        "limb-unknown",
        "limb-unmet",
        "parole-fee-exception-unfit",
        "payment-contradicts",
        "quote-not-found",
        "waiver-online",
    }
)


def accept(findings: Iterable[Finding], accepted: Collection[AcceptedFinding]) -> Iterator[Finding]:
    """Give the findings, those that are accepted as notes; and each acceptance of nothing."""
    used: set[int] = set()
    for finding in findings:
        number = _acceptance_of(finding, accepted)
        if number is None:
            yield finding
            continue
        used.add(number)
        yield _as_note(finding, tuple(accepted)[number])
    for number, one in enumerate(accepted):
        if number not in used:
            yield acceptance_of_nothing(number, one.rule)


def check_acceptances(
    facts: Facts, accepted: Collection[AcceptedFinding], known: Collection[str]
) -> None:
    """Raise FactsError for each accepted rule that is not there, or that nobody may accept."""
    faults = tuple(_faults(facts, accepted, known))
    if faults:
        raise FactsError(faults)


def _faults(
    facts: Facts, accepted: Collection[AcceptedFinding], known: Collection[str]
) -> Iterator[Fault]:
    for position, one in enumerate(accepted):
        path = ("accepted_findings", position, "rule")
        if one.rule not in known:
            near = difflib.get_close_matches(one.rule, known, 1, 0.5)
            note = f'did you mean "{near[0]}"?' if near else "use an id that check --json gives"
            yield facts.fault_at(path, f'there is no rule "{one.rule}"', note)
        elif one.rule in NEVER_ACCEPTED:
            message = f'"{one.rule}" cannot be accepted: without it no true packet can be built'
            yield facts.fault_at(path, message, "correct what it finds")


def _acceptance_of(finding: Finding, accepted: Collection[AcceptedFinding]) -> int | None:
    for number, one in enumerate(accepted):
        if one.rule == finding.rule and (one.about is None or one.about in finding.message):
            return number
    return None


def _as_note(finding: Finding, by: AcceptedFinding) -> Finding:
    acceptance = Acceptance(by.by, by.reason, finding.weight)
    message = f"{finding.message} (accepted {finding.weight} by {by.by}: {by.reason})"
    return replace(finding, weight=Weight.NOTE, message=message, accepted=acceptance)

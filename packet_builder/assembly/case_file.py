"""Reads a case folder: facts, case and firm, with every fault in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from packet_builder.facts import read_file, read_filing
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import Facts
from packet_builder.law.law import SHIPPED, Law
from packet_builder.law.office import FILE as LAW_FILE
from packet_builder.law.office import read_office_law
from packet_builder.model.case import Case, Delivery
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.model.references import reference_faults
from packet_builder.outline import Outline, Subject, outlines_in, read_outline
from packet_builder.plan.form_places import FIRM
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.finding import Finding
from packet_builder.workspace import Folders, case_folder

T = TypeVar("T", Case, Firm)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it was read."""

    name: str
    folder: Path
    filing: str  # its id
    facts: Facts
    case: Case
    firm_facts: Facts
    firm: Firm
    outline: Outline
    law: Law = SHIPPED


def read_case_file(named: str, folders: Folders, filing: str | None = None) -> CaseFile:
    """Read a case by folder name or path, as one of its filings; without one, as the first.

    Raises CaseNotFoundError, or FactsError with every fault of every file.
    """
    folder = case_folder(named, folders.cases)
    filing, facts = read_filing(folder, filing)
    firm_facts = read_file(folder.parent / "firm.yaml")
    case, case_faults = _interpreted(Case, facts)
    firm, firm_faults = _interpreted(Firm, firm_facts)
    law, law_faults = _office_law(folder.parent / LAW_FILE)
    faults = (*case_faults, *reference_faults(facts), *firm_faults, *law_faults)
    if case is None or firm is None or faults:
        raise FactsError(faults)
    if faults := tuple(_stricter_faults(firm, firm_facts)):
        raise FactsError(faults)
    outlines = outlines_in(folders.templates)
    if faults := (*_counsel_faults(case, firm, facts), *_kind_faults(case, outlines, facts)):
        raise FactsError(faults)
    outline = read_outline(folders.templates, case.filing.kind)
    if faults := tuple(_delivery_faults(case, outline, facts)):
        raise FactsError(faults)
    return CaseFile(folder.name, folder, filing, facts, case, firm_facts, firm, outline, law)


def dated(case_file: CaseFile, on: dt.date | None) -> CaseFile:
    """Give the case as filed on another date, where one is given."""
    if on is None:
        return case_file
    filing = case_file.case.filing.model_copy(update={"date": on})
    return replace(case_file, case=case_file.case.model_copy(update={"filing": filing}))


def placed_findings(findings: Iterable[Finding], read: CaseFile) -> Iterator[Finding]:
    """Give findings of what the office's facts leave open their place in firm.yaml."""
    for finding in findings:
        if finding.path[0] == FIRM:
            source = read.firm_facts.source_of(finding.path[1:])
            yield replace(finding, source=source)
        else:
            yield finding


def _interpreted(model: type[T], facts: Facts) -> tuple[T | None, tuple[Fault, ...]]:
    try:
        return interpret(model, facts), ()
    except FactsError as error:
        return None, error.faults


def _office_law(path: Path) -> tuple[Law, tuple[Fault, ...]]:
    try:
        return read_office_law(path), ()
    except FactsError as error:
        return SHIPPED, error.faults


def _kind_faults(case: Case, outlines: Sequence[str], facts: Facts) -> Iterator[Fault]:
    if case.filing.kind not in outlines:
        message = f'there is no outline "{case.filing.kind}"'
        note = f"the templates have: {', '.join(outlines)}"
        yield facts.fault_at(("filing", "kind"), message, note)


def _delivery_faults(case: Case, outline: Outline, facts: Facts) -> Iterator[Fault]:
    if case.filing.delivery is None and Subject.DELIVERY in outline.about:
        note = f"add one of: {', '.join(Delivery)}"
        yield facts.fault_at(("filing",), 'missing field "delivery"', note, at_key=True)


def _stricter_faults(firm: Firm, facts: Facts) -> Iterator[Fault]:
    for position, one in enumerate(firm.stricter):
        if one.rule not in RULE_IDS:
            message = f'there is no rule "{one.rule}"'
            note = "use an id that check --json gives"
            yield facts.fault_at(("stricter", position, "rule"), message, note)


def _counsel_faults(case: Case, firm: Firm, facts: Facts) -> Iterator[Fault]:
    names = [attorney.id for attorney in firm.attorneys]
    counsel = case.filing.counsel
    if counsel is None and len(names) > 1:
        note = f"add one of: {', '.join(names)}"
        yield facts.fault_at(("filing",), 'missing field "counsel"', note, at_key=True)
    if counsel is not None and counsel not in names:
        note = f"firm.yaml has: {', '.join(names)}"
        message = f'there is no attorney "{counsel}" in the office'
        yield facts.fault_at(("filing", "counsel"), message, note)

"""A packet and the law of a day become what speaks against filing it, approvals apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from packet_builder.law.form_editions import FormEdition
from packet_builder.law.freshness import (
    ACTED_ON,
    BLOCK_AFTER,
    days_since_check,
    edition_doubt,
    edition_fault,
)
from packet_builder.law.law import Law
from packet_builder.law.office import FILE, TABLES, read_office_law
from packet_builder.law.table import LawGapError
from packet_builder.review.docket import Docket
from packet_builder.rules.catalogue import ANSWERED_BEFORE_FILING
from packet_builder.rules.law_values import value_of

_TABLES = {table.name: table for table in TABLES}


def obstacles_of(docket: Docket, on: dt.date) -> Iterator[str]:
    """Give each reason why a packet cannot be filed on a day, in one sentence; nothing is built.

    Raises FactsError where the office's law cannot be read.
    """
    manifest = docket.manifest
    yield from (_said(row) for row in manifest["findings"] if _is_against(row))
    for row in manifest["forms"]:
        if not row["blank"]:
            yield f"{row['title']}: a slip stands in its place; the blank is missing"
        yield from (f"{row['title']}: stands nowhere on it: {one}" for one in row["unplaced"])
    for name in docket.edited_since():
        yield f"{name} was changed since the packet was built: build again"
    law = read_office_law(docket.facts.parent / FILE)
    for row in manifest["law"]:
        if row["table"] in ACTED_ON:
            yield from _law_against(row, law, on)


def _is_against(finding: Mapping[str, Any]) -> bool:
    """Tell whether a finding stops a filing; one that somebody accepted by name does not."""
    if finding["accepted"]:
        return False
    rule: str = finding["rule"]
    unsettled = rule in ANSWERED_BEFORE_FILING or rule.startswith("draft-")
    return finding["weight"] == "error" or (unsettled and finding["weight"] == "warning")


def _said(finding: Mapping[str, Any]) -> str:
    place = f"{finding['file']}:{finding['line']}: " if finding["line"] else ""
    return f"{place}{finding['message']} ({finding['rule']})"


def _law_against(used: Mapping[str, Any], law: Law, on: dt.date) -> Iterator[str]:
    """Look a row up again, for the day of filing: it may have ended, changed, or grown old."""
    try:
        row = law.any_in_force(_TABLES[used["table"]], used["id"], on)
    except LawGapError as gap:
        yield f"{used['used_for']} is not known for {on}: {gap}"
        return
    if value_of(row) != used["value"]:
        yield (
            f"{used['used_for']} is another on {on}: {value_of(row)}; the packet was built with "
            f"{used['value']}: correct filing.date and build again"
        )
    if isinstance(row, FormEdition) and (fault := edition_fault(row, on) or edition_doubt(row, on)):
        yield f"{used['used_for']}: {fault}"
    age = days_since_check(row, on)
    if age > BLOCK_AFTER:
        yield (
            f"{used['used_for']} was last checked on {row.checked_on}, {age} days ago: compare it "
            f"with its source and say so in {FILE}"
        )

"""Findings as they stand in the manifest, and as `--json` gives them."""

from __future__ import annotations

from typing import Any

from packet_builder.rules.finding import Finding


def finding_row(finding: Finding) -> dict[str, Any]:
    """Give a finding as the manifest and `--json` hold it."""
    source = finding.source
    accepted = finding.accepted
    return {
        "rule": finding.rule,
        "weight": finding.weight.value,
        "message": finding.message,
        "cure": finding.cure,
        "law": finding.law,
        "file": source.path.as_posix() if source else None,
        "line": (source.line or None) if source else None,
        "column": (source.column or None) if source else None,
        "fact": finding.fact or None,
        "accepted": {"by": accepted.by, "reason": accepted.reason, "weight": accepted.weight.value}
        if accepted
        else None,
    }

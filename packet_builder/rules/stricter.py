"""Findings of rules that an office holds heavier than the program weigh what the office says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from packet_builder.model.firm import Stricter
from packet_builder.rules.finding import Finding, Weight

_LIGHTEST_FIRST = (Weight.NOTE, Weight.WARNING, Weight.ERROR)


def made_stricter(findings: Iterable[Finding], office: Sequence[Stricter]) -> Iterator[Finding]:
    """Give the findings, none of them lighter than before."""
    for finding in findings:
        own = next((one for one in office if one.rule == finding.rule), None)
        if own is None or not _is_heavier(Weight(own.weight), finding.weight):
            yield finding
            continue
        message = f"{finding.message} (in this office {own.weight}: {own.reason})"
        yield replace(finding, weight=Weight(own.weight), message=message)


def _is_heavier(one: Weight, other: Weight) -> bool:
    return _LIGHTEST_FIRST.index(one) > _LIGHTEST_FIRST.index(other)

"""Decisions and a manifest become where each document stands: approved, stale, or waiting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from packet_builder.model.role import Role
from packet_builder.review.decision import Decision, Kind
from packet_builder.review.docket import Docket
from packet_builder.review.reasons import is_same, reasons
from packet_builder.review.subjects import Subject, subjects_of


class State(StrEnum):
    """Where a document stands."""

    APPROVED = "approved"
    STALE = "stale"
    NOT_APPROVED = "not approved"
    CHANGES_REQUESTED = "changes requested"


@dataclass(frozen=True, slots=True)
class Standing:
    """One document and what was decided on it last."""

    subject: Subject
    state: State
    decision: Decision | None
    reasons: tuple[str, ...]  # why it is not approved, where somebody has decided
    comments: int

    @property
    def is_approved(self) -> bool:
        """Tell whether the approval is good for what lies there now."""
        return self.state is State.APPROVED


def standings(docket: Docket, decisions: Sequence[Decision]) -> tuple[Standing, ...]:
    """Give where every document stands, in packet order, and then the packet as a whole."""
    return tuple(_standing(docket, one, decisions) for one in subjects_of(docket.manifest))


def may_approve(manifest: Mapping[str, Any], name: str) -> bool:
    """Tell whether somebody's approval counts: not the preparer's, where the office says so."""
    rule = manifest["approval"]
    if not rule["by_another"]:
        return True
    return bool(rule["prepared_by"]) and _same_name(name) not in map(
        _same_name, rule["prepared_by"]
    )


def is_approving(manifest: Mapping[str, Any], role: str | None) -> bool:
    """Tell whether an approval counts that was given in a role, whatever its letters."""
    return "_".join((role or "").casefold().split()) in manifest["approval"]["roles"]


def approving_roles(manifest: Mapping[str, Any]) -> str:
    """Name the roles in which an approval counts."""
    return " or ".join(Role(role).words for role in manifest["approval"]["roles"])


def why_stale(found: Sequence[Standing]) -> Iterator[str]:
    """Say each reason once, with all that it makes stale: one change touches several documents."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        if one.state is State.STALE and one.subject.kind != "packet":
            for reason in one.reasons:
                by_reason.setdefault(reason, []).append(one.subject.short)
    for reason, titles in by_reason.items():
        names = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
        need = "needs" if len(titles) == 1 else "need"
        yield f"{reason}; {names} {need} approval again"


def _standing(docket: Docket, subject: Subject, decisions: Sequence[Decision]) -> Standing:
    own = [one for one in decisions if one.document == subject.id]
    comments = sum(one.decision is Kind.COMMENT for one in own)
    decision = next((one for one in reversed(own) if one.decision is not Kind.COMMENT), None)
    if decision is None:
        return Standing(subject, State.NOT_APPROVED, None, (), comments)
    if decision.decision is Kind.REQUEST_CHANGES:
        since = "" if is_same(decision.seen, subject) else " It was changed since."
        said = f"{decision.by} asked for changes: {decision.note}{since}"
        return Standing(subject, State.CHANGES_REQUESTED, decision, (said,), comments)
    why = reasons(docket, decision.seen, subject)
    if not may_approve(docket.manifest, decision.by):
        why = (*why, f"{decision.by} prepared it, or nobody is named who did")
    if not is_approving(docket.manifest, decision.role):
        given = f"as {decision.role}" if decision.role else "without saying in which role"
        counts = approving_roles(docket.manifest)
        why = (*why, f"{decision.by} approved it {given}, and what counts is: {counts}")
    return Standing(subject, State.STALE if why else State.APPROVED, decision, why, comments)


def _same_name(name: str) -> str:
    return " ".join(name.casefold().split())

"""A person's wish becomes decisions on what lies there, or the reason why it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.case_lock import case_lock
from packet_builder.errors import UnusableError, UsageError
from packet_builder.kept import keep
from packet_builder.model.role import Role
from packet_builder.review.decision import PACKET, Decision, Kind, Seen
from packet_builder.review.docket import Docket, check_whole, open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.log import Log, short
from packet_builder.review.record import record
from packet_builder.review.standing import (
    State,
    approving_roles,
    is_approving,
    may_approve,
    standings,
)
from packet_builder.review.subjects import Subject, manifest_text, named, subjects_of


class PreparerApprovesError(UsageError):
    """The office asks for the approval of somebody else than who prepared the filing."""

    def __init__(self, name: str, prepared_by: Sequence[str]) -> None:
        if prepared_by:
            cure = f"It was prepared by {', '.join(prepared_by)}; somebody else must approve it."
        else:
            cure = 'Say who prepared it: "prepared_by:" under "filing:" in the facts; build again.'
        super().__init__(f"{name} cannot approve this filing: firm.yaml asks for another. {cure}")


class RoleNotApprovingError(UsageError):
    """An approval in that role would not count."""

    def __init__(self, role: Role | None, counts: str) -> None:
        what = f"in the role of {role.words} nobody" if role else "without a role nobody"
        super().__init__(
            f"{what} can approve this filing; what counts is: {counts} (approval: roles: in "
            "firm.yaml). Choose the role in which you decide, or leave a remark."
        )


class SlipInPacketError(UnusableError):
    """A packet with a slip in the place of a form cannot be approved as a whole."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            "the packet cannot be approved as a whole: a slip stands in the place of "
            f"{'; '.join(titles)}. Put the blank into the folder of forms and build again."
        )


class PacketReplacedError(UsageError):
    """A person looked at one packet, and another one lies there by now."""

    def __init__(self) -> None:
        super().__init__(
            "the packet was built again since it was looked at, and nothing was decided. "
            "Look at the new one, and decide on that."
        )


class PageNotOfDocumentError(UsageError):
    """The page that a comment names is not a page of its document."""

    def __init__(self, page: int, subject: Subject) -> None:
        super().__init__(f"page {page} is not in {subject.title}, {subject.pages} of the packet.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to decide."""

    kind: Kind
    by: str
    when: str
    role: Role | None = None
    note: str | None = None
    page: int | None = None  # of the packet, as stamped
    place: str | None = None
    saw: str | None = None  # the digest of the packet that was looked at, where that is known


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, and the log that seals it."""

    docket: Docket
    subjects: tuple[Subject, ...]
    log: Log


def decide(
    case: Path, case_output: Path, filing: str | None, names: Sequence[str], wish: Wish
) -> Decided:
    """Record a decision on documents; without names on all that still wait for one.

    Nothing is recorded unless all of it can be. Raises what open_docket, check_whole and
    read_record raise, and PacketReplacedError, PreparerApprovesError, RoleNotApprovingError,
    SlipInPacketError or PageNotOfDocumentError.
    """
    with case_lock(case, case_output):
        docket = open_docket(case, case_output, filing)
        check_whole(docket)
        if wish.saw not in {None, docket.manifest["packet"]["sha256"]}:
            raise PacketReplacedError
        record_of(docket)
        subjects = _chosen(docket, names)
        if wish.kind is Kind.APPROVE:
            _check_approval(docket, subjects, wish)
        decisions = [_decision(docket, subject, wish) for subject in subjects]
        keep(docket.filing, manifest_text(docket.manifest))
        return Decided(docket, subjects, record(docket.review, decisions))


def binding_lines(subject: Subject) -> Iterator[str]:
    """Say exactly what a decision on a subject is bound to, digests in short."""
    yield f"{subject.title} ({subject.id}): {subject.pages}"
    bound = ", ".join(f"{name} {digest}" for name, digest in _bound(subject.seen, subject.kind))
    yield f"    {bound}"


def _bound(seen: Seen, kind: str) -> Iterator[tuple[str, str]]:
    if kind == PACKET:
        yield "packet", short(seen.packet)
    yield from (("pages", short(digest)) for digest in seen.pages)
    named_digests = {
        "Word copy" if kind == "letter" else "form": seen.editable,
        "facts": seen.planned,
        "template": seen.template,
        "blank": seen.blank,
        "law": seen.law,
    }
    yield from ((name, short(digest)) for name, digest in named_digests.items() if digest)
    if seen.edition:
        yield "edition", seen.edition
    for identifier, files in seen.exhibits.items():
        yield f"exhibit {identifier}", " ".join(map(short, files))


def _chosen(docket: Docket, names: Sequence[str]) -> tuple[Subject, ...]:
    if names:
        return named(subjects_of(docket.manifest), names)
    decisions = record_of(docket).of_filing(docket.manifest["filing"])
    waiting = {State.NOT_APPROVED, State.STALE}
    return tuple(one.subject for one in standings(docket, decisions) if one.state in waiting)


def _check_approval(docket: Docket, subjects: Sequence[Subject], wish: Wish) -> None:
    if not may_approve(docket.manifest, wish.by):
        raise PreparerApprovesError(wish.by, docket.manifest["approval"]["prepared_by"])
    if not is_approving(docket.manifest, wish.role):
        raise RoleNotApprovingError(wish.role, approving_roles(docket.manifest))
    slips = [row["title"] for row in docket.manifest["forms"] if not row["blank"]]
    if slips and any(subject.id == PACKET for subject in subjects):
        raise SlipInPacketError(slips)


def _decision(docket: Docket, subject: Subject, wish: Wish) -> Decision:
    if wish.page is not None and not subject.first_page <= wish.page <= subject.last_page:
        raise PageNotOfDocumentError(wish.page, subject)
    return Decision(
        decision=wish.kind,
        filing=docket.manifest["filing"],
        document=subject.id,
        title=subject.title,
        by=wish.by,
        role=wish.role,
        when=wish.when,
        page=None if wish.page is None else str(wish.page - subject.first_page + 1),
        place=wish.place,
        note=wish.note,
        seen=subject.seen,
    )

"""Plans what goes with a filing as it came: the notice that it answers."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.case import Case
from packet_builder.model.events import Notice
from packet_builder.plan.planned import DocumentKind, PlannedDocument, PlannedFile
from packet_builder.plan.wording import long_date

_NAMES = {"rfe": "Request for Evidence", "noid": "Notice of Intent to Deny"}


def plan_enclosed_notice(case: Case) -> Iterator[PlannedDocument]:
    """Give the notice that a filing answers, where it answers one."""
    if case.notice is not None and case.answered is not None:
        yield PlannedDocument(
            id="enclosure-notice",
            kind=DocumentKind.ENCLOSURE,
            title=f"{notice_name(case.answered)} of {long_date(case.answered.date)}",
            files=tuple(PlannedFile(name) for name in case.notice.files),
        )


def notice_name(notice: Notice) -> str:
    """Name a notice as letters do."""
    return _NAMES[notice.event]

"""Plans the EXPEDITE page: one page that rests on the date that matters."""

from __future__ import annotations

from packet_builder.model.case import Case
from packet_builder.model.firm import Attorney, Firm
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.plan.wording import long_date


def plan_expedite(case: Case, firm: Firm) -> PlannedDocument:
    """Give the EXPEDITE page."""
    expedite, key_date = case.filing.expedite, case.filing.key_date
    names = ", ".join(person.name.full for person in case.applicants)
    context = {
        "heading": "EXPEDITE",
        "caption": [f"Form I-131, Part 1, Item 7 \u2013 {names}"],
        "reason": (expedite.reason or "") if expedite else "",
        "key_date": f"{long_date(key_date.date)}: {key_date.event}" if key_date else "",
        "contact": _contact(firm, case.filing.counsel),
    }
    return PlannedDocument(
        "expedite", DocumentKind.NOTICE, "Request to Expedite", "notice", context
    )


def _contact(firm: Firm, counsel: str | None) -> list[str]:
    attorney = attorney_of(firm, counsel)
    return [attorney.name, firm.name, attorney.phone or firm.phone, attorney.email]


def attorney_of(firm: Firm, counsel: str | None) -> Attorney:
    """Give the attorney of a filing: the one it names, or the first of the office."""
    return next((one for one in firm.attorneys if one.id == counsel), firm.attorneys[0])

"""A new period of parole is asked for here, in time, and with what must be attached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.counting import counted
from packet_builder.law.deadlines import deadline
from packet_builder.law.required_evidence import RE_PAROLE_EVIDENCE, requirement
from packet_builder.law.table import LawGapError
from packet_builder.model.arrivals import arrival_of
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.instructions import asks_reason
from packet_builder.rules.papers import is_open, without_paper
from packet_builder.rules.persons import applicants

_TARGET = "re_parole_target"


def new_period_is_asked_from_within(dossier: Dossier) -> Iterator[Finding]:
    """Find people abroad. Instructions for Form I-131, p. 15, item 7.D."""
    for position, person in applicants(dossier.case):
        if person.is_abroad:
            yield Finding(
                "re-parole-from-abroad",
                Weight.ERROR,
                f'"{person.id}" is abroad: only who is in the United States may ask for a new '
                "period of parole",
                "Ask for an initial parole document, or correct the location.",
                ("beneficiaries", position, "location"),
                "Instructions for Form I-131, p. 15, item 7.D",
            )


def new_period_is_asked_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Find present periods whose end is not known, or has passed, or comes soon.

    The hard stop is a choice of this program; practitioners report a target.
    """
    for position, person in applicants(dossier.case):
        arrival = arrival_of(dossier.case, person)
        ends = arrival.record.admit_until if arrival.record else None
        path = arrival.places.get("admit_until", ("beneficiaries", position))
        if ends is None:
            yield Finding(
                "parole-end-unknown",
                Weight.ERROR,
                f'until when "{person.id}" is paroled is not known; Form I-131 asks for it',
                'Add an event "entry" with "paroled_until:", or "arrival_record:" with '
                '"admit_until:".',
                path,
                "Form I-131, Part 1, Item 12; its instructions, p. 18",
            )
        elif ends < dossier.case.filing.date:
            yield Finding(
                "re-parole-too-late",
                Weight.ERROR,
                f'the parole of "{person.id}" ended on {ends:%Y-%m-%d}, before the filing',
                "Counsel decides what can still be asked for; correct the date if it is wrong.",
                path,
                "a choice of this program: no new period is asked for after the last day",
            )
        else:
            yield from _target(dossier, person.id, ends)


def _target(dossier: Dossier, person: str, ends: dt.date) -> Iterator[Finding]:
    filed = dossier.case.filing.date
    try:
        rule = deadline(dossier.law, _TARGET, filed)
    except LawGapError:  # the target of practitioners: without it nothing is compared
        return
    target = counted(ends, rule)
    if filed > target:
        yield Finding(
            "re-parole-late",
            Weight.WARNING,
            f'the parole of "{person}" ends on {ends:%Y-%m-%d}, {(ends - filed).days} days after '
            f"the filing; the target was {target:%Y-%m-%d}",
            "File at once: what is not decided by the last day leaves a gap.",
            ("filing", "date"),
            rule.source,
        )


def earlier_parole_is_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find people of whose earlier parole nothing is filed. Item 6.A(1)."""
    case = dossier.case
    row = requirement(dossier.law, "ev_earlier_parole", case.filing.date, RE_PAROLE_EVIDENCE)
    for path, person in without_paper(case, row.kinds):
        yield Finding(
            "earlier-parole-unproven",
            Weight.WARNING if is_open(case, row.kinds) else Weight.ERROR,
            f'nothing shows that "{person.id}" was paroled, such as a copy of Form I-94',
            'List it under evidence, kind "immigration_record", with the name in its title or '
            f'"of: {person.id}".',
            path,
            row.source,
        )


def photo_identity_is_shown(dossier: Dossier) -> Iterator[Finding]:
    """Find people without an official photo identity document. Instructions, p. 23."""
    case = dossier.case
    row = requirement(dossier.law, "ev_photo_id", case.filing.date, RE_PAROLE_EVIDENCE)
    for path, person in without_paper(case, row.kinds):
        yield Finding(
            "identity-copy-missing",
            Weight.WARNING if is_open(case, row.kinds) else Weight.ERROR,
            f'no official identity document of "{person.id}" with a photograph is in the '
            "evidence; Form I-94 is none",
            f'List it under evidence, with the name in its title or "of: {person.id}".',
            path,
            row.source,
        )


def first_period_is_explained(dossier: Dossier) -> Iterator[Finding]:
    """Find a request that does not say why the first period was not enough. Item 6.A(2)."""
    if not dossier.case.request.why_not_enough:
        yield Finding(
            "statement-missing",
            Weight.ERROR,
            "nothing is said of why the period that was granted is not enough for its purpose",
            'Add "why_not_enough:" under "request:", with what proves it.',
            ("request",),
            asks_reason(dossier.outline),
        )


def conditions_are_spoken_of(dossier: Dossier) -> Iterator[Finding]:
    """Find a request that is silent on how the conditions of parole were kept.

    USCIS may require evidence of it: Instructions for Form I-131, p. 16.
    """
    if not dossier.case.request.compliance:
        yield Finding(
            "compliance-untold",
            Weight.WARNING,
            "nothing is said of how the conditions of the present parole were kept",
            'Add "compliance:" under "request:", with its proof: address reports, school, taxes, '
            "no work without permission.",
            ("request",),
            "Instructions for Form I-131, p. 16",
        )

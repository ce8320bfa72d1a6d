"""Employment authorization is asked for by a parolee who may ask, with what must be attached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.deadlines.counting import counted
from packet_builder.facts.tree import FactPath
from packet_builder.law.deadlines import deadline
from packet_builder.law.required_evidence import WORK_PERMIT_EVIDENCE, requirement
from packet_builder.law.table import LawGapError
from packet_builder.model.arrivals import arrival_of, card_end
from packet_builder.model.people import Beneficiary, WorkPermit, WorkPermitReason
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.papers import is_open, without_paper
from packet_builder.rules.persons import applicants

_INSIDE = "Instructions for Form I-765 (08/21/25), p. 13; Form I-765, Part 3"
_RENEWAL = "ead_renewal"


def work_permit_is_asked_from_within(dossier: Dossier) -> Iterator[Finding]:
    """Find people abroad: Form I-765 is filed after the entry."""
    for position, person in applicants(dossier.case):
        if person.is_abroad:
            yield Finding(
                "work-permit-from-abroad",
                Weight.ERROR,
                f'"{person.id}" is abroad: Form I-765 is filed while in the United States',
                "File it after the entry, or correct the location.",
                ("beneficiaries", position, "location"),
                _INSIDE,
            )


def parole_is_unexpired(dossier: Dossier) -> Iterator[Finding]:
    """Find parole whose end is not known, or has passed: "valid, unexpired Form I-94"."""
    row = requirement(dossier.law, "ev_paroled", dossier.case.filing.date, WORK_PERMIT_EVIDENCE)
    for position, person in applicants(dossier.case):
        arrival = arrival_of(dossier.case, person)
        ends = arrival.record.admit_until if arrival.record else None
        path = arrival.places.get("admit_until", ("beneficiaries", position))
        if ends is None:
            yield Finding(
                "parole-end-unknown",
                Weight.ERROR,
                f'until when "{person.id}" is paroled is not known',
                'Add an event "entry" with "paroled_until:", or "arrival_record:" with '
                '"admit_until:".',
                path,
                row.source,
            )
        elif ends < dossier.case.filing.date:
            yield Finding(
                "parole-ended",
                Weight.ERROR,
                f'the parole of "{person.id}" ended on {ends:%Y-%m-%d}, before the filing',
                "There is no card without unexpired parole: ask for a new period first, or correct "
                "the date.",
                path,
                row.source,
            )


def application_is_told(dossier: Dossier) -> Iterator[Finding]:
    """Find people of whom it is not told for what Form I-765 is filed."""
    for path, person in _people(dossier):
        if person.work_permit is None:
            yield Finding(
                "work-permit-untold",
                Weight.ERROR,
                f'it is not said whether "{person.id}" asks for a first card, a renewal or a '
                "replacement",
                'Add "work_permit:" with "reason:".',
                path,
                "Form I-765, Part 1",
            )


def nobody_is_in_expedited_removal(dossier: Dossier) -> Iterator[Finding]:
    """Find first cards asked for in expedited removal, or where nobody has asked about it."""
    row = requirement(
        dossier.law, "wp_expedited_removal", dossier.case.filing.date, WORK_PERMIT_EVIDENCE
    )
    for path, permit in _permits(dossier, WorkPermitReason.INITIAL):
        if permit.expedited_removal is None:
            yield Finding(
                "expedited-removal-untold",
                Weight.WARNING,
                "it is not said whether the person is in expedited removal, or in it with a "
                "credible fear determination pending",
                'Ask, and add "expedited_removal: no" or "yes".',
                path,
                row.source,
            )
        elif permit.expedited_removal:
            yield Finding(
                "expedited-removal",
                Weight.ERROR,
                "in expedited removal there is no first card in category (c)(11)",
                "Do not file; counsel decides what else can be asked for.",
                (*path, "expedited_removal"),
                row.source,
            )


def renewal_is_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Find renewals that come too early or too late, and say that nothing extends the card.

    8 CFR 274a.13(e), as reported: no automatic extension for filings from 2025-10-30.
    """
    filed = dossier.case.filing.date
    for position, person in applicants(dossier.case):
        permit = person.work_permit
        if permit is None or permit.reason is not WorkPermitReason.RENEWAL:
            continue
        path: FactPath = ("beneficiaries", position, "work_permit")
        ends = card_end(dossier.case, person)
        if ends is None:
            yield Finding(
                "card-end-unknown",
                Weight.WARNING,
                f'when the card of "{person.id}" ends is not known',
                'Add "card_ends:", or an event "ead" with "valid_until:".',
                path,
            )
        else:
            yield from _window(dossier, path, ends, filed)


def _window(dossier: Dossier, path: FactPath, ends: dt.date, filed: dt.date) -> Iterator[Finding]:
    try:
        rule = deadline(dossier.law, _RENEWAL, filed)
    except LawGapError:  # before the rule began: nothing is compared
        return
    first = counted(ends, rule)
    if filed < first:
        yield Finding(
            "renewal-early",
            Weight.ERROR,
            f"the card ends on {ends:%Y-%m-%d}; its renewal is filed from {first:%Y-%m-%d} on",
            "Wait until then: what is filed too early is rejected.",
            path,
            rule.source,
        )
        return
    yield Finding(
        "no-automatic-extension",
        Weight.WARNING if ends < filed else Weight.NOTE,
        f"the card {'ended' if ends < filed else 'ends'} on {ends:%Y-%m-%d}, and filing does not "
        "extend it",
        "Tell the client: no work after that day until the new card is there.",
        path,
        rule.source,
    )


def parole_is_shown(dossier: Dossier) -> Iterator[Finding]:
    """Find people of whose parole no copy is filed. Instructions for Form I-765, p. 13, item 5."""
    case = dossier.case
    row = requirement(dossier.law, "ev_paroled", case.filing.date, WORK_PERMIT_EVIDENCE)
    for path, person in without_paper(case, row.kinds):
        yield Finding(
            "parole-copy-missing",
            Weight.WARNING if is_open(case, row.kinds) else Weight.ERROR,
            "no copy of Form I-94, passport or other travel document shows the parole of "
            f'"{person.id}"',
            'List it under evidence, kind "immigration_record" or "passport", with the name in '
            f'its title or "of: {person.id}".',
            path,
            row.source,
        )


def identity_is_shown(dossier: Dossier) -> Iterator[Finding]:
    """Find people of whom no card and no photo identity document is filed. Page 21."""
    case = dossier.case
    row = requirement(dossier.law, "ev_identity", case.filing.date, WORK_PERMIT_EVIDENCE)
    for path, person in without_paper(case, row.kinds):
        yield Finding(
            "identity-copy-missing",
            Weight.WARNING if is_open(case, row.kinds) else Weight.ERROR,
            f"no copy of the last card, or of another identity document with a photograph, of "
            f'"{person.id}" is in the evidence',
            f'List it under evidence, with the name in its title or "of: {person.id}".',
            path,
            row.source,
        )


def photographs_are_enclosed(dossier: Dossier) -> Iterator[Finding]:
    """Say what no file can hold: two photographs of each person."""
    row = requirement(dossier.law, "ev_photographs", dossier.case.filing.date, WORK_PERMIT_EVIDENCE)
    names = ", ".join(person.name.full for person in dossier.case.applicants)
    yield Finding(
        "photographs",
        Weight.NOTE,
        f"two passport-style photographs go with the application of {names}",
        "Have them taken: identical, in color, 2 by 2 inches; the checklist lists them.",
        ("beneficiaries",),
        row.source,
    )


def _people(dossier: Dossier) -> Iterator[tuple[FactPath, Beneficiary]]:
    for position, person in applicants(dossier.case):
        yield ("beneficiaries", position), person


def _permits(dossier: Dossier, reason: WorkPermitReason) -> Iterator[tuple[FactPath, WorkPermit]]:
    for path, person in _people(dossier):
        if person.work_permit is not None and person.work_permit.reason is reason:
            yield (*path, "work_permit"), person.work_permit

"""What an initial request must contain is there (Instructions for Form I-131, p. 26, item 5.C)."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.law.required_evidence import requirement
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.history import INADMISSIBLE, EventKind, ImmigrationEvent
from packet_builder.model.narrative import citations_of
from packet_builder.model.people import Person
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.papers import has_paper, is_open
from packet_builder.rules.persons import applicants, roles

_PETITIONS = frozenset(
    {
        EventKind.PETITION_FILED,
        EventKind.PETITION_APPROVED,
        EventKind.PETITION_DENIED,
        EventKind.WAIVER_DENIED,
        EventKind.VISA_REFUSAL,
    }
)
_ORDERED = frozenset({EventKind.REMOVAL_ORDER, EventKind.REMOVAL})
_CIVIL = frozenset(
    {
        EvidenceKind.BIRTH_CERTIFICATE,
        EvidenceKind.MARRIAGE_CERTIFICATE,
        EvidenceKind.DEATH_CERTIFICATE,
    }
)


def passport_copies_are_filed(dossier: Dossier) -> Iterator[Finding]:
    """Find beneficiaries whose passport page, or what stands for it, is not in the evidence.

    Instructions for Form I-131, p. 23, and p. 26, item 5.C(1).
    """
    for position, person in applicants(dossier.case):
        has_passport = person.passport is not None and person.passport.unavailable is None
        row = "ev_passport" if has_passport else "ev_photo_id"
        if not _has_document(dossier, person, row):
            what = "passport page" if has_passport else "other government-issued identity document"
            yield Finding(
                "identity-copy-missing",
                Weight.WARNING if _is_open(dossier, row) else Weight.ERROR,
                f'no {what} of "{person.id}" is in the evidence',
                f'List it under evidence, with the name in its title or "of: {person.id}".',
                ("beneficiaries", position),
                "Instructions for Form I-131, p. 26, item 5.C(1); p. 23",
            )


def petitioner_is_identified(dossier: Dossier) -> Iterator[Finding]:
    """Find a petitioner without identity documents. Instructions for Form I-131, p. 26."""
    petitioner = dossier.case.petitioner
    if petitioner is not None and not _has_document(dossier, petitioner, "ev_petitioner_id"):
        yield Finding(
            "petitioner-identity-missing",
            Weight.WARNING if _is_open(dossier, "ev_petitioner_id") else Weight.ERROR,
            "no identity document and proof of status of the petitioner is in the evidence",
            'List it under evidence, with the name in its title or "of: petitioner".',
            ("petitioner",),
            "Instructions for Form I-131, p. 26, item 5.C(2)",
        )


def supporters_are_identified(dossier: Dossier) -> Iterator[Finding]:
    """Find supporters without identity documents. Instructions for Form I-131, p. 26."""
    for position, person in enumerate(dossier.case.supporters):
        if not _has_document(dossier, person, "ev_i134"):
            yield Finding(
                "supporter-identity-missing",
                Weight.WARNING if _is_open(dossier, "ev_i134") else Weight.ERROR,
                f'no identity document and proof of status of "{person.id}" is in the evidence',
                f'List it under evidence, with the name in its title or "of: {person.id}".',
                ("supporters", position),
                "Instructions for Form I-131, p. 26, item 5.C(4)",
            )


def inadmissibility_is_addressed(dossier: Dossier) -> Iterator[Finding]:
    """Find facts of inadmissibility beside no word on a waiver, or on consent to reapply."""
    if dossier.case.request.why_no_waiver:
        return
    for position, event in _events(dossier):
        if event.event in INADMISSIBLE:
            yield Finding(
                "waiver-statement-missing",
                Weight.ERROR,
                f'"{event.id}" may make a person inadmissible, and nothing is said of a waiver',
                'Add "why_no_waiver:" under "request:": why none is needed, was sought or can be '
                "had; after a removal, also on consent to reapply.",
                ("beneficiaries", *position),
                "Instructions for Form I-131, p. 26, item 5.C(6); p. 12",
            )


def petitions_are_proven(dossier: Dossier) -> Iterator[Finding]:
    """Find petitions, applications and decisions without a copy. Item 5.C(7)."""
    for position, event in _events(dossier):
        if event.event in _PETITIONS and not _cites(event):
            yield Finding(
                "petition-record-missing",
                Weight.ERROR,
                f'"{event.id}" ({event.event.replace("_", " ")}) cites no decision or record',
                "File and cite the decision, or the proof that the case is pending.",
                ("beneficiaries", *position),
                "Instructions for Form I-131, p. 26, item 5.C(7)",
            )


def no_other_request_is_pending(dossier: Dossier) -> Iterator[Finding]:
    """Find a second request beside a pending one. Instructions for Form I-131, p. 4."""
    if dossier.case.request.pending_request:
        row = requirement(dossier.law, "req_no_duplicate", dossier.case.filing.date)
        yield Finding(
            "request-pending",
            Weight.ERROR,
            "another Form I-131 of this type is pending; a second one may be rejected or denied",
            "Wait for the decision or withdraw the pending one, then correct the fact.",
            ("request", "pending_request"),
            row.source,
        )


def proceedings_go_to_ice(dossier: Dossier) -> Iterator[Finding]:
    """Find people in or after removal proceedings. Instructions for Form I-131, pp. 3, 4, 12."""
    for number, person in applicants(dossier.case):
        kinds = {event.event for event in person.immigration_history}
        if person.in_proceedings and kinds.isdisjoint(_ORDERED):
            yield Finding(
                "proceedings-with-ice",
                Weight.NOTE,
                f'"{person.id}" is or was in proceedings: ICE generally has jurisdiction',
                "Counsel decides where the request goes; add the proceedings to the immigration "
                "history, and answer what counts against the person.",
                ("beneficiaries", number, "in_proceedings"),
                "Instructions for Form I-131, pp. 3, 4, 12",
            )
    for position, event in _events(dossier):
        if event.event in _ORDERED:
            yield Finding(
                "proceedings-with-ice",
                Weight.NOTE,
                f'"{event.id}": after removal proceedings ICE generally has jurisdiction',
                "Counsel decides where the request goes; who is in custody does not file I-131.",
                ("beneficiaries", *position),
                "Instructions for Form I-131, pp. 3, 4, 12",
            )


def civil_documents_show_both_sides(dossier: Dossier) -> Iterator[Finding]:
    """Find civil documents of which only one side is filed. Instructions for Form I-131, p. 25."""
    for position, one in enumerate(dossier.case.evidence):
        if one.kind not in _CIVIL or one.waived is not None or one.both_sides:
            continue
        is_known = one.both_sides is not None
        yield Finding(
            "both-sides-missing",
            Weight.ERROR if is_known else Weight.NOTE,
            f'of "{one.id}" only one side is filed'
            if is_known
            else f'"{one.id}": look whether its back bears annotations',
            "File both sides of a civil document that is annotated on either, and say "
            '"both_sides: yes".',
            ("evidence", position),
            "Instructions for Form I-131, p. 25",
        )


def documents_name_their_owner(dossier: Dossier) -> Iterator[Finding]:
    """Find documents that are said to be of somebody who is not in the case."""
    case = dossier.case
    known = {role.id for role in roles(case)}
    for position, one in enumerate(case.evidence):
        for name in one.of:
            if name not in known:
                yield Finding(
                    "evidence-of-unknown",
                    Weight.ERROR,
                    f'"{one.id}" is said to be of "{name}", who is not in the case',
                    f"Known: {', '.join(sorted(known))}.",
                    ("evidence", position, "of"),
                )


def _has_document(dossier: Dossier, person: Person, row: str) -> bool:
    return has_paper(dossier.case, person, _kinds(dossier, row))


def _is_open(dossier: Dossier, row: str) -> bool:
    return is_open(dossier.case, _kinds(dossier, row))


def _kinds(dossier: Dossier, row: str) -> tuple[EvidenceKind, ...]:
    return requirement(dossier.law, row, dossier.case.filing.date).kinds


def _events(dossier: Dossier) -> Iterator[tuple[tuple[int, str, int], ImmigrationEvent]]:
    for number, person in applicants(dossier.case):
        for position, event in enumerate(person.immigration_history):
            yield (number, "immigration_history", position), event


def _cites(event: ImmigrationEvent) -> bool:
    return any(citations_of(claim.text) for claim in event.claims)

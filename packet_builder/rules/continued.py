"""What was filed stays as it was: an answer continues it, and says nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.events import Receipt
from packet_builder.rules.finding import Dossier, Finding, Weight


def what_is_answered_was_filed(dossier: Dossier) -> Iterator[Finding]:
    """Find answers to a notice on a request of which there is no final packet."""
    notice = dossier.case.notice
    if notice is None or dossier.filed.is_known:
        return
    event = dossier.case.answered
    asked = f" {event.filing}" if event is not None and event.filing else ""
    yield Finding(
        "request-not-final",
        Weight.ERROR,
        f"the request{asked} was never made final: its letters and pages are not known",
        "Approve it, and make it final with packet-builder finalize. If it was filed without this "
        'program, add "filed_elsewhere:" with its date and its last exhibit.',
        ("notice",),
    )


def newest_final_counts(dossier: Dossier) -> Iterator[Finding]:
    """Say which of several final packets is taken for the one that was filed."""
    if dossier.filed.finals > 1:
        packet = dossier.filed.packets[0]
        yield Finding(
            "several-final-packets",
            Weight.NOTE,
            f"there are {dossier.filed.finals} final packets of {packet.filing}; pages and letters "
            f"are those of the newest, {packet.folder}",
            "Make sure that this is the one that was sent.",
            ("notice",),
        )


def exhibits_are_those_that_were_filed(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence that was filed before and is another file now: a letter means one exhibit."""
    for position, evidence in enumerate(dossier.case.evidence):
        before, seen = dossier.filed.exhibit(evidence.id), dossier.seen.get(evidence.id)
        if before is None or seen is None or seen.digests == before[1].files:
            continue
        yield Finding(
            "exhibit-differs-from-filed",
            Weight.ERROR,
            f'"{evidence.id}" was filed as Exhibit {before[1].letter}, and its file is another now',
            "Put the file that was filed back; or list the new one below evidence: with an id of "
            "its own.",
            ("evidence", position),
        )


def notices_are_answered_once(dossier: Dossier) -> Iterator[Finding]:
    """Find a notice that another final packet answers already. 8 CFR 103.2(b)(11)."""
    notice = dossier.case.notice
    for packet in dossier.filed.packets:
        if notice is not None and packet.notice == notice.event:
            yield Finding(
                "notice-answered-before",
                Weight.ERROR,
                f"{packet.filing} answers this notice already, in the packet of "
                f"{packet.date:%Y-%m-%d}",
                "All answers go together, once. Correct the event, or answer in that filing.",
                ("notice", "event"),
                "8 CFR 103.2(b)(11), as reported",
            )


def receipt_numbers_agree(dossier: Dossier) -> Iterator[Finding]:
    """Find a notice with a receipt number that no receipt of the case has."""
    notice = dossier.case.notice
    known = {one.receipt_number for one in dossier.case.events if isinstance(one, Receipt)}
    if notice is not None and known and notice.receipt_number not in known:
        yield Finding(
            "receipt-number-differs",
            Weight.ERROR,
            f"no receipt among the events has the number {notice.receipt_number}",
            "Read both papers again: one is of another case, or was copied wrongly.",
            ("notice", "receipt_number"),
        )

"""Nothing unsettled stands in the attorney's Word copies when a packet is filed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from packet_builder.facts.fault import Source
from packet_builder.rules.finding import Dossier, Finding, Weight


def changes_are_settled(dossier: Dossier) -> Iterator[Finding]:
    """Find tracked changes that are neither accepted nor rejected."""
    for draft in dossier.drafts:
        if draft.changes:
            yield Finding(
                "draft-open-changes",
                Weight.WARNING,
                f"tracked changes are open: {_listed(draft.changes)}",
                "Accept or reject each in Word; packet-builder draft --accept accepts all.",
                (),
                source=_place(draft.name),
            )


def comments_are_settled(dossier: Dossier) -> Iterator[Finding]:
    """Find comments that still stand in a draft."""
    for draft in dossier.drafts:
        if draft.comments:
            yield Finding(
                "draft-comments",
                Weight.WARNING,
                f"comments are open: {_listed(draft.comments)}",
                "Answer and delete them in Word; packet-builder draft --accept removes all.",
                (),
                source=_place(draft.name),
            )


def conflicts_are_settled(dossier: Dossier) -> Iterator[Finding]:
    """Find places where the attorney and the facts changed the same, one finding each."""
    for draft in dossier.drafts:
        for conflict in draft.conflicts:
            yield Finding(
                "draft-conflict",
                Weight.WARNING,
                f"a conflict is open: {conflict}",
                "In Word, keep what is right and delete the comment that begins with Conflict.",
                (),
                source=_place(draft.name),
            )


def drafts_say_what_the_facts_say(dossier: Dossier) -> Iterator[Finding]:
    """Find old values of changed facts in what the attorney wrote by hand."""
    for draft in dossier.drafts:
        for was, now, place in draft.outdated:
            instead = f' (now "{now}")' if now else ""
            yield Finding(
                "draft-outdated",
                Weight.WARNING,
                f'"{was}"{instead} still stands in {place}, and no fact says so any more',
                "Correct it in Word, or accept this finding where it is meant.",
                (),
                source=_place(draft.name),
            )


def drafts_are_up_to_date(dossier: Dossier) -> Iterator[Finding]:
    """Find drafts that changed facts were merged into, and that she has not seen yet."""
    for draft in dossier.drafts:
        if draft.merged:
            yield Finding(
                "draft-behind",
                Weight.WARNING,
                f"the facts changed since this draft was written: {draft.merged}",
                "Run packet-builder draft: it puts a new version beside hers, with every change "
                "tracked.",
                (),
                source=_place(draft.name),
            )


def drafts_are_read(dossier: Dossier) -> Iterator[Finding]:
    """Find Word files among the drafts that no build reads."""
    for name in dossier.unread:
        yield Finding(
            "draft-unread",
            Weight.WARNING,
            "no build reads this file",
            "Copy what it says into the draft of that letter, and move it out of the folder.",
            (),
            source=_place(name),
        )


def pdfs_are_of_their_drafts(dossier: Dossier) -> Iterator[Finding]:
    """Find PDFs beside a draft that do not stand for the engine's pages."""
    for draft in dossier.drafts:
        if draft.pdf:
            yield Finding(
                "draft-pdf-unused",
                Weight.WARNING,
                f"this PDF is not used, the engine prints the draft: {draft.pdf}",
                "Settle and save the draft in Word, save it as PDF again, or remove the PDF.",
                (),
                source=_place(draft.name),
            )


def _listed(places: Iterable[str]) -> str:
    return "; ".join(places)


def _place(name: str) -> Source:
    return Source(Path(name), 0, 0)

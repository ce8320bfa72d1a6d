"""What was blacked out in the evidence is gone, and not only out of sight."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.rules.finding import Dossier, Finding, Weight


def boxes_hide_no_words(dossier: Dossier) -> Iterator[Finding]:
    """Find pages with words under a box or picture: out of sight, and still in the file."""
    for position, evidence in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(evidence.id)
        for page in seen.covered if seen else ():
            yield Finding(
                "redaction-fake",
                Weight.ERROR,
                f'page {page} of "{evidence.id}" has words under a box or a picture: out of '
                "sight, but anybody can copy them out of the packet",
                "Make a picture of the page, so that nothing lies under the box: print it, cover "
                'them, scan it; or print it in Acrobat with "Print as image". If nothing is to be '
                "hidden there, accept the finding and say so.",
                ("evidence", position),
            )


def redactions_are_applied(dossier: Dossier) -> Iterator[Finding]:
    """Find pages whose redactions were marked and never applied: they hide nothing."""
    for position, evidence in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(evidence.id)
        for page in seen.unredacted if seen else ():
            yield Finding(
                "redaction-not-applied",
                Weight.ERROR,
                f'page {page} of "{evidence.id}" has redactions that were marked and never '
                "applied: the packet would show what they mark",
                "Apply them in Acrobat (Tools, Redact, Apply), or delete the marks, and save it "
                "under its name.",
                ("evidence", position),
            )

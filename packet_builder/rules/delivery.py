"""What is filed can go the way it is sent: on paper to an address, or online."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.law.delivery_limits import delivery_limit
from packet_builder.model.case import Delivery
from packet_builder.rules.finding import Dossier, Finding, Weight


def online_filing_has_no_carrier(dossier: Dossier) -> Iterator[Finding]:
    """Find a carrier beside an online filing: one of the two is a mistake."""
    filing = dossier.case.filing
    if filing.delivery is Delivery.ONLINE and filing.carrier is not None:
        yield Finding(
            "carrier-online",
            Weight.WARNING,
            "an online filing has no carrier",
            'Remove "carrier:", or set "delivery: paper".',
            ("filing", "carrier"),
        )


def online_filing_keeps_its_limits(dossier: Dossier) -> Iterator[Finding]:
    """Say what an online filing may hold. USCIS online tips, as quoted."""
    filing = dossier.case.filing
    if filing.delivery is not Delivery.ONLINE:
        return
    row = delivery_limit(dossier.law, "upload_bytes", filing.date)
    yield Finding(
        "online-limits",
        Weight.NOTE,
        f"each file that is uploaded may hold at most {row.limit or 0:,} bytes, and no password",
        "Upload PDF or JPEG; the rule for file names and the place of Form I-134 are not "
        "established.",
        ("filing", "delivery"),
        row.source,
    )


def uploads_are_small_enough(dossier: Dossier) -> Iterator[Finding]:
    """Find files that an online filing cannot take. USCIS online tips, as quoted."""
    filing = dossier.case.filing
    if filing.delivery is not Delivery.ONLINE:
        return
    row = delivery_limit(dossier.law, "upload_bytes", filing.date)
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        largest = max(seen.sizes if seen else (), default=0)
        if row.limit is not None and largest > row.limit:
            yield Finding(
                "upload-too-large",
                Weight.ERROR,
                f'a file of "{one.id}" has {largest:,} bytes, more than the {row.limit:,} that can '
                "be uploaded",
                "Split it into several files, or scan it again at 200 to 300 dpi.",
                ("evidence", position, "file"),
                row.source,
            )


def online_expedite_is_asked_in_the_account(dossier: Dossier) -> Iterator[Finding]:
    """Say that the EXPEDITE page of a paper filing has no known counterpart online."""
    filing = dossier.case.filing
    if filing.delivery is Delivery.ONLINE and filing.expedite and filing.expedite.requested:
        yield Finding(
            "expedite-online",
            Weight.NOTE,
            "how an online filing is marked EXPEDITE is not established",
            "Ask through the account or the contact center after filing.",
            ("filing", "expedite"),
        )

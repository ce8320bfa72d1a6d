"""How long after it was last checked a row of law may still be rested on: a choice of ours."""

from __future__ import annotations

import datetime as dt

from packet_builder.law.form_editions import FormEdition
from packet_builder.law.table import Row

#: Days between the last check and the filing: superseded editions and wrong fees are rejected
#: (Form G-1055, p. 1).
WARN_AFTER, BLOCK_AFTER = 14, 45
#: The tables of what a packet prints, pays and is sent by: an old row of these is rejected.
ACTED_ON = frozenset(
    {"fees", "fee_exemptions", "filing_addresses", "form_editions", "delivery_limits"}
)
#: Days for which a row whose start is not known may be taken to have held before it was checked.
TAKEN_BACK = 90


def days_since_check(row: Row, on: dt.date) -> int:
    """Give how many days before a date a row was last checked."""
    return (on - row.checked_on).days


def edition_fault(row: FormEdition, on: dt.date) -> str:
    """Say why nothing may be filed on an edition on a date; "" where nothing speaks against it."""
    if row.newer_edition:
        return f"edition {row.newer_edition} is known to replace it"
    if row.expires_on_face and row.expires_on_face < on and not row.expiry_is_ignored:
        return f"it expired on {row.expires_on_face:%Y-%m-%d}, as printed on its face"
    return ""


def edition_doubt(row: FormEdition, on: dt.date) -> str:
    """Say why an edition may be drafted on and not filed yet on a date; "" where nothing does."""
    if row.conflict:
        return "reports contradict each other on which edition is accepted"
    days, within = days_since_check(row, on), row.confirm_within_days
    if within is not None and days > within:
        return (
            f"it is confirmed within {within} days before filing, and was last checked {days} days "
            "before"
        )
    return ""

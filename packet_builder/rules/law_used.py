"""The rows of law that a packet rests on are known, fresh, and confirmed before filing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from packet_builder.law.fees import Fee
from packet_builder.law.filing_addresses import FilingAddress
from packet_builder.law.form_editions import FormEdition, newest_schedule
from packet_builder.law.freshness import (
    BLOCK_AFTER,
    TAKEN_BACK,
    WARN_AFTER,
    days_since_check,
    edition_doubt,
    edition_fault,
)
from packet_builder.law.law import SHIPPED
from packet_builder.law.office import FILE
from packet_builder.law.table import LawGapError, LawUnverifiedError, Row, SourceStatus
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.law_uses import Use, rows_of, uses_of


def law_is_known(dossier: Dossier) -> Iterator[Finding]:
    """Find what the tables do not cover on the filing date; nothing is extrapolated."""
    for use in uses_of(dossier):
        try:
            use.row(dossier.law, dossier.case.filing.date)
        except (LawGapError, LawUnverifiedError) as gap:
            message = f"{use.what} is not known for the filing date: {gap}"
            cure = f"Add the row with its official source to {FILE}, or correct the date."
            yield Finding("law-gap", Weight.ERROR, message, cure, use.path)


def law_is_fresh(dossier: Dossier) -> Iterator[Finding]:
    """Find rows that were last checked too long before the filing.

    A choice of this program: superseded editions and wrong fees are rejected (Form G-1055, p. 1).
    """
    filed = dossier.case.filing.date
    checked: defaultdict[dt.date, list[Use]] = defaultdict(list)
    for use, row in rows_of(dossier):
        if days_since_check(row, filed) > WARN_AFTER:
            checked[row.checked_on].append(use)
    for day, uses in checked.items():
        age = (filed - day).days
        yield Finding(
            "law-stale",
            Weight.ERROR if age > BLOCK_AFTER else Weight.WARNING,
            f"last checked on {day:%Y-%m-%d}, {age} days before the filing: "
            f"{', '.join(use.what for use in uses)}",
            f"Check each at its source and say so in {FILE} beside firm.yaml: under checked:, or, "
            "where it has changed, with a row of your own.",
            ("filing", "date"),
            "this program; a wrong fee is rejected (Form G-1055, p. 1)",
        )


def law_had_begun(dossier: Dossier) -> Iterator[Finding]:
    """Find filings long before the check of a row of which nobody knows since when it holds.

    A choice of this program: such a row is not taken to have held for ever.
    """
    filed = dossier.case.filing.date
    for use, row in rows_of(dossier):
        early = -days_since_check(row, filed)
        if row.effective_from is None and early > TAKEN_BACK:
            yield Finding(
                "law-start-unknown",
                Weight.WARNING,
                f"it is not known since when {use.what} holds; it was checked {early} days after "
                "the filing date",
                "Correct the filing date, or find out what held on it and say so in "
                f"{FILE} with effective_from.",
                use.path,
                row.source,
            )


def form_editions_are_current(dossier: Dossier) -> Iterator[Finding]:
    """Find forms that expired on their face or are superseded."""
    filed = dossier.case.filing.date
    for use, row in rows_of(dossier):
        if isinstance(row, FormEdition) and (fault := edition_fault(row, filed)):
            yield Finding(
                "form-edition",
                Weight.ERROR,
                f"Form {row.form}, edition {row.edition}: {fault}",
                row.what_to_do,
                use.path,
                row.source,
            )


def form_editions_are_confirmed(dossier: Dossier) -> Iterator[Finding]:
    """Find forms of which nobody has confirmed lately that the edition is accepted.

    A packet may be drafted with them; it is not made final (a choice of this program).
    """
    filed = dossier.case.filing.date
    for use, row in rows_of(dossier):
        if isinstance(row, FormEdition) and (doubt := edition_doubt(row, filed)):
            yield Finding(
                "form-edition-unconfirmed",
                Weight.WARNING,
                f"Form {row.form}, edition {row.edition}: {doubt}",
                f"Look it up at {row.address} on the day of signing, and say so under checked: in "
                f"{FILE} beside firm.yaml. {' '.join(row.conflict)}",
                use.path,
                row.source,
            )


def fee_schedule_is_newest(dossier: Dossier) -> Iterator[Finding]:
    """Find amounts that no source reports for the newest known fee schedule."""
    newest = newest_schedule(dossier.law, dossier.case.filing.date)
    for use, row in rows_of(dossier):
        if isinstance(row, Fee) and row.usd and row.reported_in != newest:
            yield Finding(
                "fee-schedule-superseded",
                Weight.WARNING,
                f"{use.what}, ${row.usd:,}, is not known for the fee schedule of {newest}",
                "Compare it with Form G-1055 on uscis.gov; an incorrect fee is rejected.",
                use.path,
                row.source,
            )


def law_is_confirmed(dossier: Dossier) -> Iterator[Finding]:
    """Give what rests on reports of third parties, to be confirmed before filing."""
    for use, row in rows_of(dossier):
        if row.status is SourceStatus.SECONDARY or row.confirm is not None:
            yield Finding(
                "law-to-confirm",
                Weight.NOTE,
                f"confirm before filing: {use.what}{_shown(row)}",
                f"Look it up {_place_of(row)}; if it holds, say so under checked: in {FILE} beside "
                f"firm.yaml. Last checked on {row.checked_on:%Y-%m-%d}: "
                f"{row.confirm or 'only third parties say so'}.",
                use.path,
                row.source,
            )


def own_law_is_shown(dossier: Dossier) -> Iterator[Finding]:
    """Say what rests on the office's own rows, and which of them the program knows of later."""
    for use, row in rows_of(dossier):
        place = dossier.law.place_of(use.table.name, row)
        if place is None:
            continue
        yield Finding(
            "law-own",
            Weight.NOTE,
            f"{use.what}{_shown(row)} rests on the office's own row, {place}",
            "Nothing, if that row is right.",
            use.path,
            row.source,
        )
        shipped = _shipped(use, dossier.case.filing.date)
        if shipped and shipped.checked_on > row.checked_on:
            yield Finding(
                "law-own-older",
                Weight.WARNING,
                f"{use.what}: the program's row was checked on {shipped.checked_on:%Y-%m-%d}, the "
                f"office's own, {place}, on {row.checked_on:%Y-%m-%d}",
                "Compare the two with the source; then correct the office's row, or remove it.",
                use.path,
                shipped.source,
            )


def _shipped(use: Use, on: dt.date) -> Row | None:
    """Give the program's row that the office's own has replaced."""
    try:
        return use.row(SHIPPED, on)
    except (LawGapError, LawUnverifiedError):
        return None


def _place_of(row: Row) -> str:
    """Say where a row is looked up on the day of filing."""
    if isinstance(row, FormEdition):
        return f"at {row.address}"
    if isinstance(row, Fee):
        return "in Form G-1055 at https://www.uscis.gov/g-1055"
    return "at https://www.uscis.gov/i-131" if isinstance(row, FilingAddress) else "at its source"


def _shown(row: Row) -> str:
    if isinstance(row, Fee):
        return f", ${row.usd:,}"
    if isinstance(row, FilingAddress):
        return f", {', '.join(row.lines)}"
    return f", {row.edition}" if isinstance(row, FormEdition) else ""

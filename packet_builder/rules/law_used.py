"""The rows of law that a packet rests on are known, fresh, and confirmed before filing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from packet_builder.facts.tree import FactPath
from packet_builder.law.delivery_limits import delivery_limit
from packet_builder.law.fee_exemptions import fee_exemption, fee_exemptions
from packet_builder.law.fees import Fee, fee
from packet_builder.law.filing_addresses import filing_address
from packet_builder.law.form_editions import FormEdition, form_edition, newest_schedule
from packet_builder.law.table import LawGapError, LawUnverifiedError, Row, SourceStatus
from packet_builder.model.case import Case, Delivery
from packet_builder.model.fees import Payment
from packet_builder.rules.finding import Dossier, Finding, Weight

_WARN_AFTER, _BLOCK_AFTER = 14, 45  # days between check and filing
_PAYMENT_FORMS = {Payment.CREDIT_CARD: "g-1450", Payment.BANK_ACCOUNT: "g-1650"}


@dataclass(frozen=True, slots=True)
class Use:
    """One row that the packet rests on."""

    what: str  # as a person names it
    look_up: Callable[[], Row]
    path: FactPath  # the fact that asks for it


def uses_of(case: Case) -> Iterator[Use]:
    """Give every row that the packet prints, pays or is sent by."""
    on = case.filing.date
    yield Use("the filing fee", partial(fee, _filing_fee(case), on), ("fees", "i131"))
    yield Use("the parole fee on approval", partial(fee, "parole_fee", on), ("fees",))
    exemption = case.fees.i131.exemption
    if exemption and exemption.category in {row.id for row in fee_exemptions()}:
        look_up = partial(fee_exemption, exemption.category, on)
        yield Use("the exemption", look_up, ("fees", "i131", "exemption"))
    if case.filing.delivery is Delivery.PAPER and case.filing.carrier is not None:
        look_up_address = partial(filing_address, f"i131_item7_{case.filing.carrier}", on)
        yield Use("the filing address", look_up_address, ("filing", "carrier"))
    if case.filing.delivery is Delivery.ONLINE:
        look_up_limit = partial(delivery_limit, "upload_bytes", on)
        yield Use("the upload limit", look_up_limit, ("filing", "delivery"))
    for form in _forms(case):
        look_up_form = partial(form_edition, form, on)
        yield Use(f"the edition of Form {form.upper()}", look_up_form, ("filing", "date"))


def law_is_known(dossier: Dossier) -> Iterator[Finding]:
    """Find what the tables do not cover on the filing date; nothing is extrapolated."""
    for use in uses_of(dossier.case):
        try:
            use.look_up()
        except (LawGapError, LawUnverifiedError) as gap:
            message = f"{use.what} is not known for the filing date: {gap}"
            cure = "Add the row with its official source, or correct the date."
            yield Finding("law-gap", Weight.ERROR, message, cure, use.path)


def law_is_fresh(dossier: Dossier) -> Iterator[Finding]:
    """Find rows that were last checked too long before the filing.

    A choice of this program: superseded editions and wrong fees are rejected (Form G-1055, p. 1).
    """
    filed = dossier.case.filing.date
    for use, row in _rows(dossier.case):
        age = (filed - row.checked_on).days
        if age > _WARN_AFTER:
            yield Finding(
                "law-stale",
                Weight.ERROR if age > _BLOCK_AFTER else Weight.WARNING,
                f"{use.what} was last checked on {row.checked_on:%Y-%m-%d}, {age} days before the "
                "filing",
                "Check it at its source and correct its row in law/tables, checked_on included.",
                use.path,
                row.source,
            )


def form_editions_are_current(dossier: Dossier) -> Iterator[Finding]:
    """Find forms that expired on their face, are superseded, or are in conflict."""
    filed = dossier.case.filing.date
    for use, row in _rows(dossier.case):
        if isinstance(row, FormEdition) and (fault := _edition_fault(row, filed)):
            yield Finding(
                "form-edition",
                Weight.ERROR,
                f"Form {row.form}, edition {row.edition}: {fault}",
                row.what_to_do,
                use.path,
                row.source,
            )


def fee_schedule_is_newest(dossier: Dossier) -> Iterator[Finding]:
    """Find amounts that no source reports for the newest known fee schedule."""
    newest = newest_schedule()
    for use, row in _rows(dossier.case):
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
    for use, row in _rows(dossier.case):
        if row.status is SourceStatus.SECONDARY or row.confirm is not None:
            yield Finding(
                "law-to-confirm",
                Weight.NOTE,
                f"confirm before filing: {use.what}{_shown(row)}",
                f"Checked on {row.checked_on:%Y-%m-%d}: {row.confirm or 'reported by others'}.",
                use.path,
                row.source,
            )


def _rows(case: Case) -> Iterator[tuple[Use, Row]]:
    for use in uses_of(case):
        try:
            yield use, use.look_up()
        except (LawGapError, LawUnverifiedError):  # found by law_is_known
            continue


def _filing_fee(case: Case) -> str:
    if case.fees.i131.pay is Payment.EXEMPTION:
        return "i131_exempt"
    return f"i131_item7_{case.filing.delivery}"


def _forms(case: Case) -> Iterator[str]:
    yield from ("i-131", "i-134", "g-28")
    on_paper = case.filing.delivery is Delivery.PAPER
    if on_paper and case.filing.email_notice:
        yield "g-1145"
    if on_paper and case.fees.i131.pay in _PAYMENT_FORMS:
        yield _PAYMENT_FORMS[case.fees.i131.pay]
    if case.fees.i131.pay is Payment.WAIVER:
        yield "i-912"


def _edition_fault(row: FormEdition, filed: dt.date) -> str:
    if row.newer_edition:
        return f"edition {row.newer_edition} is known to replace it"
    if row.conflict:
        return "reports contradict each other on which edition is accepted"
    if row.expires_on_face and row.expires_on_face < filed and not row.expiry_is_ignored:
        return f"it expired on {row.expires_on_face:%Y-%m-%d}, as printed on its face"
    return ""


def _shown(row: Row) -> str:
    if isinstance(row, Fee):
        return f", ${row.usd:,}"
    return f", {row.edition}" if isinstance(row, FormEdition) else ""

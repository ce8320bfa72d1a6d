"""A case becomes the rows of law that its packet rests on, each with the fact that asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from packet_builder.deadlines.kinds import KINDS
from packet_builder.deadlines.of_case import deadlines_of
from packet_builder.due import (
    address_row,
    case_path,
    fees_of,
    filing_fee,
    filing_fee_path,
    forms_of,
    row_of,
)
from packet_builder.facts.tree import FactPath
from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS
from packet_builder.law.delivery_limits import DELIVERY_LIMITS
from packet_builder.law.explanations import (
    EXPLANATIONS,
    ROUTE_POINTS,
    explanations,
    route_points,
)
from packet_builder.law.fee_exemptions import FEE_EXEMPTIONS, fee_exemptions
from packet_builder.law.fee_waivers import FEE_WAIVER_BASES
from packet_builder.law.fees import FEES
from packet_builder.law.filing_addresses import FILING_ADDRESSES
from packet_builder.law.form_editions import FEE_SCHEDULE, FORM_EDITIONS, OTHER_FORMS
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import PAROLE_FEE_EXCEPTIONS
from packet_builder.law.poverty_guidelines import POVERTY_GUIDELINES
from packet_builder.law.required_evidence import (
    INITIAL_EVIDENCE,
    RE_PAROLE_EVIDENCE,
    WORK_PERMIT_EVIDENCE,
    Requirement,
    recommendations,
)
from packet_builder.law.required_evidence import RECOMMENDED_EVIDENCE as RECOMMENDED
from packet_builder.law.table import LawGapError, LawUnverifiedError, Row, Table
from packet_builder.model.case import Case, Delivery
from packet_builder.model.events import ServedBy
from packet_builder.outline import Outline, Subject
from packet_builder.rules.finding import Dossier

#: What shows other routes, and the dates of the case.
_COMPARE_ROUTES = frozenset({Subject.EXPLANATION, Subject.STRATEGY})
#: What a filing must contain, by what it is about.
_REQUIRED: Mapping[Subject, Table[Requirement]] = MappingProxyType(
    {
        Subject.INITIAL_EVIDENCE: INITIAL_EVIDENCE,
        Subject.RE_PAROLE: RE_PAROLE_EVIDENCE,
        Subject.WORK_PERMIT: WORK_PERMIT_EVIDENCE,
    }
)
#: The deadlines that a filing is compared with, by what it is about.
_DAYS: Mapping[Subject, tuple[str, str]] = MappingProxyType(
    {
        Subject.RE_PAROLE: ("the target for a new period of parole", "re_parole_target"),
        Subject.WORK_PERMIT: ("the days in which a card is renewed", "ead_renewal"),
    }
)


@dataclass(frozen=True, slots=True)
class Use:
    """One row that the packet rests on."""

    what: str  # as a person names it
    table: Table[Any]
    id: str
    path: FactPath  # the fact that asks for it

    def row(self, law: Law, on: dt.date) -> Row:
        """Give the row; raises LawGapError or LawUnverifiedError."""
        row: Row = law.in_force(self.table, self.id, on)
        return row


def uses_of(dossier: Dossier) -> Iterator[Use]:
    """Give every row that the packet prints, pays or is sent by."""
    case, about = dossier.case, dossier.outline.about
    if Subject.FILING_FEE in about:
        yield from _fees(dossier)
    if Subject.PAROLE_FEE in about:
        yield Use("the parole fee on approval", FEES, "parole_fee", ("fees",))
    if Subject.DELIVERY in about:
        yield from _delivery(case, dossier.outline)
    if Subject.EXPLANATION in about:
        yield from _explanations(dossier.law, case.filing.date)
    if not _COMPARE_ROUTES.isdisjoint(about):
        yield from _route_points(dossier.law, case.filing.date)
    for form in forms_of(dossier.outline, case):
        what = f"the edition of Form {form.upper()}"
        yield Use(what, FORM_EDITIONS, form, ("filing", "date"))


def rows_of(dossier: Dossier) -> Iterator[tuple[Use, Row]]:
    """Give what the packet prints, pays or is sent by, as far as the tables have it."""
    yield from _known(dossier, uses_of(dossier))


def rows_used(dossier: Dossier) -> tuple[tuple[Use, Row], ...]:
    """Give every row that packet, letters, findings and evidence matrix rest on."""
    weighed = (*_known(dossier, _letters(dossier)), *_weighed(dossier))
    dates = () if _COMPARE_ROUTES.isdisjoint(dossier.outline.about) else _dates(dossier)
    return (*rows_of(dossier), *weighed, *dates)


def _known(dossier: Dossier, uses: Iterator[Use]) -> Iterator[tuple[Use, Row]]:
    for use in uses:
        try:
            yield use, use.row(dossier.law, dossier.case.filing.date)
        except (LawGapError, LawUnverifiedError):  # found by law_is_known, or told by its own rule
            continue


def _letters(dossier: Dossier) -> Iterator[Use]:
    """Give what letters argue by, and what fees and income are compared with."""
    case, about = dossier.case, dossier.outline.about
    if Subject.FILING_FEE in about or Subject.PAROLE_FEE in about:
        yield Use("the newest known fee schedule", OTHER_FORMS, FEE_SCHEDULE, ("fees",))
    for position, asked in enumerate(case.fees.parole_fee if Subject.PAROLE_FEE in about else ()):
        path = ("fees", "parole_fee", position)
        what = f"the parole-fee exception of {case.beneficiary(asked.beneficiary).name.full}"
        yield Use(what, PAROLE_FEE_EXCEPTIONS, asked.exception, path)
    met = filing_fee(dossier.outline, case) if Subject.FILING_FEE in about else None
    for basis in met.waiver.basis if met and met.waiver else ():
        what = f"the basis of the fee waiver: {basis}"
        place = (*filing_fee_path(dossier.outline), "waiver")
        yield Use(what, FEE_WAIVER_BASES, basis, place)
    supporters = case.supporters if Subject.SUPPORT in about else ()
    for household in sorted({supporter.household_size for supporter in supporters}):
        what = f"the poverty guideline for a household of {household}"
        yield Use(what, POVERTY_GUIDELINES, f"household_{household}", ("supporters",))


def _weighed(dossier: Dossier) -> Iterator[tuple[Use, Row]]:
    """Give what the request must contain and what usually proves its grounds, sure or not."""
    on, about = dossier.case.filing.date, dossier.outline.about
    for table in (_REQUIRED[subject] for subject in _REQUIRED if subject in about):
        for row in dossier.law.rows(table):
            if row.is_in_force(on):
                yield Use("what the request must contain", table, row.id, ("filing",)), row
    for use in _counted(dossier):
        for row in dossier.law.rows(use.table):
            if row.id == use.id and row.is_in_force(on):
                yield use, row
    asked = dossier.case.request.grounds if Subject.REQUEST in about else ()
    grounds = dict.fromkeys(ground.ground for ground in asked)
    for ground in grounds:
        for advice in recommendations(dossier.law, ground, on):
            what = f"what usually proves {ground.replace('_', ' ')}"
            yield Use(what, RECOMMENDED, advice.id, ("request", "grounds")), advice


def _counted(dossier: Dossier) -> Iterator[Use]:
    """Give the limits of time that are counted, and what governs an answer to a notice."""
    case, about, notice = dossier.case, dossier.outline.about, dossier.case.answered
    carrier = case.filing.carrier
    if carrier and (notice or Subject.REQUEST in about):
        place = ("filing", "carrier")
        yield Use("the days on the way", RESPONSE_LIMITS, f"carried_{carrier}", place)
    if notice is not None:
        by_mail = ("served_by_mail",) if notice.served_by is ServedBy.MAIL else ()
        for row in (notice.event, *by_mail, "answer_once", "received", "eligible_when_filed"):
            yield Use("how a notice is answered", RESPONSE_LIMITS, row, ("notice",))
    for subject, (what, row) in _DAYS.items():
        if subject in about:
            yield Use(what, DEADLINES, row, ("filing", "date"))


def _explanations(law: Law, on: dt.date) -> Iterator[Use]:
    for told in explanations(law, on):
        yield Use(f'explanation "{told.id}"', EXPLANATIONS, told.id, ("filing",))


def _route_points(law: Law, on: dt.date) -> Iterator[Use]:
    for point in route_points(law, on):
        yield Use(f'route point "{point.id}"', ROUTE_POINTS, point.id, ("filing",))


def _dates(dossier: Dossier) -> Iterator[tuple[Use, Row]]:
    """Give what the dates rest on that a client is told, or that counsel weighs."""
    for one in deadlines_of(dossier.case, dossier.law).deadlines:
        table = KINDS[one.kind].table
        yield Use(f"the date: {one.title}", table, one.rule.id, one.path), one.rule


def _fees(dossier: Dossier) -> Iterator[Use]:
    """Give the row of each fee that is due for somebody, once."""
    case, outline, law = dossier.case, dossier.outline, dossier.law
    due = (fee for person in case.applicants for fee in fees_of(outline, case, person))
    for fee in dict.fromkeys(due):
        what = f"the fee: {fee.name}" if fee.separate else "the filing fee"
        yield Use(what, FEES, row_of(fee, case, law), case_path(fee.form))
    met = filing_fee(outline, case)
    exemption = met.exemption if met else None
    if exemption and exemption.category in {row.id for row in fee_exemptions(law)}:
        place = (*filing_fee_path(outline), "exemption")
        yield Use("the exemption", FEE_EXEMPTIONS, exemption.category, place)


def _delivery(case: Case, outline: Outline) -> Iterator[Use]:
    if address := address_row(outline, case):
        yield Use("the filing address", FILING_ADDRESSES, address, ("filing", "carrier"))
    if case.filing.delivery is Delivery.ONLINE:
        yield Use("the upload limit", DELIVERY_LIMITS, "upload_bytes", ("filing", "delivery"))

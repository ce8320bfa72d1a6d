"""What of an outline is due in a case: its documents, its fees, its address, its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.law.fees import Fee, fee_row
from packet_builder.law.fees import fee as fee_on
from packet_builder.law.filing_addresses import filing_address
from packet_builder.law.law import Law
from packet_builder.model.case import Case, Delivery
from packet_builder.model.claims import claims_of
from packet_builder.model.fees import FilingFee, Payment
from packet_builder.model.narrative import Citation, ClaimText, citations_of
from packet_builder.model.people import Beneficiary, Person, Petitioner, WorkPermitReason
from packet_builder.outline import (
    Condition,
    DueFee,
    Entry,
    FiledBy,
    Outline,
    Subject,
    subject_of,
)

#: Payments by which money is sent; what is waived or exempt sends none.
PAID = frozenset({Payment.CREDIT_CARD, Payment.BANK_ACCOUNT})


def entries_of(outline: Outline, case: Case) -> tuple[Entry, ...]:
    """Give the lines of an outline that apply to a case, in order."""
    return tuple(entry for entry in outline.documents if _is_due(entry, outline, case))


def forms_of(outline: Outline, case: Case) -> tuple[str, ...]:
    """Name the forms that a filing has, each once, in order."""
    forms = (entry.form for entry in entries_of(outline, case))
    return tuple(dict.fromkeys(form for form in forms if form is not None))


def fees_of(outline: Outline, case: Case, person: Beneficiary) -> tuple[DueFee, ...]:
    """Give the fees that are due for a person, the filing fee first."""
    return tuple(fee for fee in outline.fees if _is_due_for(fee, case, person))


def payers_of(entry: Entry, outline: Outline, case: Case) -> tuple[Beneficiary, ...]:
    """Give those for whom a line is completed: where it pays a fee, those for whom it is due."""
    if entry.pays is None:
        return case.applicants
    fee = outline.fee(entry.pays)
    return tuple(person for person in case.applicants if _is_due_for(fee, case, person))


def filer_of(outline: Outline, case: Case, person: Beneficiary) -> Petitioner | Beneficiary:
    """Give who files for a person."""
    return person if outline.filed_by is FiledBy.BENEFICIARY else case.filer


def payer_of(outline: Outline, case: Case, person: Beneficiary) -> Person | None:
    """Give whose card or account pays for a person; None where the facts name nobody."""
    people: tuple[Person, ...] = (filer_of(outline, case, person), case.filer, *case.supporters)
    return next((one for one in people if one.pays_fees), None)


def filing_fee(outline: Outline, case: Case) -> FilingFee | None:
    """Give how the filing fee is met; None where there is none, or where nothing is said of it."""
    return case.fees.of(outline.fees[0].form) if outline.fees else None


def filing_fee_path(outline: Outline) -> FactPath:
    """Give where the facts say how the filing fee is met."""
    return case_path(outline.fees[0].form) if outline.fees else ("fees",)


def case_path(form: str) -> FactPath:
    """Give where the facts say how the fee of a form is met."""
    return ("fees", form.replace("-", ""))


def payment_of(fee: DueFee, case: Case) -> Payment | None:
    """Give how a fee is met; None where the facts do not say."""
    met = case.fees.of(fee.form)
    if met is None:
        return None
    return met.separate if fee.separate and met.separate is not None else met.pay


def row_of(fee: DueFee, case: Case, law: Law) -> str:
    """Give the id of a fee's row in the table of fees, as it is paid in a case."""
    is_exempt = payment_of(fee, case) is Payment.EXEMPTION and fee.exempt is not None
    return fee_row(law, (is_exempt and fee.exempt) or fee.row, case.filing.delivery or "")


def amount_of(fee: DueFee, case: Case, law: Law) -> Fee:
    """Give the amount of a fee; raises LawGapError or LawUnverifiedError."""
    return fee_on(law, row_of(fee, case, law), case.filing.date)


def address_row(outline: Outline, case: Case) -> str | None:
    """Give the id of the address of a paper filing; None where it goes to none."""
    carrier = case.filing.carrier
    if outline.address is None or carrier is None or not _on_paper(case):
        return None
    return f"{outline.address}_{carrier}"


def is_about(outline: Outline, path: FactPath) -> bool:
    """Tell whether a filing is about a statement at that place in the facts."""
    subject = subject_of(path)
    if subject is Subject.FILING_FEE and path[:2] != filing_fee_path(outline):
        return False
    return subject is None or subject in outline.about


def address_of(outline: Outline, case: Case, law: Law) -> tuple[str, ...]:
    """Give the lines of the address: those of a notice that is answered, or the outline's.

    Raises LawGapError.
    """
    if case.answered is not None:
        return case.answered.answer_to if _on_paper(case) else ()
    row = address_row(outline, case)
    return filing_address(law, row, case.filing.date).lines if row else ()


def claims_about(outline: Outline, case: Case) -> Iterator[tuple[FactPath, ClaimText]]:
    """Give every statement that a filing is about, with its place."""
    for path, claim in claims_of(case):
        if is_about(outline, path) and not _is_of_another(case, path):
            yield path, claim


def _is_of_another(case: Case, path: FactPath) -> bool:
    """Tell whether a statement is of a beneficiary for whom it is not filed."""
    if path[0] != "beneficiaries":
        return False
    person = case.beneficiaries[int(path[1])]
    return all(person is not one for one in case.applicants)


def citations_about(outline: Outline, case: Case) -> Iterator[tuple[FactPath, Citation]]:
    """Give every citation that a filing makes: in its statements, and beside its answers."""
    for path, claim in claims_about(outline, case):
        for citation in citations_of(claim.text):
            yield path, citation
    for number, item in enumerate(case.notice.items if case.notice else ()):
        for place, identifier in enumerate(item.exhibits):
            yield ("notice", "items", number, "exhibits", place), Citation(identifier)


def _is_due(entry: Entry, outline: Outline, case: Case) -> bool:
    if entry.language not in {None, case.filing.language}:
        return False
    fee = outline.fee(entry.pays) if entry.pays else next(iter(outline.fees), None)
    payment = payment_of(fee, case) if fee else None
    return _holds(entry.when, case, payment) and bool(payers_of(entry, outline, case))


def _is_due_for(fee: DueFee, case: Case, person: Beneficiary) -> bool:
    return _holds(fee.when, case.only(person), payment_of(fee, case))


def _holds(condition: Condition | None, case: Case, payment: Payment | None) -> bool:
    return condition is None or _CONDITIONS[condition](case, payment)


def _on_paper(case: Case) -> bool:
    return case.filing.delivery is Delivery.PAPER


def _asks_expedite(case: Case, _: Payment | None) -> bool:
    return case.filing.expedite is not None and case.filing.expedite.requested


def _work_permit(reason: WorkPermitReason) -> Callable[[Case, Payment | None], bool]:
    def asked(case: Case, _: Payment | None) -> bool:
        permits = (person.work_permit for person in case.applicants)
        return any(permit is not None and permit.reason is reason for permit in permits)

    return asked


#: What is asked of a case, and of the payment of the fee that a line is about.
_CONDITIONS: Mapping[Condition, Callable[[Case, Payment | None], bool]] = MappingProxyType(
    {
        Condition.ASKS_EMAIL_NOTICE: lambda case, _: _on_paper(case) and case.filing.email_notice,
        Condition.ASKS_EXPEDITE: _asks_expedite,
        Condition.ASKS_FEE_WAIVER: lambda _, payment: payment is Payment.WAIVER,
        Condition.CLAIMS_FEE_EXEMPTION: lambda _, payment: payment is Payment.EXEMPTION,
        Condition.PAYS_BY_CARD_ON_PAPER: (
            lambda case, payment: _on_paper(case) and payment is Payment.CREDIT_CARD
        ),
        Condition.PAYS_BY_BANK_ACCOUNT_ON_PAPER: (
            lambda case, payment: _on_paper(case) and payment is Payment.BANK_ACCOUNT
        ),
        Condition.ASKS_EMPLOYMENT_DOCUMENT: (
            lambda case, _: case.request.employment_document is True
        ),
        Condition.ASKS_NO_EMPLOYMENT_DOCUMENT: (
            lambda case, _: case.request.employment_document is not True
        ),
        Condition.ASKS_FIRST_WORK_PERMIT: _work_permit(WorkPermitReason.INITIAL),
        Condition.RENEWS_WORK_PERMIT: _work_permit(WorkPermitReason.RENEWAL),
    }
)

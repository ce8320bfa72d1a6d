"""What an officer at the port of entry wants to know becomes words: who, with what, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packet_builder.law.fees import fee
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import parole_fee_exception
from packet_builder.model.case import Case
from packet_builder.model.events import ApprovalEvent, Receipt
from packet_builder.model.interview import InterviewAnswer, InterviewTopic
from packet_builder.model.people import Beneficiary, Supporter
from packet_builder.plan.citations import Letters
from packet_builder.plan.letter_claims import dated, flowing, words
from packet_builder.plan.letter_people import subject
from packet_builder.plan.wording import (
    a_number,
    address_lines,
    country_phrase,
    curled,
    dollars,
    joined,
    long_date,
    status_phrase,
)


def arrival_context(case: Case) -> dict[str, Any]:
    """Give those who come, what was approved for them, and whom an officer can call."""
    return {
        "arrival": {
            "people": [_person(case, person) for person in case.applicants],
            "approved": _approved(case, "date"),
            "document_ends": _approved(case, "valid_until"),
            "contacts": [_contact(case, supporter) for supporter in case.supporters],
        }
    }


def interview_context(case: Case, letters: Letters) -> dict[str, Any]:
    """Give the questions and answers, and the plan to leave by itself."""
    return {
        "interview": [_answer(one, letters) for one in case.interview],
        "return_plan": [
            paragraph
            for one in case.interview
            if one.about is InterviewTopic.RETURN
            for paragraph in flowing(one.answer, letters)
        ],
        "language_read_by": case.filing.language_read_by or "",
    }


def entry_fee_context(case: Case, law: Law) -> dict[str, Any]:
    """Give the parole fee on the day of arrival, and who asks for an exception from it.

    Raises LawGapError where no amount is known for that day.
    """
    row = fee(law, "parole_fee", case.request.arrival or case.filing.date)
    asking = {one.beneficiary: one.exception for one in case.fees.parole_fee}
    paying = [person.name.full for person in case.applicants if person.id not in asking]
    return {
        "entry_fee": {
            "amount": dollars(row.usd),
            "since": dated(row.effective_from),
            "source": row.source,
            "sure": row.is_sure,
            "checked": long_date(row.checked_on),
            "paying": joined(paying),
            "asking": [
                {"name": person.name.full, "paragraph": _paragraph(case, law, asking[person.id])}
                for person in case.applicants
                if person.id in asking
            ],
        }
    }


def _person(case: Case, person: Beneficiary) -> dict[str, Any]:
    passport = person.passport
    receipts = (
        event.receipt_number
        for event in case.events
        if isinstance(event, Receipt) and person in case.beneficiaries_of(event.beneficiaries)
    )
    return {
        "name": person.name.full,
        "date_of_birth": long_date(person.date_of_birth),
        "citizenship": country_phrase(person.citizenship) if person.citizenship else "",
        "passport": words(passport.number if passport else None),
        "a_number": a_number(person.a_number or ""),
        "relationship": words(person.relationship_to_petitioner),
        "receipt": person.receipt_number or next(receipts, ""),
    }


def _approved(case: Case, what: str) -> str:
    """Give a date of the approval that came last; nothing where none is among the events."""
    approvals = [event for event in case.events if isinstance(event, ApprovalEvent)]
    return dated(getattr(approvals[-1], what)) if approvals else ""


def _contact(case: Case, supporter: Supporter) -> dict[str, Any]:
    supports = subject(case, case.beneficiaries_of(supporter.beneficiaries))
    petitioner = case.petitioner
    return {
        "name": supporter.name.full,
        "petitioner": petitioner is not None and petitioner.name.full == supporter.name.full,
        "status": status_phrase(supporter.status),
        "relationship": words(supporter.relationship),
        "supports": supports["names"],
        "phone": (supporter.phone or "").replace(" ", "\u00a0"),
        "email": supporter.email or "",
        "address": ", ".join(address_lines(supporter.address)) if supporter.address else "",
    }


def _answer(one: InterviewAnswer, letters: Letters) -> dict[str, Any]:
    return {
        "question": _asked(one.question),
        "answer": flowing(one.answer, letters),
        "native_question": one.native_question or "",
        "native_answer": list(_as_written(one.native_answer)),
    }


def _asked(question: str) -> str:
    return curled(question if question.endswith(("?", ".", "!", ":")) else f"{question}?")


def _as_written(text: str | None) -> Iterator[str]:
    """Give the paragraphs of a text in another language: its signs are none of our business."""
    yield from (part for part in (text or "").split("\n\n") if part)


def _paragraph(case: Case, law: Law, exception: str) -> str:
    row = parole_fee_exception(law, exception, case.filing.date)
    return f"8\u00a0U.S.C.\u00a0\u00a7\u00a01804(b)({row.number})"

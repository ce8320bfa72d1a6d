"""Writes `packet_builder/model/examples.json`: for each field, a value of it from the samples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from packet_builder.facts import filing_files, read_facts, read_file, read_filing
from packet_builder.law.office import TABLES
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import Outline

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "packet_builder" / "model" / "examples.json"
_LONGEST = 200
#: Of fields that no sample needs; all people and places are invented.
_INVENTED = {
    "AcceptedFinding.about": "quist-letter",
    "AcceptedFinding.reason": "The hospital sends no other letter; its registrar said so.",
    **{
        f"{event}.filing": "initial_parole"
        for event in (
            *("Biometrics", "DenialEvent", "Departure", "Ead", "Entry", "FeeNotice", "I94"),
            *("Move", "Noid", "OtherEvent", "ReParole", "Settled", "Termination"),
        )
    },
    **{
        f"{row}.confirm": "Compare it with uscis.gov/g-1055 before filing."
        for row in (
            *("DeadlineRule", "DeliveryLimit", "DiscretionaryFactor", "FederalHoliday", "Fee"),
            *("FeeWaiverBasis", "FilingAddress", "ParoleFeeException", "PovertyGuideline"),
            *("Recommendation", "Requirement", "RoutePoint"),
        )
    },
    "FormEdition.newer_edition": "06/01/27",
    "Request.summary": "Kwabena Boateng has bled twice from a malformation of the brain.",
    "Strategy.summary": "Parole first; the petition for a brother stays as it is.",
    "Address.in_care_of": "Efua Boateng",
    "AppointmentEvent.filing": "initial_parole",
    "AppointmentEvent.place": "Application Support Center, Newark",
    "AppointmentEvent.what": "interview",
    "Attorney.restriction": "Suspended in Ohio for thirty days in 2019; reinstated since.",
    "Attorney.uscis_account": "012345678901",
    "Beneficiary.marital_explained": "Married by custom in 2015; no certificate was issued.",
    "Beneficiary.other_citizenships": "Togo",
    "Beneficiary.receipt_number": "IOE0123456789",
    "Beneficiary.ssn": "000-12-3456",
    "Beneficiary.statelessness": "Born in a camp; no state has registered him.",
    "Beneficiary.uscis_account": "012345678901",
    "Beneficiary.uspid": "USP0123456",
    "Benefit.agency": "Hudson County Division of Welfare",
    "Benefit.benefit": "SNAP",
    "Biometrics.place": "Application Support Center, Newark",
    "Check.by": "T. Sorley",
    "Check.id": "i131_item7_paper",
    "Check.reported_in": "10/01/26",
    "Check.source": "uscis.gov/g-1055, edition 10/01/26, p. 41",
    "Check.table": "fees",
    "ClaimText.text": "It bled a second time on October 17, 2026 [@quist-letter p. 1].",
    "Dependent.receipt_number": "IOE0123456789",
    "Ead.category": "C11",
    "Entry.i94_number": "123456789A1",
    "Evidence.waived": "The office is closed by strike until January.",
    "Expedite.reason": "The operation is on January 12, 2027 [@hospital-letter p. 2].",
    "FiledElsewhere.last_exhibit": "M",
    "Filing.language_read_by": "A. Farzan, member of the office",
    "Filing.prepared_by": "M. Lee",
    "Ground.agency": "Federal Bureau of Investigation",
    "Helper.language": "Twi",
    "HouseholdMember.relationship": "daughter",
    "I94.class_of_admission": "DT",
    "I94.i94_number": "123456789A1",
    "InterviewAnswer.native_answer": "برای درمان",
    "LiquidAsset.description": "savings account",
    "MonthlyExpense.description": "rent",
    "Noid.answer_to": "Attn: NOID, Form I-131",
    "NoticeItem.asks": "Evidence of the beneficiary's means of support",
    "NoticeItem.not_answered": "The registry has burned down; no copy is left.",
    "OtherEvent.what": "The consulate called",
    "OtherIncome.source": "child support",
    "Passport.unavailable": "The consulate holds it until March 2027.",
    "Petitioner.marital_explained": "Separated since 2021, not divorced.",
    "Petitioner.other_citizenships": "Togo",
    "Petitioner.statelessness": "Citizenship was withdrawn in 1998.",
    "Petitioner.uscis_account": "012345678901",
    "Petitioner.uspid": "USP0123456",
    "PositiveFactor.heading": "Ties to her family",
    "PriorDocument.disposition": "returned to USCIS in 2024",
    "Stricter.reason": "Two of our filings were sent back for it.",
    "Stricter.rule": "evidence-undated",
    "Stricter.weight": "error",
    "Settled.by": "T. Sorley",
    "Settled.reason": "The passport was renewed early.",
    "Supporter.contributions": "He pays the rent of the flat.",
    "Supporter.marital_explained": "Separated since 2021, not divorced.",
    "Supporter.other_citizenships": "Togo",
    "Supporter.ssn": "000-12-3456",
    "Supporter.statelessness": "Citizenship was withdrawn in 1998.",
    "Supporter.status_explained": "Application for asylum pending",
    "Supporter.uscis_account": "012345678901",
    "Supporter.uspid": "USP0123456",
    "Supporter.work_explained": "On unpaid leave until May 2027.",
    "TravelDocument.country": "Ghana",
    "TravelDocument.number": "T0418276",
    "Waiver.circumstances": "The only wage of the household ended in August.",
    "Waiver.employment_explained": "employed and a student",
    "Waiver.hardship": "The fee is more than a month of rent.",
    "WorkPermit.sevis_number": "0001234567",
}

Found = Iterator[tuple[str, str]]


def examples() -> dict[str, str]:
    """Give the first short value of each field, `Passport.number`, as the samples write it."""
    found: dict[str, list[str]] = {}
    for value, raw in _samples():
        for name, text in _values(value, raw):
            if len(text) <= _LONGEST and "\n" not in text:
                found.setdefault(name, []).append(text)
    shortest = {name: min(texts, key=len) for name, texts in found.items()}
    return dict(sorted({**_INVENTED, **shortest}.items()))


def as_text() -> str:
    """Give the file."""
    return json.dumps(examples(), ensure_ascii=False, indent=1) + "\n"


def _samples() -> Iterator[tuple[BaseModel, Any]]:
    cases = ROOT / "case_data"
    for name in ("minimal", "full"):
        facts = read_facts(cases / name)
        yield interpret(Case, facts), facts.tree
        for filing in filing_files(cases / name):
            _, facts = read_filing(cases / name, filing)
            yield interpret(Case, facts), facts.tree
    firm = read_file(cases / "firm.yaml")
    yield interpret(Firm, firm), firm.tree
    for table in TABLES:
        yield from ((row, row.model_dump(mode="json")) for row in table.shipped)
    for path in sorted((ROOT / "templates" / "outlines").glob("*.yaml")):
        facts = read_file(path)
        yield interpret(Outline, facts), facts.tree


def _values(value: object, raw: Any, name: str = "") -> Found:  # noqa: ANN401 - as YAML is
    if isinstance(value, BaseModel) and isinstance(raw, Mapping):
        kind = type(value)
        for field, about in kind.model_fields.items():
            key = about.alias or field
            if raw.get(key) is not None:
                yield from _values(getattr(value, field), raw[key], f"{kind.__name__}.{key}")
    elif isinstance(value, tuple):
        for one, each in zip(value, raw if isinstance(raw, list) else [raw], strict=False):
            yield from _values(one, each, name)
    elif isinstance(raw, str | int | bool):
        yield name, str(raw)


if __name__ == "__main__":
    TARGET.write_text(as_text(), encoding="utf-8", newline="\n")

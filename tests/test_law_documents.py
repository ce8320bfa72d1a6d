"""Nothing that has no source as law stands on a page: every document is planned, and searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from packet_builder.documents.letters.source import read_template
from packet_builder.law.law import SHIPPED, Law
from packet_builder.law.office import TABLES
from packet_builder.law.table import PRINTABLE, LawUnverifiedError, Row, SourceStatus, Table
from packet_builder.model.case import Case
from packet_builder.model.fees import ParoleFeeException
from packet_builder.model.narrative import Claims
from packet_builder.outline import read_outline
from packet_builder.plan.arrange import Plan, arrange
from packet_builder.plan.form_map import FormMap, read_form_map
from packet_builder.workspace import shipped
from tests.laws import own
from tests.letter_facts import ALONE, ASKED, EXEMPTION, WAIVER, case_with, firm_of

MARK = "NO SOURCE"
SHORTEST = 15  # "the agency" may stand anywhere
TEMPLATES = shipped("templates")
DRAFTED = [row.id for row in SHIPPED.rows(TABLES[3]) if getattr(row, "drafted", False)]
#: The tables that some document prints from.
PRINTED = {
    "fees",
    "fee_exemptions",
    "filing_addresses",
    "form_editions",
    "parole_fee_exceptions",
}


def cases(folder: Path) -> Iterator[Case]:
    """Give cases for which every letter, form, slip and notice is planned."""
    courier = ("carrier: usps", "carrier: courier")
    bank = ("credit_card", "bank_account")
    for changes in ((), (courier,), (bank,), (WAIVER,), (EXEMPTION,), ALONE):
        yield case_with(folder, *changes)
    whole = case_with(folder)
    for exception in DRAFTED:
        yield whole.model_copy(update={"fees": whole.fees.model_copy(update=asked(exception))})


def asked(exception: str) -> dict[str, Any]:
    row = next(one for one in SHIPPED.rows(TABLES[3]) if one.id == exception)
    claims: Claims = ()
    limbs = {limb.id: claims for limb in getattr(row, "limbs", ())}
    found = ParoleFeeException.model_construct(
        beneficiary="amina", exception=exception, limbs=limbs
    )
    return {"parole_fee": (found,)}


@cache
def maps() -> dict[str, FormMap]:
    return {path.parent.name: read_form_map(path) for path in TEMPLATES.glob("forms/*/*.yaml")}


def planned(case: Case, folder: Path, law: Law, forms: dict[str, FormMap]) -> Plan:
    outline = read_outline(TEMPLATES, case.filing.kind)
    return arrange(case, firm_of(folder), outline, ASKED, forms, law)


def printed(plan: Plan) -> str:
    return json.dumps([[one.title, one.context] for one in plan.documents], ensure_ascii=False)


def marked(table: Table[Any], status: SourceStatus) -> Law:
    """Give the law in which no row of a table has a source, and every text of it says so."""
    rows = []
    for row in table.shipped:
        texts = {name: f"{value} {MARK}" for name, value in row if is_text(name, value)}
        rows.append((table, row.model_copy(update=texts | {"status": status})))
    return own(*rows)


def is_text(name: str, value: object) -> bool:
    return isinstance(value, str) and name not in {"id", "status", "sign", "ground", "needs"}


@pytest.mark.parametrize("status", [SourceStatus.UNVERIFIED, SourceStatus.DESIGN])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_without_a_source_stops_a_document_or_is_not_in_it(
    tmp_path: Path, table: Table[Any], status: SourceStatus
) -> None:
    law, stopped = marked(table, status), 0
    for case in cases(tmp_path):
        for forms in ({}, maps()):
            try:
                assert MARK not in printed(planned(case, tmp_path, law, forms))
            except LawUnverifiedError:
                stopped += 1

    assert (stopped > 0) == (table.name in PRINTED)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_mark_on_a_row_with_a_source_is_seen_where_the_row_is_printed(
    tmp_path: Path, table: Table[Any]
) -> None:
    """So the search above would find what it searches for."""
    law = marked(table, SourceStatus.PRIMARY)
    seen = any(
        MARK in printed(planned(case, tmp_path, law, forms))
        for case in cases(tmp_path)
        for forms in ({}, maps())
    )

    text_is_printed = PRINTED - {"fees", "filing_addresses"}  # of those, amount and lines
    assert seen == (table.name in text_is_printed)


def unsure() -> Iterator[Row]:
    yield from (row for table in TABLES for row in table.shipped if row.status not in PRINTABLE)


def test_no_template_holds_the_words_of_a_row_without_a_source() -> None:
    texts = {path: squeezed(words_of(path)) for path in sorted(TEMPLATES.rglob("*"))}
    said = {squeezed(str(getattr(row, "text", ""))) for row in unsure()}
    words = {words for words in said if len(words) > SHORTEST}

    assert len(words) > 30
    assert any(len(text) > 1000 for text in texts.values())
    assert [(path, word) for path, text in texts.items() for word in words if word in text] == []


def words_of(path: Path) -> str:
    if path.suffix == ".docx":
        source = read_template(path)
        return "\n".join(source.text(part) for part in source.parts)
    return path.read_text(encoding="utf-8") if path.suffix in {".typ", ".yaml"} else ""


def squeezed(text: str) -> str:
    return " ".join(text.casefold().split())

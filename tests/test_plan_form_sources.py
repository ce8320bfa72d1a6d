"""What a form is filled from: where it stands in the facts, and what stays blank, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.facts import read_file
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import Agency, Entry, Group
from packet_builder.plan.form_answers import answers_of
from packet_builder.plan.form_blank import LeftBlank, condition_said, left_blank
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_map import Item, Table, Whole, read_form_map
from packet_builder.plan.form_sources import FormSource, form_sources
from packet_builder.workspace import shipped
from tests.cases import INITIAL, changed
from tests.form_facts import maximal
from tests.form_pages import EACH, EDITIONS, FIRM, map_of, without_petitioner

MAPS = sorted((shipped("templates") / "forms").glob("*/*.yaml"))
ALL = Group(id="all", heading="Evidence", kinds=tuple(EvidenceKind))
LIVES = "    residence: Ghana\n"
STREET = "street: 1 Row, city: Kumasi, country: Ghana"


def sources(
    folder: Path, text: str, form: str, agency: Agency = Agency.USCIS
) -> tuple[FormSource, ...]:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    case = interpret(Case, read_file(path))
    entry = Entry(form=form, each=EACH.get(form, "beneficiary"), agency=agency)
    outline = INITIAL.model_copy(update={"documents": (entry,), "groups": (ALL,)})
    filing = FormFiling(case, interpret(Firm, read_file(FIRM)), outline, SHIPPED)
    return tuple(form_sources(filing, {form: map_of(form)}))


def paths(folder: Path, text: str, form: str, fact: str) -> set[str]:
    (source, *_) = sources(folder, text, form)
    return {".".join(map(str, path)) for path in source.places.paths_of(fact)}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("filer.name.family", {"petitioner.name.family"}),
        ("filer.lacks.a_number", {"petitioner.without"}),
        ("filer.address.unit_number", {"petitioner.address.unit"}),
        (
            "filer.preparer.name.full",
            {f"petitioner.preparer.name.{part}" for part in ("family", "given", "middle")},
        ),
        ("beneficiary.biographic.weight_digits.2", {"beneficiaries.0.biographic.weight_pounds"}),
        ("beneficiary.document.expires", {"beneficiaries.0.passport.expires"}),
        ("beneficiary.home.city", {"beneficiaries.0.address.city"}),
        ("form.stay_until", {"request.arrival", "request.period.months"}),
        ("form.fee_dollars", {"fees.i131.pay", "filing.delivery", "filing.date"}),
        ("form.filer_status", {"petitioner.status"}),
        ("form.g28_attached", set()),
        ("counsel.legal_name.given", {"firm.yaml.attorneys.0.legal_name.given"}),
    ],
)
def test_a_fact_of_a_form_stands_where_the_case_gives_what_it_is_made_of(
    tmp_path: Path, fact: str, expected: set[str]
) -> None:
    assert paths(tmp_path, changed(), "i-131", fact) == expected


def test_what_depends_on_the_person_stands_where_this_person_has_it(tmp_path: Path) -> None:
    record = "arrival_record: {i94_number: 123456789A1, travel_document: {number: T1}}"
    text = changed(
        (LIVES, f"{LIVES}    physical_address: {{{STREET}}}\n    {record}\n"),
        ("passport: {number: G0418276, country: Ghana}", "passport: {unavailable: lost}"),
    )

    assert paths(tmp_path, text, "i-131", "beneficiary.home.city") == {
        "beneficiaries.0.physical_address.city"
    }
    assert paths(tmp_path, text, "i-131", "beneficiary.document.country") == {
        "beneficiaries.0.arrival_record.travel_document.country"
    }


def test_sums_of_a_fee_waiver_stand_at_all_that_is_added_up(tmp_path: Path) -> None:
    waiver = "fees.i131.waiver"
    assert paths(tmp_path, maximal(), "i-912", "waiver.total_income") == {
        f"{waiver}.annual_income",
        f"{waiver}.household.*.annual_income",
        f"{waiver}.other_income.*.annual",
    }
    assert paths(tmp_path, maximal(), "i-912", "waiver.family.0.date_of_birth") == {
        "beneficiaries.0.date_of_birth"
    }


def test_before_another_agency_the_client_is_the_person_who_comes(tmp_path: Path) -> None:
    (source,) = sources(tmp_path, changed(), "g-28", Agency.CBP)

    assert source.document == "form-g-28-cbp-kwabena"
    assert source.places.paths_of("client.name.family") == (("beneficiaries", 0, "name", "family"),)
    assert source.places.paths_of("form.matter") == ()


def blanks(folder: Path, text: str, form: str) -> list[LeftBlank]:
    return [
        blank
        for source in sources(folder, text, form)
        for blank in left_blank(source.form, source.words)
    ]


def reason_of(found: list[LeftBlank], part: str, item: str) -> set[tuple[str, str | None]]:
    return {(one.reason, one.fact) for one in found if (one.part, one.item) == (part, item)}


def test_what_is_not_asked_says_on_which_condition_it_would_be(tmp_path: Path) -> None:
    found = blanks(tmp_path, changed(), "i-131")

    assert reason_of(found, "1", "12") == {
        ("asked only if a new period of parole is asked for", "filing.parole")
    }
    assert reason_of(found, "11", "4") == {
        ("asked only if an interpreter was used", "interpreter.used")
    }


def test_what_the_map_never_fills_has_the_reason_of_the_map(tmp_path: Path) -> None:
    found = {one.reason: one for one in blanks(tmp_path, changed(), "g-28")}

    assert found["these filings are not before ICE"].item is None
    assert len(found["the client is a person, not an entity"].fields) == 2


def test_what_is_printed_if_any_stays_blank_where_the_facts_are_silent(tmp_path: Path) -> None:
    assert reason_of(blanks(tmp_path, changed(), "g-28"), "3", "8") == {
        ('printed "if any", and the facts give none', "client.uscis_account")
    }


def test_an_answer_for_which_nothing_is_ticked_is_blank_on_purpose(tmp_path: Path) -> None:
    notices = "  status: us_citizen\nbeneficiaries"
    asked = "  notices: {to_counsel: yes, documents_to_counsel: no}\n"
    text = changed((notices, notices.replace("\nbene", f"\n{asked}bene")))
    found = blanks(tmp_path, text, "g-28")

    assert reason_of(found, "4", "1.b") == {
        (
            "the facts give an answer for which nothing is ticked",
            "client.notices.documents_to_counsel",
        )
    }


@pytest.mark.parametrize("form", EDITIONS)
@pytest.mark.parametrize("text", [changed(), maximal(), without_petitioner(changed(), "kwabena")])
def test_every_item_is_answered_or_open_or_blank_with_a_reason_and_only_one_of_them(
    tmp_path: Path, form: str, text: str
) -> None:
    for source in sources(tmp_path, text, form):
        boxes: dict[str, Item | Table] = {
            one: item for item in source.form.items for one in item.fields
        }
        boxes |= {one: table for table in source.form.lists for row in table.rows for one in row}
        said = {
            id(boxes[name])
            for one in answers_of(source.form, source.words)
            if (name := getattr(one, "field", None) or getattr(one, "box", None)) in boxes
        }
        blank = {
            id(boxes[name])
            for one in left_blank(source.form, source.words)
            if one.item is not None
            for name in one.fields
        }

        assert said | blank == {id(printed) for printed in boxes.values()}
        assert said & blank == set()


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_every_condition_of_a_map_is_said_in_words(path: Path) -> None:
    """A condition on a fact that the program derives means nothing by its name."""
    form = read_form_map(path)
    printed: tuple[Item | Table | Whole, ...] = (*form.items, *form.lists, *form.parts)
    said = {condition_said(when) for one in printed for when in one.when}

    assert [one for one in said if one.endswith((" is yes", " is no"))] == []

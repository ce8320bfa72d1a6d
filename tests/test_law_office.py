"""The office's own rows of law: read, typed, placed, and never mixed up with the program's."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.assembly.build import examined
from packet_builder.assembly.case_file import read_case_file
from packet_builder.assembly.order import Order
from packet_builder.cli import commands
from packet_builder.facts.fault import FactsError
from packet_builder.law.fees import FEES, Fee, fee
from packet_builder.law.filing_addresses import FILING_ADDRESSES
from packet_builder.law.form_editions import FORM_EDITIONS, form_edition
from packet_builder.law.law import SHIPPED
from packet_builder.law.office import TABLES, OfficeLaw, read_office_law
from packet_builder.law.table import LawGapError, SourceStatus
from packet_builder.plan.arrange import arrange
from packet_builder.plan.form_facts import FormFiling, form_facts
from packet_builder.rules.finding import Weight
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, findings_of, write_case
from tests.laws import own
from tests.letter_facts import ASKED

FEE = """\
fees:
  - id: i131_item7_paper
    title: Form I-131, Part 1 Item 7, on paper
    usd: 640
    mode: paper
    governed_by: filing
    waivable: "yes"
    effective_from: 2027-02-01
    source: Form G-1055, edition 02/01/27, p. 41
    status: primary
    checked_on: 2027-02-02
"""
CHECK = """\
checked:
  - table: fees
    id: parole_fee
    checked_on: 2026-11-30
    source: uscis.gov/g-1055, edition 10/01/26, p. 46
    status: primary
    by: Jordan Lee
    reported_in: 10/01/26
"""
DAY = dt.timedelta(days=1)


def written(folder: Path, text: str) -> Path:
    path = folder / "office" / "law.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(FactsError) as error:
        read_office_law(written(folder, text))
    return [f"{fault.source} {fault.message}" for fault in error.value.faults]


def test_without_a_file_the_tables_of_the_program_hold(tmp_path: Path) -> None:
    assert read_office_law(tmp_path / "law.yaml") is SHIPPED


def test_every_table_can_have_rows_of_the_office() -> None:
    fields = set(OfficeLaw.model_fields) - {"checked"}

    assert fields == {table.name for table in TABLES}


def test_a_row_of_the_office_holds_from_its_day_and_the_programs_until_the_day_before(
    tmp_path: Path,
) -> None:
    law = read_office_law(written(tmp_path, FEE))

    assert fee(law, "i131_item7_paper", dt.date(2027, 1, 31)).usd == 630
    assert fee(law, "i131_item7_paper", dt.date(2027, 2, 1)).usd == 640
    row = fee(law, "i131_item7_paper", dt.date(2027, 2, 1))
    assert str(law.place_of("fees", row)) == "law.yaml:2:5"
    before = fee(law, "i131_item7_paper", dt.date(2027, 1, 31))
    assert before.effective_to == dt.date(2027, 1, 31)
    assert law.place_of("fees", before) is None
    assert fee(SHIPPED, "i131_item7_paper", dt.date(2027, 2, 1)).usd == 630


def test_what_the_office_has_replaced_does_not_come_back_when_its_row_ends(
    tmp_path: Path,
) -> None:
    ends = FEE.replace("    source:", "    effective_to: 2027-09-30\n    source:")
    law = read_office_law(written(tmp_path, ends))

    with pytest.raises(LawGapError):
        fee(law, "i131_item7_paper", dt.date(2027, 10, 1))


def test_several_rows_of_the_office_follow_one_another_from_the_first_on(tmp_path: Path) -> None:
    first = FEE.replace("    source:", "    effective_to: 2027-05-31\n    source:")
    second = FEE.removeprefix("fees:\n").replace("2027-02-01\n", "2027-06-01\n")
    law = read_office_law(written(tmp_path, first + second.replace("640", "650")))

    found = [one for one in law.rows(FEES) if one.id == "i131_item7_paper"]
    assert [(one.usd, str(one.effective_from), str(one.effective_to)) for one in found] == [
        (630, "None", "2027-01-31"),
        (640, "2027-02-01", "2027-05-31"),
        (650, "2027-06-01", "None"),
    ]


def test_a_row_of_an_id_that_the_program_does_not_have_is_added(tmp_path: Path) -> None:
    added = FEE.replace("i131_item7_paper", "i131_item7_kiosk")
    law = read_office_law(written(tmp_path, added))

    assert fee(law, "i131_item7_kiosk", dt.date(2027, 2, 1)).usd == 640
    assert fee(law, "i131_item7_paper", dt.date(2027, 2, 1)).usd == 630
    with pytest.raises(LawGapError):
        fee(law, "i131_item7_kiosk", dt.date(2027, 1, 31))


def test_a_check_renews_source_status_and_day_and_nothing_else(tmp_path: Path) -> None:
    law = read_office_law(written(tmp_path, CHECK))
    on = dt.date(2026, 12, 1)
    row, before = fee(law, "parole_fee", on), fee(SHIPPED, "parole_fee", on)

    assert (row.usd, row.effective_from) == (before.usd, before.effective_from)
    assert row.status is SourceStatus.PRIMARY
    assert row.checked_on == dt.date(2026, 11, 30)
    assert row.source == "uscis.gov/g-1055, edition 10/01/26, p. 46; compared by Jordan Lee"
    assert str(law.place_of("fees", row)) == "law.yaml:2:5"
    assert fee(law, "parole_fee", dt.date(2026, 10, 15)) == fee(
        SHIPPED, "parole_fee", dt.date(2026, 10, 15)
    )


def test_what_was_to_be_confirmed_has_been_when_the_office_read_it_itself(tmp_path: Path) -> None:
    check = CHECK.replace("table: fees", "table: form_editions").replace(
        "id: parole_fee", "id: i-131"
    )
    law = read_office_law(written(tmp_path, check.replace("    reported_in: 10/01/26\n", "")))

    assert form_edition(SHIPPED, "i-131", dt.date(2026, 12, 1)).confirm
    assert form_edition(law, "i-131", dt.date(2026, 12, 1)).confirm is None


@pytest.mark.parametrize(("status", "left"), [("primary", 0), ("secondary", 2)])
def test_who_has_read_which_edition_is_accepted_has_settled_the_conflict(
    tmp_path: Path, status: str, left: int
) -> None:
    read = f"""\
checked:
  - {{table: form_editions, id: i-765, checked_on: 2026-12-28, source: the page, status: {status},
     by: Jordan Lee}}
"""
    row = form_edition(read_office_law(written(tmp_path, read)), "i-765", dt.date(2026, 12, 29))

    assert len(row.conflict) == left


def test_a_check_holds_until_a_row_of_the_office_begins(tmp_path: Path) -> None:
    check = CHECK.replace("id: parole_fee", "id: i131_item7_paper")
    law = read_office_law(written(tmp_path, check + FEE))

    assert fee(law, "i131_item7_paper", dt.date(2027, 1, 31)).checked_on == dt.date(2026, 11, 30)
    assert fee(law, "i131_item7_paper", dt.date(2027, 2, 1)).usd == 640


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "    source: Form G-1055, edition 02/01/27, p. 41\n",
            "",
            '2:5 ROW: missing field "source"',
        ),
        ("    checked_on: 2027-02-02\n", "", '2:5 ROW: missing field "checked_on"'),
        ("usd: 640", "usd: 640.50", "4:10 ROW, usd: write a whole number"),
        ("2027-02-01\n", "02/01/2027\n", "8:21 ROW, effective_from: write the date"),
        ("status: primary", "status: certain", "10:13 ROW, status: must be one of"),
        ("    usd:", "    dollars: 3\n    usd:", '4:5 ROW: unknown field "dollars"'),
        ("fees:", "fee:", '1:1 unknown field "fee"'),
        (
            "    source:",
            "    effective_to: 2027-01-01\n    source:",
            "9:19 the row ends before it begins",
        ),
    ],
)
def test_every_fault_of_a_row_stands_at_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    (found,) = faults_of(tmp_path, FEE.replace(old, new))

    row = 'fees "i131_item7_paper"'
    assert found.startswith(f"law.yaml:{fault}".replace("ROW", row))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("fees\n    id", "feess\n    id", '2:12 there is no table "feess"'),
        ("id: parole_fee", "id: parole_fees", '3:9 fees has no row "parole_fees" in force on'),
        ("on: 2026-11-30", "on: 2026-11-22", "4:17 the program's row was checked later"),
    ],
)
def test_every_fault_of_a_check_stands_at_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    (found,) = faults_of(tmp_path, CHECK.replace(old, new))

    assert found.startswith(f"law.yaml:{fault}")


def test_only_a_fee_stands_in_an_edition_of_the_fee_schedule(tmp_path: Path) -> None:
    check = CHECK.replace("table: fees", "table: form_editions")

    (found,) = faults_of(tmp_path, check.replace("id: parole_fee", "id: i-131"))

    assert found == 'law.yaml:8:18 "reported_in" is for fees only'


def test_two_rows_of_the_office_for_one_day_are_refused(tmp_path: Path) -> None:
    later = FEE.removeprefix("fees:\n").replace("2027-02-01", "2027-03-01")

    assert faults_of(tmp_path, FEE + later) == [
        'law.yaml:12:9 two rows "i131_item7_paper" of fees are in force on the same day'
    ]


def test_the_faults_of_case_firm_and_law_come_in_one_pass(tmp_path: Path) -> None:
    write_case(tmp_path, WHOLE.replace("delivery: paper", "delivery: pigeon"))
    (tmp_path / "law.yaml").write_text(FEE.replace("640", "much"), encoding="utf-8")
    (tmp_path / "firm.yaml").write_text("name: x\n", encoding="utf-8")
    folders = Folders(tmp_path, shipped("templates"), tmp_path, tmp_path)

    with pytest.raises(FactsError) as error:
        read_case_file("boateng", folders)

    files = {fault.source.path.name for fault in error.value.faults}
    assert files == {"case.yaml", "firm.yaml", "law.yaml"}


def test_a_finding_says_that_a_row_is_the_offices_own(tmp_path: Path) -> None:
    law = read_office_law(written(tmp_path, CHECK))
    found = [one for one in findings_of(tmp_path, WHOLE, law) if one.rule == "law-own"]

    assert [(one.weight, one.message) for one in found] == [
        (
            Weight.NOTE,
            "the parole fee on approval, $1,050 rests on the office's own row, law.yaml:2:5",
        )
    ]


def test_an_own_row_that_the_program_has_checked_later_warns(tmp_path: Path) -> None:
    older = FEE.replace("2027-02-01", "2026-11-01").replace("2027-02-02", "2026-11-22")
    law = read_office_law(written(tmp_path, older))
    warned = [one for one in findings_of(tmp_path, WHOLE, law) if one.rule == "law-own-older"]

    assert [one.weight for one in warned] == [Weight.WARNING]
    assert "2026-11-23" in warned[0].message
    fresh = read_office_law(written(tmp_path, older.replace("2026-11-22", "2026-11-23")))
    assert "law-own-older" not in {one.rule for one in findings_of(tmp_path, WHOLE, fresh)}


def test_an_own_row_where_the_program_has_none_is_shown_and_compared_with_nothing(
    tmp_path: Path,
) -> None:
    early = PAROLE_FEE[0].model_copy(
        update={"effective_from": dt.date(2025, 1, 1), "effective_to": dt.date(2025, 10, 15)}
    )
    before = WHOLE.replace("date: 2026-12-01", "date: 2025-10-10")
    rules = [one.rule for one in findings_of(tmp_path, before, own((FEES, early)))]

    assert rules.count("law-own") == 1
    assert "law-own-older" not in rules
    assert "law-gap" not in rules


PAROLE_FEE = [row for row in FEES.shipped if row.id == "parole_fee"]


@given(
    st.dates(dt.date(2025, 9, 1), dt.date(2027, 3, 1)),
    st.none() | st.integers(0, 400),
    st.dates(dt.date(2025, 9, 1), dt.date(2028, 3, 1)),
)
def test_no_day_has_two_rows_and_the_offices_own_always_holds(
    start: dt.date, days: int | None, on: dt.date
) -> None:
    """Where neither has a row there is a gap; nothing that was replaced comes back."""
    end = None if days is None else start + days * DAY
    row = PAROLE_FEE[0].model_copy(update={"usd": 7, "effective_from": start, "effective_to": end})
    law = own((FEES, row))
    found: list[Fee] = [one for one in law.rows(FEES) if one.id == row.id and one.is_in_force(on)]

    assert len(found) <= 1
    if row.is_in_force(on):
        assert found == [row]
    elif found:
        (before,) = [one for one in PAROLE_FEE if one.is_in_force(on)]
        assert found[0].usd == before.usd
        assert (
            on < start
            or not (before.effective_from and end and before.effective_from <= end)
            or before.effective_from > end
        )


def test_the_offices_rows_reach_letters_slips_and_forms(tmp_path: Path) -> None:
    """What every stage prints comes from the law that was read beside this case."""
    write_case(tmp_path)
    edition = FORM_EDITIONS.shipped[0].model_dump(mode="json", exclude_none=True)
    address = FILING_ADDRESSES.shipped[0].model_dump(mode="json", exclude_none=True)
    today = {"checked_on": "2026-11-30", "source": "read"}
    rows = {
        "form_editions": [edition | today | {"edition": "11/11/26", "pages": 15}],
        "filing_addresses": [address | today | {"lines": ["1 New Place"]}],
        "fees": [FEES.shipped[0].model_dump(mode="json", exclude_none=True) | today | {"usd": 777}],
    }
    (tmp_path / "law.yaml").write_text(as_yaml(rows), encoding="utf-8")
    folders = Folders(tmp_path, shipped("templates"), tmp_path, tmp_path / "output")
    file = read_case_file("boateng", folders)
    outline = file.outline

    plan = arrange(file.case, file.firm, outline, ASKED, law=file.law)
    facts = form_facts(
        FormFiling(file.case, file.firm, outline, file.law),
        file.case.beneficiaries[0],
        None,
        outline.fees[0],
    )

    contexts = {one.id: one.context or {} for one in plan.documents}
    assert contexts["letter-cover_letter"]["fee"]["amount"] == "$777"
    assert contexts["letter-cover_letter"]["address"] == ["1 New Place"]
    assert contexts["form-i-131-kwabena"]["edition"] == "Edition 11/11/26, 15 pages"
    assert facts["form"]["fee_dollars"] == "777"
    messages = [one.message for one in examined(Order("boateng", folders, None, "dxpdf")).findings]
    assert any("$777 rests on the office's own row, law.yaml:" in one for one in messages)


def as_yaml(rows: dict[str, list[dict[str, object]]]) -> str:
    return str(yaml.safe_dump(rows, sort_keys=False, allow_unicode=True))


def test_an_editor_knows_the_fields_of_the_file_and_finds_no_fault_in_a_right_one() -> None:
    result = CliRunner().invoke(commands, ["schema", "law"])
    schema = json.loads(result.stdout)

    assert set(schema["properties"]) == set(OfficeLaw.model_fields)
    fee_fields = schema["$defs"]["Fee"]["properties"]
    assert fee_fields["usd"]["description"] == "Whole US dollars."
    assert "compared the row" in fee_fields["checked_on"]["description"]
    for text in (FEE, CHECK):
        jsonschema.validate(yaml.load(text, Loader=yaml.BaseLoader), schema)  # noqa: S506 - texts
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"fees": [{"id": "x"}]}, schema)

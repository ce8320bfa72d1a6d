"""Forms I-912, I-765 and G-28 filled on their real blanks, from facts that answer everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pydantic import ValidationError

from packet_builder.documents.forms.blank import open_blank
from packet_builder.documents.forms.box import Box, boxes_of
from packet_builder.outline import Agency, Each, Entry
from packet_builder.plan.form_map import Item, map_path, read_form_map
from packet_builder.plan.forms import FormFromAbroadError
from packet_builder.workspace import shipped
from tests.blank_forms import blank_form
from tests.cases import changed
from tests.filled_forms import EDITIONS, Told, fields_of, filled, told
from tests.form_facts import maximal

WAIVED = ("{pay: credit_card}", "{pay: waiver, waiver: {basis: income, claims: ['[@tax p. 1]']}}")
FAMILY = "      family: [kwabena]\n"
ALONE = ("  date: 2026-12-01\n", "  date: 2026-12-01\n  self_petitioner: kwabena\n")


def i912(folder: Path, text: str) -> Told:
    return told(folder, text, "i-912")


def i765(folder: Path, text: str) -> Told:
    return told(folder, text, "i-765", each=Each.BENEFICIARY)


def g28(folder: Path, text: str, agency: Agency) -> Told:
    return told(folder, text, "g-28", each=Each.BENEFICIARY, agency=agency)


def barcodes(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        feet = []
        for page in document:
            picture = page.render(scale=4, grayscale=True).to_pil()
            foot = picture.crop((0, int(picture.height * 0.95), picture.width, picture.height))
            feet += [one.text for one in zxingcpp.read_barcodes(foot)]
        return feet
    finally:
        document.close()


@pytest.mark.parametrize(
    ("form", "pages", "each"),
    [("i-912", 8, None), ("i-765", 7, Each.BENEFICIARY), ("g-28", 4, Each.BENEFICIARY)],
)
def test_facts_that_answer_everything_fill_a_form_whole(
    form: str, pages: int, each: Each | None, tmp_path: Path
) -> None:
    planned = told(tmp_path, maximal(), form, each=each)
    made = filled(tmp_path, planned.planned)
    fields = fields_of(made.filled)

    assert planned.open == []
    assert made.placed.carried == made.placed.unplaced == []
    assert {name: fields[name].strip("/ ") for name in planned.fields} == planned.fields
    assert made.pages == pages
    edition = EDITIONS[form]
    assert barcodes(made.pages_file) == [
        f"{form.upper()}|{edition}|{page}" for page in range(1, pages + 1)
    ]


@pytest.mark.parametrize(
    ("form", "agency", "each"),
    [("i-912", Agency.USCIS, None), ("g-28", Agency.CBP, Each.BENEFICIARY)],
)
def test_facts_that_answer_little_fill_what_they_answer(
    form: str, agency: Agency, each: Each | None, tmp_path: Path
) -> None:
    planned = told(tmp_path, changed(WAIVED), form, agency=agency, each=each)
    made = filled(tmp_path, planned.planned)
    shown = {name for name, value in fields_of(made.filled).items() if value not in {"", "/Off"}}

    assert planned.open
    assert {name for name in shown if "BarCode" not in name} - {SELF} == set(planned.fields)


SELF = "#subform[1].Part4_Line2a_RelationshipToYou1[0]"  # printed in the blank


def test_the_sums_of_a_fee_waiver_are_computed(tmp_path: Path) -> None:
    fields = i912(tmp_path, maximal()).fields

    income = ("MonthlyIncome[0]", "AvgHousehold[0]", "Total[0]")
    assert [fields[f"#subform[2].{name}"] for name in income] == ["21960.40", "23600", "45560.40"]
    assert fields["#subform[2].Part5_Line3_TotalHouseSize[0]"] == "4"
    assert fields["#subform[2].Part5_Line4_TotalHousehold[0]"] == "2"
    assert fields["#subform[3].TotalAssets[0]"] == "1634.16"
    assert fields["#subform[3].Part6_Line3_Total[0]"] == "3991.50"


def test_what_a_fee_waiver_does_not_rest_on_stays_blank(tmp_path: Path) -> None:
    fields = i912(tmp_path, changed(WAIVED)).fields

    assert fields["#subform[0].P1_Line2_Checkbox[0]"] == "B"
    assert not [name for name in fields if "Part4_Line1_" in name or "#subform[3]" in name]


def test_a_fee_waiver_without_figures_has_open_questions(tmp_path: Path) -> None:
    made = i912(tmp_path, changed(WAIVED))

    of_the_person = {("2", item) for item in ("2", "3", "4", "5", "7", "8")}
    of_the_income = {("5", item) for item in ("1", "3", "4", "6", "7", "8", "9")}
    statements = {("7", item) for item in ("1", "2", "3", "4", "5")}
    assert set(made.open) == of_the_person | of_the_income | statements
    assert len(made.open) == len(set(made.open))


def test_a_member_of_the_family_who_asks_too_has_a_row(tmp_path: Path) -> None:
    rows = rows_of(i912(tmp_path, maximal()))

    assert rows == [
        ("Adwoa Afua Boateng", "03/22/1986", "", "None"),
        ("Kwabena Yaw Boateng", "07/09/1992", "brother", "I-131"),
    ]


def test_somebody_who_is_no_member_of_the_household_asks_for_nothing(tmp_path: Path) -> None:
    made = i912(tmp_path, maximal((FAMILY, "")))

    assert rows_of(made) == [("Adwoa Afua Boateng", "03/22/1986", "", "I-131")]
    assert made.fields["#subform[1].Part3_Line1_TotalForms[0]"] == "1"


def test_somebody_who_files_for_two_others_lists_two_forms(tmp_path: Path) -> None:
    text = maximal((FAMILY, ""))
    start, end = text.index("  - id: kwabena"), text.index("supporters:")
    twin = text[start:end].replace("id: kwabena", "id: kojo").replace("given: Kwa", "given: Ko")
    made = i912(tmp_path, text[:end] + twin + text[end:])

    assert [row[3] for row in rows_of(made)] == ["2 Forms I-131"]
    assert made.fields["#subform[1].Part3_Line1_TotalForms[0]"] == "2"


def rows_of(made: Told) -> list[tuple[str, ...]]:
    columns = ("Part3_Line1_Name{0}", "{1}", "{2}", "Part3_Line1_FormsFiled{0}")
    born = ("Part3_Line1_DateofBirth1", *(f"Part4_Line2{x}_DateofBirth{y}" for x, y in LINES))
    known = ("", *(f"Part3_Line1_DateofBirth{y}" for _, y in LINES))
    rows = [
        tuple(
            made.fields.get(f"#subform[1].{column.format(n + 1, born[n], known[n])}[0]", "")
            for column in columns
        )
        for n in range(4)
    ]
    return [row for row in rows if any(row)]


LINES = (("b", 2), ("c", 3), ("d", 4))


def test_a_child_who_files_is_filed_for_by_a_guardian(tmp_path: Path) -> None:
    text = changed(ALONE, WAIVED, ("1992-07-09", "2015-07-09\n    guardian: Yaw Boateng"))
    start, end = text.index("petitioner:\n  name"), text.index("beneficiaries:\n  - id")
    made = i912(tmp_path, text[:start] + text[end:])

    assert made.fields["#subform[0].P1_Line1_Checkbox[1]"] == "A"
    assert made.fields["#subform[0].P2_L2_GivenName[0]"] == "Kwabena"
    assert made.fields["#subform[0].P1_ImmStatus[0]"] == "None"


def test_what_a_person_does_not_have_is_said_where_the_instructions_want_it(
    tmp_path: Path,
) -> None:
    lacks = "[middle_name, other_names, a_number, uscis_account, ssn, phone, mobile, email]"
    text = changed(WAIVED, ("petitioner:\n", f"petitioner:\n  without: {lacks}\n"))
    made = i912(tmp_path, text)

    boxes = ("2_MiddleName[0]", "3_FamilyName[0]", "ne3_AlienNumber[0]", "6_SSN[0]", "Email")
    said = {name: told for name, told in made.fields.items() if any(box in name for box in boxes)}
    assert set(said.values()) == {"N/A"}
    assert len(said) == 5
    assert {part for part, _ in made.open} == {"2", "5", "7"}


def test_nothing_owned_and_nothing_paid_is_said_so(tmp_path: Path) -> None:
    nothing = "assets: [], monthly_expenses: []"
    waiver = f"{{basis: hardship, claims: ['So [@tax p. 1].'], hardship: So., {nothing}}}"
    text = changed((WAIVED[0], f"{{pay: waiver, waiver: {waiver}}}"))
    page = {name: value for name, value in i912(tmp_path, text).fields.items() if "[3]" in name}

    assert page["#subform[3].Part7_Line2a_TypeOfAsset[0]"] == "None"
    assert page["#subform[3].TotalAssets[0]"] == page["#subform[3].Part6_Line3_Total[0]"] == "0"
    assert not [name for name in page if "Checkbox" in name]


def test_without_a_passport_the_travel_document_is_told(tmp_path: Path) -> None:
    passport = "{number: G0418276, country: Ghana, expires: 2031-05-17}"
    document = "{number: T1234567, country: Togo, expires: 2029-08-01}"
    fields = i765(
        tmp_path,
        maximal((passport, "{unavailable: Never issued}"), ("{number: T1234567}", document)),
    ).fields

    assert fields["Page3[0].Line20b_Passport[0]"] == "N/A"
    assert fields["Page3[0].Line20c_TravelDoc[0]"] == "T1234567"
    assert fields["Page3[0].Line20d_CountryOfIssuance[0]"] == "Togo"
    assert fields["Page3[0].Line20e_ExpDate[0]"] == "08/01/2029"


def test_what_a_table_has_no_row_for_is_carried_whole(tmp_path: Path) -> None:
    more = [
        ("      assets:\n", "      assets:\n        - {description: Jar of coins, value: 7.25}\n"),
        (
            "      benefits:\n",
            "      benefits:\n"
            + "        - {benefit: LIHEAP, agency: NJ DCA, awarded: 2026-01-02}\n" * 8,
        ),
    ]
    made = filled(tmp_path, told(tmp_path, maximal(*more), "i-912").planned)
    fields = fields_of(made.filled)

    assert fields["#subform[3].TotalAssets[0]"] == "1641.41"
    texts = [value for name, value in fields.items() if "AdditionalInfo" in name and value]
    benefits, (asset,) = "".join(texts[:-1]), texts[-1:]
    assert "".join(benefits.split()).startswith("9.FullNameofPersonReceivingtheBenefit:Adwoa")
    assert "".join(benefits.split()).endswith("Medicaid;DateBenefitwasAwarded:11/15/2025")
    assert asset == "4. Type of Asset: Cash; Value: 80"
    assert made.placed.addendum == []


@pytest.mark.parametrize(
    ("status", "record", "printed"),
    [
        ("permanent_resident", "", "Lawful permanent resident"),
        ("nonimmigrant", "  arrival_record: {class_of_admission: F-1}\n", "F-1 nonimmigrant"),
        ("nonimmigrant", "", ""),
    ],
)
def test_the_status_of_the_person_who_files_is_printed_in_words(
    status: str, record: str, printed: str, tmp_path: Path
) -> None:
    text = changed(WAIVED, ("she\n  status: us_citizen\n", f"she\n  status: {status}\n{record}"))
    made = i912(tmp_path, text)

    assert made.fields.get("#subform[0].P1_ImmStatus[0]", "") == printed
    assert (("1", "2") in made.open) is not bool(printed)


def test_employment_authorization_is_asked_for_under_the_category_of_parolees(
    tmp_path: Path,
) -> None:
    fields = i765(tmp_path, maximal()).fields

    parts = [fields.get(f"Page3[0].#area[1].section_{number}[0]") for number in (1, 2, 3)]
    assert parts == ["c", "11", None]
    assert fields["Page3[0].Line24_CurrentStatus[0]"] == "Parolee"


def test_the_parolee_signs_the_application_and_its_addendum(tmp_path: Path) -> None:
    context = i765(tmp_path, maximal()).planned.context or {}

    assert [(one["person"], one["item"]) for one in context["ink"]] == [
        ("Kwabena Yaw Boateng", "7.a"),
        ("Kwabena Yaw Boateng", "7.b"),
        *[("Efua Asante", "7.a"), ("Efua Asante", "7.b")],
        *[("Jordan Lee", "8.a"), ("Jordan Lee", "8.b")],
    ]
    assert context["addendum"]["person"] == "Kwabena Yaw Boateng"
    assert (context["addendum"]["role"], context["addendum"]["signs_for"]) == ("beneficiary", None)


def test_employment_authorization_is_never_planned_for_somebody_abroad(tmp_path: Path) -> None:
    with pytest.raises(FormFromAbroadError, match=r"Kwabena Boateng is in Ghana.*after the entry"):
        told(tmp_path, changed(), "i-765", each=Each.BENEFICIARY)


def test_an_address_abroad_leaves_the_address_in_the_united_states_open(tmp_path: Path) -> None:
    here = ("{city: Kumasi, country: Ghana}", "{city: Hoboken, country: United States}")
    abroad = "    address: {street: 9 Odum Crescent, city: Kumasi, country: Ghana}\n"
    text = changed(here, ("    residence: Ghana\n", f"{abroad}    residence: Ghana\n"))
    made = i765(tmp_path, text)

    assert "Page2[0].Line4b_StreetNumberName[0]" not in made.fields
    assert {("2", "5.b"), ("2", "5.d"), ("2", "5.f")} <= set(made.open)


@pytest.mark.parametrize("status", ["separated", "annulled"])
def test_a_marital_status_that_a_form_does_not_print_stays_open(
    status: str, tmp_path: Path
) -> None:
    text = maximal().replace("marital_status: married", f"marital_status: {status}")

    assert i765(tmp_path, text).open == [("2", "11")]


def test_before_cbp_counsel_appears_for_the_person_who_comes(tmp_path: Path) -> None:
    made = g28(tmp_path, maximal(), Agency.CBP)

    assert made.planned.id == "form-g-28-cbp-kwabena"
    assert "before CBP, for Kwabena Yaw Boateng" in made.planned.title
    page = {name.split(".")[1]: told for name, told in made.fields.items() if "subform[1]" in name}
    assert page["Line3a_CBP[0]"] == "Y"
    assert {"Line1a_USCIS[0]", "Line1b_ListFormNumber[0]"} & set(page) == set()
    assert page["Line3b_ListSpecificMatter[0]"] == "Parole at a port of entry"
    assert page["Pt3Line5b_GivenName[0]"] == "Kwabena"
    assert page["Pt3Line4_ReceiptNumber[0]"] == "IOE0912345678"
    assert not [name for name in made.fields if name.startswith("#subform[2].")]


def test_before_uscis_counsel_appears_for_the_person_who_files(tmp_path: Path) -> None:
    made = g28(tmp_path, maximal(), Agency.USCIS)

    assert made.planned.id == "form-g-28-kwabena"
    page = {name.split(".")[1]: told for name, told in made.fields.items() if "subform[1]" in name}
    assert page["Line1b_ListFormNumber[0]"] == "I-131 and I-912"
    assert page["Pt3Line5b_GivenName[0]"] == "Adwoa"
    assert page["Line4_Checkbox[1]"] == "A"
    assert len([name for name in made.fields if name.startswith("#subform[2].")]) == 3


def test_only_a_form_is_filled_for_an_agency() -> None:
    with pytest.raises(ValidationError, match="an agency is named beside a form only"):
        Entry.model_validate({"letter": "cover_letter", "agency": "cbp"})


#: What is printed beside the box of an answer, whatever the file calls it.
PRINTED = {
    "apt": "Apt.",
    "ste": "Ste.",
    "flr": "Flr.",
    "male": "Male",
    "female": "Female",
    "single": "Single",
    "married": "Married",
    "divorced": "Divorced",
    "annulled": "Marriage Annulled",
    "food": "Food",
    "car_payment": "Car Payment",
    "medical": "Medical",
    "insurance": "Insurance",
    "other": "Other",
    "employed": "Employed",
    "unemployed": "Unemployed",
    "cbp": "U.S. Customs",
    "uscis": "U.S. Citizenship",
    "applicant": "Applicant",
    "income": "My household",
    "hardship": "I have a fin",
    "initial": "Initial",
    "renewal": "Renewal",
}
#: The same, where an answer is yes or no and the boxes say more, by form, part and item.
STATEMENTS = {
    ("G-28", "2", "1.a, 2.a"): ("I am an accredited", "I am an"),
    ("G-28", "2", "1.c"): ("am", "am not"),
    ("I-765", "2", "6"): ("No", "Yes"),  # the fact asks whether the addresses differ
    ("I-765", "3", "1.a, 1.b"): ("The interpreter", "I can read"),
    ("I-765", "5", "7.a, 7.b"): ("I am an", "I am not an"),
    ("I-765", "5", "7.b"): ("extends", "does not extend"),
    ("I-912", "7", "1"): ("The interpreter", "I can read"),
    ("I-912", "9", "7"): ("I am an", "I am not an"),
    ("I-912", "9", "7.B"): ("extends", "does not extend"),
}


def printed_for(form: str, item: Item, answer: str) -> str | None:
    yes_no = ("yes", "no")
    if set(item.ticks) == set(yes_no):
        said = STATEMENTS.get((form, item.part or "", item.item), ("Yes", "No"))
        return said[yes_no.index(answer)]
    return PRINTED.get(answer)


def words_at(page: pypdfium2.PdfPage, box: Box) -> tuple[str, str]:
    """Give what stands right of a box, and right above it."""
    left, bottom, right, top = box.rect
    text = page.get_textpage()
    beside = text.get_text_bounded(right, bottom - 1, right + 80, top + 1)
    above = text.get_text_bounded(left - 5, top, right + 9, top + 16)
    return " ".join(beside.split()), " ".join(above.split())


def ticks_of(form: str) -> Iterator[tuple[Item, str, Box, pypdfium2.PdfPage]]:
    path = map_path(shipped("templates"), form, EDITIONS[form])
    shown = read_form_map(path)
    blank = blank_form(form, path.stem)
    boxes = boxes_of(open_blank(blank, shown.form))
    document = pypdfium2.PdfDocument(blank)
    try:
        for item in shown.items:
            for answer, tick in item.ticks.items():
                box = boxes[tick.field]
                yield item, answer, box, document[box.page - 1]
    finally:
        document.close()


@pytest.mark.parametrize("form", ["g-28", "i-765", "i-912"])
def test_the_box_of_an_answer_stands_beside_its_printed_words(form: str) -> None:
    wrong, looked_at = [], 0
    for item, answer, box, page in ticks_of(form):
        printed = printed_for(form.upper(), item, answer)
        beside, above = words_at(page, box)
        looked_at += printed is not None
        if printed and not (beside.startswith(printed) or (not beside and printed in above)):
            wrong.append((item.item, answer, beside, above))

    assert wrong == []
    assert looked_at > 12

"""Forms of people whose facts are unlike the usual ones, on the real blanks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from packet_builder.plan import forms as planning
from tests.cases import changed
from tests.form_pages import Form, filled, squeezed, without_petitioner, words_with

NAME = "    name: {family: Boateng, given: Kwabena}\n"
LIVES = "    residence: Ghana\n"
SUPPORTER = "  - id: adwoa\n    name: {family: Boateng, given: Adwoa}\n"

OF_KWABENA = """\
supporters:
  - id: kwabena-himself
    name: {family: Boateng, given: Kwabena}
    date_of_birth: 1992-07-09
    pronoun: he
    status: no_us_status
    status_explained: Citizen of Ghana, not in the United States
    relationship: self
    phone: +233 24 555 0100
    work_status: other
    work_explained: Lives on the income of a farm
    interpreter: {used: no}
    preparer: {used: no}
"""


def one(folder: Path, form: str, *changes: tuple[str, str]) -> Form:
    """Fill the form of the first person."""
    return filled(folder, changed(*changes), form)[0]


def blank(value: str) -> bool:
    return value.strip() in {"", "/Off"}


def test_one_who_supports_himself_declares_it_in_part_4(tmp_path: Path) -> None:
    alone = without_petitioner(changed(), "kwabena")
    start, end = alone.index("supporters:\n"), alone.index("    household_size")
    (form,) = filled(tmp_path, alone[:start] + OF_KWABENA + alone[end:], "i-134")
    fields = form.fields

    assert fields["#subform[0].Pt3Line17[1]"] == "/WD"
    assert blank(fields["#subform[0].Pt3Line17[0]"])
    assert fields["P5[0].Pt4Line1a_Checkboxa[0]"] == "/Y"
    assert fields["P5[0].Part4_Line3_DaytimePhoneNumber3[0]"] == "233245550100"
    assert fields["PG2[0].P2_Line10_ImmigrationStatus[9]"] == "/Other"
    assert fields["PG2[0].P3_Line10_Other[0]"] == "Citizen of Ghana, not in the United States"
    assert fields["PG2[0].OtherEmployment[0]"] == "Lives on the income of a farm"
    skipped = [
        value
        for name, value in fields.items()
        if re.match(r"P4\[0\]\.|P9\[0\]\.|P10\[0\]\.|P8\[0\]\.", name)
    ]
    assert len(skipped) > 60
    assert all(map(blank, skipped))
    assert not [place for place in form.open if place[0] in {"3", "5"}]


def test_one_who_supports_himself_signs_part_4_and_not_part_5(tmp_path: Path) -> None:
    alone = without_petitioner(changed(), "kwabena")
    start, end = alone.index("supporters:\n"), alone.index("    household_size")
    (form,) = filled(tmp_path, alone[:start] + OF_KWABENA + alone[end:], "i-134")

    signed = [line["part"] for line in (form.planned.context or {})["ink"]]
    assert signed == ["4", "4"]


THREE = """\
  - id: esi
    name: {family: Boateng, given: Esi}
    date_of_birth: 2018-02-11
    pronoun: she
    guardian: Kwabena Boateng
    location: {city: Kumasi, country: Ghana}
    residence: Ghana
  - id: yaw
    name: {family: Boateng, given: Yaw}
    date_of_birth: 2020-10-30
    pronoun: he
    guardian: Kwabena Boateng
    location: {city: Kumasi, country: Ghana}
    residence: Ghana
"""
SECOND = """\
  - id: kofi
    name: {family: Asante, given: Kofi}
    date_of_birth: 1980-05-05
    pronoun: he
    status: permanent_resident
    relationship: uncle
    beneficiaries: [esi]
    household_size: 1
    annual_income: 61000
"""


def test_three_beneficiaries_have_a_form_each_with_their_own_particulars(tmp_path: Path) -> None:
    text = changed(("supporters:\n", f"{THREE}supporters:\n"))
    forms = filled(tmp_path, text, "i-131")

    given = [form.field("P2_Line16_GivenName[0]") for form in forms]
    born = [form.field("P2_Line18_DateOfBirth[0]") for form in forms]
    assert given == ["Kwabena", "Esi", "Yaw"]
    assert born == ["07/09/1992", "02/11/2018", "10/30/2020"]


def test_two_supporters_declare_for_those_whom_they_support(tmp_path: Path) -> None:
    text = changed(
        ("supporters:\n", f"{THREE}supporters:\n{SECOND}"),
    )
    forms = filled(tmp_path, text, "i-134")

    pairs = [
        (form.fields["#subform[0].Pt1Line1_GivenName[0]"], form.field("Pt3Line1_GivenName[0]"))
        for form in forms
    ]
    assert sorted(pairs) == [
        ("Adwoa", "Esi"),
        ("Adwoa", "Kwabena"),
        ("Adwoa", "Yaw"),
        ("Kofi", "Esi"),
    ]


ABROAD = "    address: {street: 9 Odum Crescent, city: Kumasi, country: Ghana}\n"


@pytest.mark.parametrize("form", ["i-131", "i-134"])
def test_an_address_abroad_needs_neither_state_nor_zip_nor_province(
    form: str, tmp_path: Path
) -> None:
    made = one(tmp_path, form, (LIVES, LIVES + ABROAD))

    part = "P6[0].P2_Line24_" if form == "i-131" else "P4[0].Part2_Item11_"
    state, zip_code, country = (
        made.fields[f"{part}{name}[0]"] for name in ("State", "ZipCode", "Country")
    )
    assert (blank(state), blank(zip_code), country) == (True, True, "Ghana")
    item = "24" if form == "i-131" else "9"
    assert (("2" if form == "i-131" else "3"), item) not in made.open


def test_a_telephone_abroad_that_is_too_long_for_its_box_is_carried(tmp_path: Path) -> None:
    made = one(tmp_path, "i-131", ("petitioner:\n", "petitioner:\n  phone: +233 24 555 0100\n"))

    assert made.field("Part10_Line1_DayPhone[0]") == ""
    assert made.block(1)[:3] == ("11", "10", "1")
    assert "233245550100" in made.printed


@pytest.mark.parametrize("form", ["g-28", "g-1145", "i-131", "i-134"])
def test_a_single_name_is_the_family_name_and_nothing_is_open(form: str, tmp_path: Path) -> None:
    text = changed((NAME, "    name: {family: Suharto}\n"))
    text = text.replace("{family: Boateng, given: Adwoa}", "{family: Megawati}")
    made, *_ = filled(tmp_path, text, form)

    family = [value for name, value in made.fields.items() if re.search("Family|LastN", name)]
    given = [value for name, value in made.fields.items() if re.search("Given|FirstN", name)]
    assert "Megawati" in family
    assert not {"Megawati", "Suharto"} & set(given)
    assert not [one for one in (made.planned.context or {})["open"] if "Given" in one["asked"]]


LONG = "Wolfeschlegelsteinhausenbergerdorff-Oyarzabal-Etxeberria-Ruiz"


@pytest.mark.parametrize("form", ["g-28", "g-1145", "g-1450", "g-1650", "i-131", "i-134"])
def test_a_name_of_sixty_letters_stands_whole_on_every_form(form: str, tmp_path: Path) -> None:
    text = changed(
        (NAME, f"    name: {{family: {LONG}, given: Kwabena}}\n"),
        (
            "  pronoun: she\n  status: us_citizen\n",
            "  pronoun: she\n  status: us_citizen\n  pays_fees: yes\n",
        ),
    ).replace("{family: Boateng, given: Adwoa}", f"{{family: {LONG}, given: Adwoa}}")
    made, *_ = filled(tmp_path, text, form)

    places = len(made.made.placed.carried) + len(made.made.placed.addendum)
    assert places > 0
    assert made.printed.count(squeezed(LONG)) >= 1
    assert made.made.placed.unplaced == []


ACCENTED = "    name: {family: D'Ávila-Núñez, given: José"


@pytest.mark.parametrize("form", ["i-131", "i-134"])
def test_accents_and_apostrophes_are_printed_as_written(form: str, tmp_path: Path) -> None:
    made = one(tmp_path, form, (NAME, f"{ACCENTED}}}\n"))

    assert "D'Ávila-Núñez" in made.printed
    assert "José" in made.printed


@pytest.mark.parametrize("form", ["i-131", "i-134"])
def test_a_name_is_spelled_as_in_the_machine_readable_zone_where_the_facts_give_it(
    form: str, tmp_path: Path
) -> None:
    zone = "machine_readable: {family: DAVILA-NUNEZ, given: JOSE}"
    made = one(tmp_path, form, (NAME, f"{ACCENTED}, {zone}}}\n"))

    assert "DAVILA-NUNEZ" in made.printed
    assert "Ávila" not in made.printed


def test_a_plain_name_is_never_respelled(tmp_path: Path) -> None:
    zone = "machine_readable: {family: KVABENA, given: KVABENA}"
    made = one(
        tmp_path, "i-131", (NAME, f"    name: {{family: Boateng, given: Kwabena, {zone}}}\n")
    )

    assert made.field("P2_Line16_FamilyName[0]") == "Boateng"


def test_letters_that_no_form_can_print_leave_the_box_blank(tmp_path: Path) -> None:
    made = one(tmp_path, "i-131", (NAME, "    name: {family: Боатенг, given: Kwabena}\n"))

    assert made.field("P2_Line16_FamilyName[0]") == ""
    (said,) = made.made.placed.unplaced
    assert said.startswith("Part 2, Item 16: Their Family Name")


def test_an_unknown_date_stays_blank_and_is_an_open_question(tmp_path: Path) -> None:
    held = "petitioner:\n  travel_document: {held: yes}\n  advance_parole: {held: no}\n"
    made = one(tmp_path, "i-131", ("petitioner:\n", held))

    assert made.field("P4_Line2b_DateIssued[0]") == ""
    assert {("4", "2.b"), ("4", "2.c"), ("8", "3.a")} <= made.open
    assert not {("4", "3.b"), ("4", "3.c")} & made.open


WITHOUT_COUNTRY = (
    "    citizenship: stateless\n"
    "    statelessness: Born in Kuwait to a family that was never registered.\n"
)


def test_a_stateless_person_says_so_and_explains_it_in_part_13(tmp_path: Path) -> None:
    made = one(tmp_path, "i-131", (LIVES, LIVES + WITHOUT_COUNTRY))

    assert made.field("P2_Line20_CountryOfCitizenship[0]") == "stateless"
    page, part, item, said = made.block(1)
    assert (page, part, item) == ("6", "2", "20")
    assert said.endswith("Born in Kuwait to a family that was never registered.")


def test_statelessness_without_an_explanation_is_an_open_question(tmp_path: Path) -> None:
    made = one(tmp_path, "i-131", (LIVES, f"{LIVES}    citizenship: stateless\n"))

    asked = {one["asked"] for one in (made.planned.context or {})["open"]}
    assert "Explanation of statelessness" in asked


def test_a_form_says_na_only_where_the_facts_say_that_there_is_none(tmp_path: Path) -> None:
    lacks = f"{LIVES}    without: [middle_name, other_names, a_number, email, arrival_record]\n"
    made = one(tmp_path, "i-131", (LIVES, lacks))

    for name in ("P2_Line16_MiddleName", "P2_Line22_Email", "P2_Line23_AlienNumber"):
        assert made.field(f"{name}[0]") == "N/A"
    assert made.field("Part2_Line17_FamilyName1[0]") == "N/A"
    assert made.field("P2_Line27_I94RecordNo[0]") == "N/A"
    assert made.field("P4[0].Part2_Line1_MiddleName[0]") == ""  # of the petitioner nothing is said
    assert ("2", "1") in made.open
    assert not {("2", "17"), ("2", "22"), ("2", "23"), ("2", "26"), ("2", "27")} & made.open


@pytest.mark.parametrize("form", ["g-28", "i-134"])
def test_forms_whose_instructions_do_not_want_na_leave_it_blank(form: str, tmp_path: Path) -> None:
    lacks = f"{LIVES}    without: [middle_name, other_names, a_number, email]\n"
    made = one(tmp_path, form, (LIVES, lacks))

    assert "N/A" not in made.fields.values()


@pytest.mark.parametrize(("pounds", "digits"), [("152", "152"), ("29", "000"), ("700", "000")])
def test_a_weight_that_the_form_does_not_take_is_three_zeros(
    pounds: str, digits: str, tmp_path: Path
) -> None:
    looks = f"{LIVES}    biographic: {{weight_pounds: {pounds}}}\n"
    made = one(tmp_path, "i-131", (LIVES, looks))

    assert "".join(made.field(f"P3_Line4_Pound{place}[0]") for place in (1, 2, 3)) == digits


def test_a_new_period_of_parole_is_item_11_with_its_date_and_part_9(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = planning.form_words

    def again(*told: Any) -> Any:  # noqa: ANN401
        return words_with(words(*told), "filing.parole", "new_period")

    monkeypatch.setattr(planning, "form_words", again)
    record = (
        f"{LIVES}    arrival_record: {{i94_number: 012345678A1, class_of_admission: DT,"
        " admit_until: 2027-02-28}\n"
    )
    text = changed((LIVES, record), ("  summary:", "  employment_document: yes\n  summary:"))
    (made,) = filled(tmp_path, without_petitioner(text, "kwabena"), "i-131")

    ticked = [value for name, value in made.fields.items() if "CB_AppType" in name]
    assert [value for value in ticked if not blank(value)] == ["/37"]
    assert made.field("P1_Line12_DateOfAdmission[0]") == "02/28/2027"
    assert made.field("Part2_Line12_ClassofAdmission[0]") == "DT"
    assert made.field("Part2_Line13_I94RecordNo[0]") == "012345678A1"
    assert made.field("Part2_Line14_I94ExpDate[0]") == "02/28/2027"
    assert made.field("P9_Line1_EAD[0]") == "/1"


def test_counsel_who_is_restricted_explains_it_in_part_6(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = planning.form_words

    def restricted(*told: Any) -> Any:  # noqa: ANN401
        told_words = words_with(words(*told), "counsel.restricted", "yes")
        return words_with(told_words, "counsel.restriction", "Suspended in 2019 for 30 days.")

    monkeypatch.setattr(planning, "form_words", restricted)
    made = one(tmp_path, "g-28")

    assert made.field("Checkbox1dAm[0]") == "/N"
    assert made.block(1) == ("1", "2", "1.c", "Suspended in 2019 for 30 days.")

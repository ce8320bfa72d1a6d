from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.model.people import Address, Place, Pronoun, Status
from packet_builder.plan.wording import (
    a_number,
    address_lines,
    age_on,
    capitalized,
    counted,
    country_phrase,
    curled,
    dollars,
    ended,
    joined,
    long_date,
    number_word,
    phrase,
    place_phrase,
    possessive,
    pronouns,
    speech,
    status_phrase,
)

WORDS = st.text(st.characters(whitelist_categories=["L", "Nd"]), min_size=1, max_size=12)


@given(st.dates())
def test_a_date_reads_back_as_itself(day: dt.date) -> None:
    month, number, year = re.fullmatch(r"(\w+) (\d+), (\d+)", long_date(day)).groups()  # type: ignore[union-attr]
    back = dt.datetime.strptime(f"{month} {number} {year:0>4}", "%B %d %Y")  # noqa: DTZ007

    assert back.date() == day


@given(st.integers(0, 10**12))
def test_whole_dollars_have_no_cents(amount: int) -> None:
    assert dollars(amount).replace(",", "") == f"${amount}"


def test_cents_are_printed_where_there_are_some() -> None:
    assert dollars(Decimal("61200.50")) == "$61,200.50"
    assert dollars(Decimal("61200.00")) == "$61,200"


@given(st.lists(WORDS, min_size=3))
def test_a_list_names_each_item_once_in_order(items: list[str]) -> None:
    assert re.split(r", and |, ", joined(items)) == items


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), ("ABC", "A, B, and C")]
)
def test_short_lists_need_no_comma(items: list[str], words: str) -> None:
    assert joined(list(items)) == words


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 110))
def test_an_age_grows_on_the_birthday_and_not_before(born: dt.date, years: int) -> None:
    birthday = born.replace(year=born.year + years) if born.strftime("%m%d") != "0229" else None

    if birthday is not None:
        assert age_on(born, birthday) == years
        assert age_on(born, birthday - dt.timedelta(days=1)) == years - 1


def test_a_child_of_february_29_grows_older_on_march_1() -> None:
    born = dt.date(2016, 2, 29)

    assert age_on(born, dt.date(2026, 2, 28)) == 9
    assert age_on(born, dt.date(2026, 3, 1)) == 10


def test_numbers_are_words_up_to_twelve() -> None:
    assert [number_word(number) for number in (0, 1, 12, 13, 1300)] == [
        *("no", "one", "twelve", "13", "1,300")
    ]
    assert (counted(1, "month"), counted(6, "month")) == ("one month", "six months")


def test_possessives_know_the_plural() -> None:
    assert possessive("James") == "James’s"
    assert possessive("the Beneficiary") == "the Beneficiary’s"
    assert possessive("the Beneficiaries", plural=True) == "the Beneficiaries’"
    assert possessive("the children", plural=True) == "the children’s"


@given(st.text(max_size=40))
def test_a_sentence_is_ended_once(text: str) -> None:
    assert ended(ended(text)) == ended(text)
    assert ended(text).startswith(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("He came", "He came."),
        ("He came.", "He came."),
        ("Did he come?", "Did he come?"),
        ("He lives in the U.S.", "He lives in the U.S."),
        ("He said “no.”", "He said “no.”"),
        ("He was refused (Ex. A at 1)", "He was refused (Ex. A at 1)."),
        ("He was refused. (Ex. A at 1)", "He was refused. (Ex. A at 1)"),
        ("", ""),
    ],
)
def test_sentences_end_with_one_stop(text: str, sentence: str) -> None:
    assert ended(text) == sentence


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("heart failure.", "heart failure"),
        ("a citizen of the U.S.", "a citizen of the U.S."),
        ("Bay Clinic, Inc.", "Bay Clinic, Inc."),
        ("acute", "acute"),
    ],
)
def test_a_phrase_loses_its_stop_but_an_abbreviation_keeps_it(text: str, inside: str) -> None:
    assert phrase(text) == inside


@given(st.text(max_size=60))
def test_quotation_marks_are_curled_one_for_one(text: str) -> None:
    curly = curled(text)
    marks = dict.fromkeys(map(ord, "“”\u2018’'\""), "'")

    assert not set(curly) & set("'\"")
    assert curly.translate(marks) == text.translate(marks)


def test_quotation_marks_face_the_words() -> None:
    assert curled("""She can't say "no" ('now')""") == "She can’t say “no” (\u2018now’)"


def test_countries_take_their_article() -> None:
    assert country_phrase("Ghana") == "Ghana"
    assert country_phrase("Philippines") == "the Philippines"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"country": "United States"}, "the United States"),
        ({"city": "Fremont", "province": "CA", "country": "United States"}, "Fremont, CA"),
        ({"city": "Manila", "country": "Philippines"}, "Manila, Philippines"),
    ],
)
def test_places_read_as_in_a_sentence(place: dict[str, str], words: str) -> None:
    assert place_phrase(Place.model_validate(place)) == words


def test_an_address_leaves_out_what_is_not_given() -> None:
    home = {"street": "1 Row", "unit": "Apt. 2", "city": "Oakland", "state": "CA", "zip": "94607"}
    abroad = {"in_care_of": "R. Loewe", "street": "2 Way", "city": "Leeds", "postal_code": "LS1"}

    assert address_lines(Address.model_validate({**home, "country": "United States"})) == [
        *("1 Row, Apt. 2", "Oakland, CA 94607")
    ]
    assert address_lines(Address.model_validate({**abroad, "country": "United Kingdom"})) == [
        *("c/o R. Loewe", "2 Way", "Leeds LS1", "United Kingdom")
    ]


def test_every_status_has_its_words() -> None:
    assert all(status_phrase(status) for status in Status)
    assert status_phrase(Status.US_CITIZEN) == "a U.S. citizen"


def test_an_a_number_is_grouped_as_notices_print_it() -> None:
    assert (a_number("200111222"), a_number("")) == ("A200-111-222", "")


@given(st.lists(st.sampled_from(Pronoun), min_size=2, max_size=4))
def test_several_people_are_they(people: list[Pronoun]) -> None:
    spoken = speech(["A"] * len(people), people)

    assert pronouns(people) == ("they", "them", "their")
    assert (spoken["are"], spoken["have"], spoken["s"]) == ("are", "have", "")
    assert spoken["they_are"] == "they are"


@pytest.mark.parametrize(
    ("pronoun", "they_are", "their"),
    [
        (Pronoun.SHE, "she is", "her"),
        (Pronoun.HE, "he is", "his"),
        (Pronoun.THEY, "they are", "their"),
    ],
)
def test_one_person_keeps_her_pronoun(pronoun: Pronoun, they_are: str, their: str) -> None:
    spoken = speech(["Sam"], [pronoun])

    assert (spoken["they_are"], spoken["their"]) == (they_are, their)
    assert (spoken["are"], spoken["do"], spoken["s"]) == ("is", "does", "s")
    assert spoken["names_possessive"] == "Sam’s"


def test_capitalized_changes_one_letter() -> None:
    assert capitalized("the US") == "The US"
    assert capitalized("") == ""

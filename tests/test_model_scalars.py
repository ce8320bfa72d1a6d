from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from packet_builder.model.scalars import (
    ANumber,
    Count,
    Country,
    Day,
    Email,
    Flag,
    Identifier,
    Line,
    OneOrMany,
    Phone,
    Prose,
    RelativePath,
    Usd,
    ZipCode,
)

SCALARS: Mapping[str, TypeAdapter[Any]] = {
    "ANumber": TypeAdapter(ANumber),
    "Count": TypeAdapter(Count),
    "Country": TypeAdapter(Country),
    "Day": TypeAdapter(Day),
    "Email": TypeAdapter(Email),
    "Flag": TypeAdapter(Flag),
    "Identifier": TypeAdapter(Identifier),
    "Line": TypeAdapter(Line),
    "Phone": TypeAdapter(Phone),
    "Prose": TypeAdapter(Prose),
    "RelativePath": TypeAdapter(RelativePath),
    "Usd": TypeAdapter(Usd),
    "ZipCode": TypeAdapter(ZipCode),
}


def _complaint(scalar: str, written: object) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        SCALARS[scalar].validate_python(written)
    (details,) = caught.value.errors()
    return details["type"], details["msg"]


@pytest.mark.parametrize(
    ("scalar", "written", "value"),
    [
        ("Day", " 2026-12-01 ", dt.date(2026, 12, 1)),
        ("Day", "2028-02-29", dt.date(2028, 2, 29)),
        ("Usd", "61200", Decimal("61200.00")),
        ("Usd", "61,200", Decimal("61200.00")),
        ("Usd", "61,200.50", Decimal("61200.50")),
        ("Usd", "$61,200", Decimal("61200.00")),
        ("Usd", "$ 1,061,200.00", Decimal("1061200.00")),
        ("Usd", "0", Decimal("0.00")),
        ("Count", "0", 0),
        ("Count", "12", 12),
        ("Flag", "yes", True),
        ("Flag", "NO", False),
        ("Flag", "True", True),
        ("Flag", "false", False),
        ("ANumber", "A200-111-222", "200111222"),
        ("ANumber", "A200111222", "200111222"),
        ("ANumber", "200111222", "200111222"),
        ("ANumber", "a 20-111-222", "020111222"),
        ("ANumber", "A20111222", "020111222"),
        ("ANumber", "A-2111222", "002111222"),
        ("ZipCode", "07030", "07030"),
        ("ZipCode", "07030-1234", "07030-1234"),
        ("Email", "amina.osei+case@mail.example.org", "amina.osei+case@mail.example.org"),
        ("Phone", "+1 (312) 555-0142", "+1 (312) 555-0142"),
        ("Phone", "312.555.0142 ext. 12", "312.555.0142 ext. 12"),
        ("Line", "  Dr. Kwame\tOsei\n", "Dr. Kwame Osei"),
        ("Line", "NO", "NO"),
        ("Prose", "one\n  two \n\n \n three\nfour\n", "one two\n\nthree four"),
        ("Identifier", "osei-letter-2", "osei-letter-2"),
        ("RelativePath", "exhibits/osei.pdf", "exhibits/osei.pdf"),
        ("Country", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("Country", "غنا", "غنا"),
    ],
)
def test_what_is_written_right_gets_its_type(scalar: str, written: str, value: object) -> None:
    read = SCALARS[scalar].validate_python(written)

    assert read == value
    assert type(read) is type(value)


_DAY = "write the date as year-month-day, for example 2026-12-01"
_USD = "write an amount in U.S. dollars, for example 61,200 or 61,200.00"
_COUNT = "write a whole number in digits, for example 3"
_A_NUMBER = "write the A-number as A and nine digits, for example A200-111-222"
_ZIP = "write a ZIP code, for example 07030 or 07030-1234"
_EMAIL = "write one e-mail address, for example amina@example.org"
_PHONE = "write a telephone number, for example +1 312 555 0142"
_ID = "write a short name in lower-case letters, digits and hyphens, for example osei-letter"
_PATH = "write a path inside the folder, for example exhibits/osei.pdf"
_COUNTRY = "write the name of a country, for example Ghana"


@pytest.mark.parametrize(
    ("scalar", "written", "code", "expected"),
    [
        *(("Day", day, "day", _DAY) for day in ("631152000", "12/1/2026", "2026-12-1", "today")),
        ("Day", "2026-12-01T00:00", "day", _DAY),
        ("Day", "٢٠٢٦-١٢-٠١", "day", _DAY),  # noqa: RUF001 - digits of another script
        ("Day", "2026-02-30", "day", "this day is not in the calendar; " + _DAY),
        ("Day", "0000-01-01", "day", "this day is not in the calendar; " + _DAY),
        *(("Usd", usd, "usd", _USD) for usd in ("-1", "61.200,00", "6,12", "1_000", "1e3", "12.5")),
        *(("Count", count, "count", _COUNT) for count in ("-1", "1.0", "three", "1_000", "²")),
        *(("Flag", flag, "flag", "write yes or no") for flag in ("maybe", "1", "y")),
        *(("ANumber", a, "a_number", _A_NUMBER) for a in ("A123", "B200111222", "A2001112223")),
        *(("ZipCode", zip_, "zip_code", _ZIP) for zip_ in ("703", "07030-12", "K1A 0B1")),
        *(("Email", mail, "email", _EMAIL) for mail in ("amina", "a@b", "a@b.c, d@e.f", "a@b..c")),
        *(("Phone", phone, "phone", _PHONE) for phone in ("555-014", "call 312 555 0142")),
        *(("Identifier", id_, "identifier", _ID) for id_ in ("Osei", "osei letter", "-a", "é")),
        *(("RelativePath", p, "path", _PATH) for p in ("/etc/osei.pdf", "C:/o.pdf", "\\\\s\\o")),
        *(("Country", country, "country", _COUNTRY) for country in ("X", "123", "-")),
        ("Line", "one\ntwo", "line", "this must be a single line"),
        ("RelativePath", "one\ntwo", "line", "this must be a single line"),
        ("Country", "one\ntwo", "line", "this must be a single line"),
    ],
)
def test_what_is_written_wrong_is_told_with_an_example(
    scalar: str, written: str, code: str, expected: str
) -> None:
    shown = written.replace("\n", " ")

    assert _complaint(scalar, written) == (code, f'{expected}, not "{shown}"')


@pytest.mark.parametrize("scalar", SCALARS)
def test_an_empty_text_is_refused_by_every_scalar(scalar: str) -> None:
    sentence = "the text is empty; fill it in or remove the line"

    for written in (None, "", " \n\t "):
        assert _complaint(scalar, written) == ("empty_text", sentence)


@pytest.mark.parametrize("scalar", SCALARS)
def test_lists_and_fields_are_refused_by_every_scalar(scalar: str) -> None:
    for written in ([], ["a"], {"a": "b"}):
        assert _complaint(scalar, written) == ("text_expected", "a text is expected here")


@pytest.mark.parametrize("scalar", SCALARS)
@given(written=st.text())
def test_no_text_raises_anything_but_a_sentence_of_ours(scalar: str, written: str) -> None:
    try:
        SCALARS[scalar].validate_python(written)
    except ValidationError as error:
        (details,) = error.errors()
        assert details["msg"].startswith(("write ", "this ", "the text is empty"))


@given(st.dates())
def test_every_day_comes_back_as_it_was_written(day: dt.date) -> None:
    assert SCALARS["Day"].validate_python(day.isoformat()) == day


@given(st.decimals(0, 999_999_999, places=2))
def test_every_amount_comes_back_to_the_cent(amount: Decimal) -> None:
    for written in (f"{amount:.2f}", f"{amount:,.2f}", f"${amount:,.2f}"):
        assert SCALARS["Usd"].validate_python(written) == amount


def test_a_long_wrong_text_is_not_repeated_in_full() -> None:
    _, message = _complaint("Day", "x" * 500)

    assert len(message) < 130


class _Toy(BaseModel):
    months: Annotated[Count, Field(ge=1, le=12)]
    day: Day | None = None
    income: Usd
    flag: Flag = True
    zip: ZipCode
    files: Annotated[tuple[Line, ...], OneOrMany()] = ()


_TOY = {"months": "3", "day": "2026-12-01", "income": "61,200", "flag": "no", "zip": "07030"}


def test_one_item_may_stand_for_a_list() -> None:
    assert _Toy.model_validate(_TOY | {"files": "a.pdf"}).files == ("a.pdf",)
    assert _Toy.model_validate(_TOY | {"files": ["a.pdf", "b.pdf"]}).files == ("a.pdf", "b.pdf")
    with pytest.raises(ValidationError):
        _Toy.model_validate(_TOY | {"files": None})


def test_a_model_of_scalars_is_written_as_json_without_a_warning() -> None:
    toy = _Toy.model_validate(_TOY)

    assert json.loads(toy.model_dump_json()) == {
        "months": 3,
        "day": "2026-12-01",
        "income": "61200.00",
        "flag": False,
        "zip": "07030",
        "files": [],
    }


def test_the_schema_lets_an_editor_take_a_zip_code_for_a_number() -> None:
    properties = _Toy.model_json_schema()["properties"]

    assert properties["zip"]["type"] == ["string", "number"]
    assert properties["flag"]["enum"] == ["yes", "no", "true", "false", True, False]
    assert properties["day"]["anyOf"][0]["examples"] == ["2026-12-01"]

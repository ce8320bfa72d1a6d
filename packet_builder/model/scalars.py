"""Texts from the facts become typed values, or a sentence that says what is expected."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from packet_builder.facts.fault import quoted

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_USD = re.compile(r"\$? ?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(\.[0-9]{2})?")
_COUNT = re.compile(r"[0-9]{1,9}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_A_NUMBER = re.compile(r"[Aa]?[- ]?([0-9]{1,3}-?[0-9]{3}-?[0-9]{3})")
_ZIP_CODE = re.compile(r"[0-9]{5}(-[0-9]{4})?")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_PHONE = re.compile(r"[-+()./ 0-9]+(?: ?(?:ext\.?|x) ?[0-9]+)?", re.IGNORECASE)
_PHONE_DIGITS = 7
_LATIN_NAME = re.compile(r"[A-Za-z]+(?:[- ][A-Za-z]+)*")
_RECEIPT_NUMBER = re.compile(r"[A-Z]{3}[0-9]{10}")
_EXHIBIT_LETTER = re.compile(r"[A-Z]{1,2}")
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*")
_OUTLINE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DRIVE = re.compile(r"[A-Za-z]:")
_PARAGRAPH_BREAK = re.compile(r"\n(?:[ \t]*\n)+")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class OneOrMany:
    """Lets a list that has one item be given as that item, in the facts and in editors."""

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Wrap a lone item before the list is validated."""
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Say that one item is as good as a list."""
        many = handler(schema)
        return {"anyOf": [many, many["items"]]}


def _as_list(value: object) -> object:
    return value if value is None or isinstance(value, list) else [value]


def _refuse(code: str, expected: str, written: str) -> NoReturn:
    raise PydanticCustomError(
        code, "{expected}, not {written}", {"expected": expected, "written": quoted(written)}
    )


def _written(value: object) -> str:
    """Give the text without the space around it; an empty one is refused."""
    text = "" if value is None else value
    if not isinstance(text, str):
        raise PydanticCustomError("text_expected", "a text is expected here")
    if not text.strip():
        raise PydanticCustomError("empty_text", "the text is empty; fill it in or remove the line")
    return text.strip()


def _line(value: object) -> str:
    text = _written(value).replace("\t", " ")
    if "\n" in text:
        _refuse("line", "this must be a single line", text)
    return text


def _prose(value: object) -> str:
    paragraphs = _PARAGRAPH_BREAK.split(_written(value))
    return "\n\n".join(_LINE_BREAK.sub(" ", paragraph.strip(" \t")) for paragraph in paragraphs)


def _day(value: object) -> dt.date:
    text = _written(value)
    expected = "write the date as year-month-day, for example 2026-12-01"
    if not _DAY.fullmatch(text):
        _refuse("day", expected, text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _refuse("day", "this day is not in the calendar; " + expected, text)


def _usd(value: object) -> Decimal:
    text = _written(value)
    match = _USD.fullmatch(text)
    if match is None:
        _refuse("usd", "write an amount in U.S. dollars, for example 61,200 or 61,200.00", text)
    return Decimal(match[1].replace(",", "") + (match[2] or ".00"))


def _count(value: object) -> int:
    text = _written(value)
    if not _COUNT.fullmatch(text):
        _refuse("count", "write a whole number in digits, for example 3", text)
    return int(text)


def _whole_number(value: object) -> int:
    text = _written(value)
    if not _WHOLE_NUMBER.fullmatch(text):
        _refuse("whole_number", "write a whole number in digits, for example -90", text)
    return int(text)


def _flag(value: object) -> bool:
    text = _written(value)
    if text.lower() not in _FLAGS:
        _refuse("flag", "write yes or no", text)
    return _FLAGS[text.lower()]


def _a_number(value: object) -> str:
    text = _written(value)
    match = _A_NUMBER.fullmatch(text)
    if match is None:
        _refuse(
            "a_number", "write the A-number as A and nine digits, for example A200-111-222", text
        )
    return match[1].replace("-", "").zfill(9)


def _zip_code(value: object) -> str:
    text = _written(value)
    if not _ZIP_CODE.fullmatch(text):
        _refuse("zip_code", "write a ZIP code, for example 07030 or 07030-1234", text)
    return text


def _email(value: object) -> str:
    text = _written(value)
    if not _EMAIL.fullmatch(text):
        _refuse("email", "write one e-mail address, for example amina@example.org", text)
    return text


def _phone(value: object) -> str:
    text = _written(value)
    if not _PHONE.fullmatch(text) or sum(map(str.isdigit, text)) < _PHONE_DIGITS:
        _refuse("phone", "write a telephone number, for example +1 312 555 0142", text)
    return text


def _latin_name(value: object) -> str:
    text = _line(value)
    if not _LATIN_NAME.fullmatch(text):
        expected = "write plain letters A to Z, hyphens and spaces, as in the machine-readable zone"
        _refuse("latin_name", expected, text)
    return text


def _identifier(value: object) -> str:
    text = _written(value)
    if not _IDENTIFIER.fullmatch(text):
        expected = "write a short name in lower-case letters, digits and hyphens, for example "
        _refuse("identifier", expected + "osei-letter", text)
    return text


def _outline_name(value: object) -> str:
    text = _written(value)
    if not _OUTLINE.fullmatch(text):
        _refuse("outline", "write the name of an outline, for example initial_parole", text)
    return text


def plain_receipt_number(text: str) -> str | None:
    """Give a receipt number as three letters and ten digits; None for anything else."""
    plain = text.replace("-", "").replace(" ", "").upper()
    return plain if _RECEIPT_NUMBER.fullmatch(plain) else None


def _receipt_number(value: object) -> str:
    text = _written(value)
    plain = plain_receipt_number(text)
    if plain is None:
        expected = "write three letters and ten digits, for example IOE0123456789"
        _refuse("receipt_number", expected, text)
    return plain


def _exhibit_letter(value: object) -> str:
    text = _line(value)
    if not _EXHIBIT_LETTER.fullmatch(text):
        _refuse("exhibit_letter", "write the letter of an exhibit, for example AG", text)
    return text


def _relative_path(value: object) -> str:
    text = _line(value)
    if text.startswith(("/", "\\")) or _DRIVE.match(text):
        _refuse("path", "write a path inside the folder, for example exhibits/osei.pdf", text)
    return text


def _country(value: object) -> str:
    text = _line(value)
    if sum(map(str.isalpha, text)) < len("US"):
        _refuse("country", "write the name of a country, for example Ghana", text)
    return text


# An editor takes `07030` and `4` for numbers and `true` for a flag; the facts read them as text.
_WRITTEN = {"type": ["string", "number"]}


def _schema(pattern: re.Pattern[str], example: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": f"^{pattern.pattern}$", "examples": [example]}
    )


def _digits_schema(pattern: re.Pattern[str], example: str) -> WithJsonSchema:
    return WithJsonSchema(_WRITTEN | {"pattern": f"^{pattern.pattern}$", "examples": [example]})


Line = Annotated[str, BeforeValidator(_line), WithJsonSchema(_WRITTEN)]
"""A text on a single line, without the space around it."""

Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema(_WRITTEN)]
"""A text of one or more paragraphs; between two of them stands one empty line."""

Day = Annotated[dt.date, BeforeValidator(_day), _schema(_DAY, "2026-12-01")]
"""A day of the calendar, written 2026-12-01."""

Usd = Annotated[Decimal, BeforeValidator(_usd), _digits_schema(_USD, "61,200")]
"""U.S. dollars, always to the cent."""

Count = Annotated[int, BeforeValidator(_count), _digits_schema(_COUNT, "3")]
"""A whole number from 0 on."""

WholeNumber = Annotated[int, BeforeValidator(_whole_number), _digits_schema(_WHOLE_NUMBER, "-90")]
"""A whole number, which may be below 0."""

Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False]}),
]
"""Yes or no."""

ANumber = Annotated[str, BeforeValidator(_a_number), _digits_schema(_A_NUMBER, "A200-111-222")]
"""An A-number as its nine digits, zeros in front."""

ZipCode = Annotated[str, BeforeValidator(_zip_code), _digits_schema(_ZIP_CODE, "07030")]
"""A ZIP code as written, five digits or five and four."""

Email = Annotated[str, BeforeValidator(_email), _schema(_EMAIL, "amina@example.org")]
"""One e-mail address as written."""

Phone = Annotated[str, BeforeValidator(_phone), _digits_schema(_PHONE, "+1 312 555 0142")]
"""A telephone number as written."""

LatinName = Annotated[str, BeforeValidator(_latin_name), _schema(_LATIN_NAME, "DAVILA NUNEZ")]
"""A name in plain letters, hyphens and spaces."""

Identifier = Annotated[
    str, BeforeValidator(_identifier), _digits_schema(_IDENTIFIER, "osei-letter")
]
"""A short name inside the facts: lower-case letters, digits, hyphens."""

OutlineName = Annotated[
    str, BeforeValidator(_outline_name), _digits_schema(_OUTLINE, "initial_parole")
]
"""The name of an outline: that of its file."""


ReceiptNumber = Annotated[str, BeforeValidator(_receipt_number), WithJsonSchema({"type": "string"})]
"""A receipt number as three letters and ten digits."""

ExhibitLetter = Annotated[str, BeforeValidator(_exhibit_letter), WithJsonSchema(_WRITTEN)]
"""The letter of an exhibit: A to Z, then AA."""

RelativePath = Annotated[str, BeforeValidator(_relative_path), WithJsonSchema(_WRITTEN)]
"""A path below the folder of the file that names it; whether it exists is not asked here."""

Country = Annotated[str, BeforeValidator(_country), WithJsonSchema({"type": "string"})]
"""The name of a country as written."""

"""The model of a case becomes the page that lists every field of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from docs.reference.table import table
from packet_builder.model.case import Case
from packet_builder.model.fields import models_within
from packet_builder.model.firm import Firm
from packet_builder.model.help import field_help
from packet_builder.model.narrative import ClaimText
from packet_builder.model.scalars import OneOrMany

_HEAD = """\
# Every field of the facts

*This page is written by `python -m docs.make_reference` from the program's own model.
Do not edit it by hand.*

How to write a case step by step: [case.md](case.md). A field that is not listed here is refused.
"Needed" means that the case cannot be read without it.

## How values are written

"""
#: By the name of the function that reads the value.
_SCALARS = {
    "_line": ("text", "One line of text."),
    "_prose": ("paragraphs", "One or more paragraphs; an empty line stands between two of them."),
    "_day": ("date", "Year, month, day: `2026-12-01`. No other form is read."),
    "_usd": ("dollars", "`61,200`, `61200` or `61,200.00`, with or without `$`."),
    "_count": ("number", "A whole number in digits: `3`."),
    "_flag": ("yes or no", "`yes`, `no`, `true` or `false`."),
    "_a_number": ("A-number", "`A200-111-222`, `200111222`; seven to nine digits."),
    "_zip_code": ("ZIP code", "`07030` or `07030-1234`; zeros in front are kept."),
    "_email": ("e-mail", "One address: `amina@example.org`."),
    "_phone": ("telephone", "As it is dialled: `+1 312 555 0142`."),
    "_latin_name": ("plain letters", "A to Z, hyphens and spaces: `DAVILA NUNEZ`."),
    "_receipt_number": (
        "receipt number",
        "Three letters and ten digits: `IOE0123456789`; hyphens and spaces may stand between.",
    ),
    "_exhibit_letter": ("letter of an exhibit", "One or two capital letters: `C`, `AG`."),
    "_identifier": ("short name", "Lower-case letters, digits and hyphens: `osei-letter`."),
    "_outline_name": ("kind of filing", "The name of an outline: `initial_parole`."),
    "_relative_path": ("file", "A path inside the folder of the file that names it."),
    "_country": ("country", "The English name of a country: `Ghana`."),
}
_CLAIM = (
    "claims",
    "One statement, or a list of them: a text with its citations, or `text:` beside `quote:`.",
)


def facts_page() -> str:
    """Give the page."""
    models = [*models_within(Case), *models_within(Firm)]
    unique = [model for model in dict.fromkeys(models) if model is not ClaimText]
    scalars = [(f"*{name}*", words) for name, words in (*_SCALARS.values(), _CLAIM)]
    lines = [*table(("In the tables", "Means"), scalars), ""]
    for model in unique:
        lines += _section(model)
    return _HEAD + "\n".join(lines).rstrip() + "\n"


def _section(model: type[BaseModel]) -> Iterator[str]:
    yield f"## {model.__name__}"
    yield ""
    yield (model.__doc__ or "").strip()
    yield ""
    told = field_help(model)
    rows = [_row(name, field, told[name]) for name, field in model.model_fields.items()]
    yield from table(("Field", "Value", "Needed", "Meaning"), rows)
    yield ""


def _row(name: str, field: FieldInfo, told: str) -> Sequence[str]:
    needed = "yes" if field.is_required() else ""
    return f"`{field.alias or name}`", _said(field.annotation, field.metadata), needed, told


def _said(annotation: Any, metadata: Sequence[object] = ()) -> str:  # noqa: ANN401
    origin, arguments = get_origin(annotation), get_args(annotation)
    for mark in metadata:
        if isinstance(mark, BeforeValidator):
            return f"*{_SCALARS[mark.func.__name__][0]}*"
    if origin is Annotated:
        return _said(arguments[0], arguments[1:])
    if origin in {Union, UnionType}:
        return " or ".join(_said(kind) for kind in arguments if kind is not type(None))
    if origin is tuple:
        return _many(_said(arguments[0]), metadata)
    if origin is dict:
        return f"fields with names of the table, each {_said(arguments[1])}"
    return _named(annotation)


def _many(one: str, metadata: Sequence[object]) -> str:
    if one == f"*{_CLAIM[0]}*":
        return one
    lone = any(isinstance(mark, OneOrMany) for mark in metadata)
    return f"{'one or a list' if lone else 'a list'} of: {one}"


def _named(kind: Any) -> str:  # noqa: ANN401
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if kind is ClaimText:
        return f"*{_CLAIM[0]}*"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    message = f"no words for {kind}"
    raise TypeError(message)

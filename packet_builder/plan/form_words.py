"""Parts of the model become words as official forms want them: dates, digits, units, answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

from packet_builder.model.base import Part
from packet_builder.model.firm import Attorney, Firm
from packet_builder.model.people import (
    Address,
    Asset,
    AssetKind,
    Beneficiary,
    Biographic,
    Helper,
    Lack,
    MachineReadable,
    Name,
    Person,
    Supporter,
    is_home,
)

Words = Mapping[str, Any]
"""Words by name: a text, None where the facts are silent, or more words below it."""

_UNIT = re.compile(
    r"(?P<kind>apt|apartment|ste|suite|flr?|floor)\b\.?\s*#?\s*(?P<number>\S.*)", re.IGNORECASE
)
_UNIT_KINDS = {"a": "apt", "s": "ste", "f": "flr"}
_NATIONAL_DIGITS = 10
_WEIGHTS = range(30, 700)
_EXTENSION = re.compile(r"ext|x", re.IGNORECASE)


def words_of(value: object) -> Any:  # noqa: ANN401 - a text, or texts below names
    """Give a value of the model as words, dates and answers as forms want them."""
    if isinstance(value, Part):
        named = {name: words_of(getattr(value, name)) for name in type(value).model_fields}
        return {**named, **_more(value)}
    if isinstance(value, tuple):
        return [words_of(one) for one in value]
    return None if value is None else _word(value)


def look_up(words: Words, path: str) -> Any:  # noqa: ANN401
    """Follow a dotted path; None where the facts are silent, KeyError where nothing can be."""
    value: Any = words
    for step in path.split("."):
        if value is None:
            return None
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = value[int(step)] if int(step) < len(value) else None
        elif isinstance(value, Mapping):
            value = value[step]
        else:
            raise KeyError(path)
    return value


def _word(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return f"{value:%m/%d/%Y}"
        case Decimal():
            return f"{value:.2f}"
        case Enum():
            return str(value.value)
    return str(value)


def _more(part: Part) -> dict[str, Any]:
    """Give what forms ask of a part beside its own fields."""
    return {
        name: value
        for kind, give in _MORE
        if isinstance(part, kind)
        for name, value in give(part).items()
    }


def _address(address: Address) -> dict[str, Any]:
    match = _UNIT.fullmatch(address.unit) if address.unit else None
    return {
        "unit_kind": _UNIT_KINDS[match["kind"][0].lower()] if match else None,
        "unit_number": match["number"] if match else address.unit,
        "has_unit": "yes" if address.unit else "no",
        "in_us": "yes" if is_home(address.country) else "no",
        "zip5": address.zip[:5] if address.zip else None,
    }


def _digits(phone: str | None) -> str | None:
    """Give a number as forms want it: ten digits in the United States, all of them elsewhere."""
    if phone is None:
        return None
    digits = re.sub(r"\D", "", _EXTENSION.split(phone)[0])
    if phone.startswith("+1") and len(digits) == _NATIONAL_DIGITS + 1:
        return digits[1:]
    return digits


def _phones(part: Person | Attorney | Helper) -> dict[str, Any]:
    return {"phone_digits": _digits(part.phone), "mobile_digits": _digits(part.mobile)}


def _home(person: Person) -> dict[str, Any]:
    return {
        "us_address": _if_in_us(person.address),
        "us_home": _if_in_us(person.physical_address),
        "home": words_of(person.physical_address or person.address),
        "has_address": "no" if person.address is None else "yes",
        "lives_elsewhere": "no" if person.physical_address is None else "yes",
    }


def _if_in_us(address: Address | None) -> Any:  # noqa: ANN401 - texts below names
    return words_of(address) if address and is_home(address.country) else None


def _beneficiary(person: Beneficiary) -> dict[str, Any]:
    record = person.arrival_record
    travelled_on = record.travel_document if record else None
    has_passport = person.passport is not None and person.passport.number is not None
    return {
        "is_abroad": "yes" if person.is_abroad else "no",
        "document": words_of(person.passport if has_passport else travelled_on),
        "other_citizenships": [{"country": country} for country in person.other_citizenships],
    }


def _weight(looks: Biographic) -> dict[str, Any]:
    """Give three digits, a box each; "000" outside of what the form takes (I-131I p. 20)."""
    weight = looks.weight_pounds
    if weight is None:
        return {"weight_digits": None}
    return {"weight_digits": list(f"{weight if weight in _WEIGHTS else 0:03d}")}


def _lacks(person: Person) -> dict[str, Any]:
    return {"lacks": {lack.value: "yes" if lack in person.without else None for lack in Lack}}


def _nationality(person: Person) -> dict[str, Any]:
    is_stateless = (person.citizenship or "").lower() == "stateless"
    return {"is_stateless": "yes" if is_stateless else "no"}


def _full(name: MachineReadable) -> dict[str, Any]:
    return {"full": " ".join(part for part in (name.given, name.middle, name.family) if part)}


def _dollars(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _money(supporter: Supporter) -> dict[str, Any]:
    total = sum((asset.value for asset in supporter.assets), Decimal())
    return {
        "annual_income_dollars": _dollars(supporter.annual_income),
        "assets_total": _dollars(total) if supporter.assets else None,
    }


def _asset(asset: Asset) -> dict[str, Any]:
    printed = None if asset.kind is None else _ASSETS[asset.kind]
    return {"kind_printed": printed, "dollars": _dollars(asset.value), "is_listed": "yes"}


_ASSETS: Mapping[AssetKind, str] = MappingProxyType(
    {
        AssetKind.CHECKING_ACCOUNT: "Checking - Bank Account",
        AssetKind.SAVINGS_ACCOUNT: "Savings - Bank Account",
        AssetKind.ANNUITIES: "Annuities",
        AssetKind.SECURITIES: "Stocks, Bonds, Certificates of Deposit",
        AssetKind.RETIREMENT_OR_EDUCATION_ACCOUNT: "Retirement or Educational Account",
        AssetKind.REAL_ESTATE: "Real Estate Holdings",
        AssetKind.PERSONAL_PROPERTY: "Personal Property (net value)",
    }
)

_MORE: tuple[tuple[type[Part], Callable[[Any], Mapping[str, Any]]], ...] = (
    (Address, _address),
    (Name, lambda name: {"full": name.full}),
    (MachineReadable, _full),
    (Person, _phones),
    (Person, _lacks),
    (Person, _nationality),
    (Attorney, _phones),
    (Helper, _phones),
    (Person, _home),
    (Supporter, _money),
    (Asset, _asset),
    (Biographic, _weight),
    (Beneficiary, _beneficiary),
    (Firm, lambda firm: {"phone_digits": _digits(firm.phone), "fax_digits": _digits(firm.fax)}),
)

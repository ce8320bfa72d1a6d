"""Values become words: dates, amounts, lists, names, pronouns, as an English letter prints them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from packet_builder.model.people import Address, Place, Pronoun, Status

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_STATUSES: Mapping[Status, str] = MappingProxyType(
    {
        Status.US_CITIZEN: "a U.S. citizen",
        Status.US_NATIONAL: "a U.S. national",
        Status.PERMANENT_RESIDENT: "a lawful permanent resident of the United States",
        Status.ASYLEE: "an asylee",
        Status.REFUGEE: "a refugee",
        Status.PAROLEE: "a parolee",
        Status.TPS_HOLDER: "a holder of Temporary Protected Status",
        Status.NONIMMIGRANT: "a nonimmigrant",
        Status.DEFERRED_ACTION: "a beneficiary of deferred action",
        Status.NO_US_STATUS: "a person who holds no status in the United States",
    }
)
_PRONOUNS: Mapping[Pronoun, tuple[str, str, str]] = MappingProxyType(
    {
        Pronoun.SHE: ("she", "her", "her"),
        Pronoun.HE: ("he", "him", "his"),
        Pronoun.THEY: ("they", "them", "their"),
    }
)
#: Countries whose English name takes an article within a sentence.
_WITH_ARTICLE = frozenset(
    {
        "Bahamas",
        "Central African Republic",
        "Comoros",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Dominican Republic",
        "Gambia",
        "Maldives",
        "Marshall Islands",
        "Netherlands",
        "Philippines",
        "Republic of the Congo",
        "Russian Federation",
        "Seychelles",
        "Solomon Islands",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
        "United States of America",
    }
)
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.)+$|\b(?:Co|Corp|Dr|Esq|Inc|Jr|Ltd|No|Sr|St)\.$")
_LAST_CITATION = re.compile(r"\s*\(Ex\.[^()]*\)$")
_OPENS_AFTER = frozenset(" \n\t\u00a0([{\u2014\u2013\u201c\u2018")


def long_date(day: dt.date) -> str:
    """Give a date as letters print it: "December 1, 2026"."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def dollars(amount: Decimal | int) -> str:
    """Give an amount: "$61,200", with cents only where there are some."""
    if amount == int(amount):
        return f"${int(amount):,}"
    return f"${amount:,.2f}"


def joined(items: Sequence[str]) -> str:
    """Give a list in a sentence: "A", "A and B", "A, B, and C"."""
    if len(items) <= 2:  # noqa: PLR2004 - two need no comma
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def number_word(number: int) -> str:
    """Give a number in words up to twelve, in digits above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: "one month", "six months"."""
    return f"{number_word(number)} {noun}{'' if number == 1 else 's'}"


def age_on(born: dt.date, day: dt.date) -> int:
    """Give the full years of a person's age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def possessive(words: str, *, plural: bool = False) -> str:
    """Give the possessive: "Amina\u2019s", "James\u2019s", "the Beneficiaries\u2019"."""
    return f"{words}\u2019" if plural and words.endswith("s") else f"{words}\u2019s"


def capitalized(words: str) -> str:
    """Give the words with a capital at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]


def ended(words: str) -> str:
    """Give the words with a full stop at the end, never with two.

    A citation may follow the stop: "He was refused. (Ex. C at 1)" has one already.
    """
    bare = _LAST_CITATION.sub("", words).rstrip("\u201d\u2019\"')")
    closed = words.endswith((".", "!", "?", ".\u201d", ".\u2019", "?\u201d", "!\u201d"))
    return words if not words or closed or bare.endswith((".", "!", "?")) else f"{words}."


def phrase(words: str) -> str:
    """Give words that will stand inside a sentence: without the full stop at their end."""
    return words if _ABBREVIATION.search(words) else words.rstrip(".")


def curled(text: str) -> str:
    """Give a text with the apostrophes and quotation marks that are printed."""
    letters = list(text)
    for at, letter in enumerate(letters):
        before = letters[at - 1] if at else " "
        if letter == "'":
            letters[at] = "\u2018" if before in _OPENS_AFTER else "\u2019"
        elif letter == '"':
            letters[at] = "\u201c" if before in _OPENS_AFTER else "\u201d"
    return "".join(letters)


def status_phrase(status: Status) -> str:
    """Give a status as a letter says it of a person: "a U.S. citizen"."""
    return _STATUSES[status]


def country_phrase(country: str) -> str:
    """Give a country as it stands within a sentence: "Ghana", "the Philippines"."""
    return f"the {country}" if country in _WITH_ARTICLE else country


def place_phrase(place: Place) -> str:
    """Give a place as it stands within a sentence: "Kumasi, Ghana", "Hoboken, NJ"."""
    if place.city is None and place.province is None:
        return country_phrase(place.country)
    if place.country == "United States":
        return ", ".join(part for part in (place.city, place.province) if part)
    return ", ".join(part for part in (place.city, place.province, place.country) if part)


def address_lines(address: Address) -> list[str]:
    """Give an address as an envelope prints it, the country left out within the United States."""
    street = ", ".join(part for part in (address.street, address.unit) if part)
    region = " ".join(part for part in (address.state, address.zip) if part)
    town = ", ".join(part for part in (address.city, address.province, region) if part)
    town = " ".join(part for part in (town, address.postal_code) if part)
    abroad = "" if address.country == "United States" else address.country
    care = f"c/o {address.in_care_of}" if address.in_care_of else ""
    return [line for line in (care, street, town, abroad) if line]


def a_number(digits: str) -> str:
    """Give an A-Number as notices print it: "A200-111-222"."""
    return f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}" if digits else ""


def pronouns(people: Sequence[Pronoun]) -> tuple[str, str, str]:
    """Give subject, object and possessive pronoun: of one person the own, of several "they"."""
    return _PRONOUNS[people[0] if len(people) == 1 else Pronoun.THEY]


def speech(names: Sequence[str], people: Sequence[Pronoun]) -> dict[str, str | bool]:
    """Give all that a sentence about one or several persons needs.

    `are`, `have`, `were`, `do` and `s` go with a name or noun ("Amina lives": `live{{ x.s }}`);
    `they_are`, `they_have` and `they_were` hold the pronoun and the verb that goes with it.
    """
    plural = len(people) != 1
    they, them, their = pronouns(people)
    many = plural or they == "they"
    return {
        "names": joined(names),
        "names_possessive": possessive(joined(names)),
        "plural": plural,
        "they": they,
        "them": them,
        "their": their,
        "they_are": f"{they} {'are' if many else 'is'}",
        "they_have": f"{they} {'have' if many else 'has'}",
        "they_were": f"{they} {'were' if many else 'was'}",
        "are": "are" if plural else "is",
        "have": "have" if plural else "has",
        "were": "were" if plural else "was",
        "do": "do" if plural else "does",
        "s": "" if plural else "s",
    }

"""A form's map and the facts become what each person writes on the form in ink."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from packet_builder.plan.form_answers import FormFactError, holds
from packet_builder.plan.form_map import FormMap, Ink, Signer
from packet_builder.plan.form_words import Words, look_up
from packet_builder.rules.ages import SIGNS_FROM
from packet_builder.rules.persons import age_on

#: Where a signer's particulars lie among the facts of a form.
_PEOPLE: Mapping[Signer, str] = MappingProxyType(
    {**{signer: signer.value for signer in Signer}, Signer.ATTORNEY: "counsel"}
)
_ASKING = frozenset({Signer.FILER, Signer.BENEFICIARY, Signer.CLIENT})


@dataclass(frozen=True, slots=True)
class InkLine:
    """One printed item that one person completes in ink."""

    person: str | None  # None: the facts name nobody
    role: str
    signs_for: str | None  # the child for whom a parent or guardian signs
    part: str | None
    item: str | None
    asked: str
    what: str
    fields: tuple[str, ...]  # the full names of the boxes


def ink_of(form: FormMap, words: Words, on: dt.date) -> tuple[InkLine, ...]:
    """Give all that is written in ink on a form; what has to stay blank is not among it.

    Raises FormFactError where the map names no fact.
    """
    return tuple(_lines(form, words, on))


def _lines(form: FormMap, words: Words, on: dt.date) -> Iterator[InkLine]:
    for ink in form.ink:
        try:
            if all(holds(when, words) for when in ink.when):
                yield _line(ink, words, on)
        except (KeyError, ValueError):
            raise FormFactError(form.form, ink.item or ink.asked, _path(ink)) from None


def _line(ink: Ink, words: Words, on: dt.date) -> InkLine:
    name, role, signs_for = hand_of(ink.signer, look_up(words, _path(ink)), words, on)
    place = (ink.part, ink.item, ink.asked, ink.what.value, ink.fields)
    return InkLine(name, role, signs_for, *place)


def _path(ink: Ink) -> str:
    return ink.person or _PEOPLE[ink.signer]


def signer_of(signer: Signer, words: Words) -> Words | None:
    """Give the particulars of somebody who signs; None where the facts are silent."""
    person: Words | None = look_up(words, _PEOPLE[signer])
    return person


def hand_of(
    signer: Signer, told: Words | None, words: Words, on: dt.date
) -> tuple[str | None, str, str | None]:
    """Give whose hand it is, in which role, and for whom.

    For a child under 14 a parent or legal guardian signs (Instructions for Form I-131, p. 16).
    """
    person = told or {}
    name = _name(person, words)
    if signer not in _ASKING or not person:
        return name, signer.value, None
    if _is_child(person, on):
        return person.get("guardian"), "guardian", name
    files_alone = look_up(words, "filing.files_for") == "self"
    is_beneficiary = files_alone or person["name"] == look_up(words, "beneficiary.name")
    return name, "beneficiary" if is_beneficiary else "petitioner", None


def _name(person: Words, words: Words) -> str | None:
    """Give a name as letters print it; counsel has one name, whatever else counsel does."""
    named: Any = person.get("name")
    if named is None or isinstance(named, str):
        return named
    counsel = look_up(words, "counsel") or {}
    legal = counsel.get("legal_name") or {}
    known = (named["family"], named["given"]) == (legal.get("family"), legal.get("given"))
    return str(counsel["name"] if known else named["full"])


def _is_child(person: Words, on: dt.date) -> bool:
    born = person.get("date_of_birth")
    if born is None:
        return False
    month, day, year = map(int, str(born).split("/"))
    return age_on(dt.date(year, month, day), on) < SIGNS_FROM

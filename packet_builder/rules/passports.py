"""Passports in the exhibits say what the facts say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.people import Beneficiary
from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.leftovers import texts_of
from packet_builder.rules.mrz import Zone, zones_in
from packet_builder.rules.pages import Page, pages_of
from packet_builder.rules.persons import Role, ids_of, is_document_of, roles

_NUMBER = re.compile(
    r"\bpassport\s*(?:number|no\b\.?|#)[\s:#.]{0,5}(?P<number>[A-Z]{0,3}\s?\d{6,9})\b",
    re.IGNORECASE,
)
_EXPIRY = re.compile(
    r"\b(?:date\s+of\s+expir(?:y|ation)|expir(?:y|ation)\s+date|expires(?:\s+on)?|valid\s+until)"
    r"\W{0,6}(?P<rest>[^\r\n]{0,40})",
    re.IGNORECASE,
)


def zones_agree(dossier: Dossier) -> Iterator[Finding]:
    """Find passport copies whose machine-readable zone says something else than the facts."""
    known = frozenset(_known_numbers(dossier))
    for page in pages_of(dossier):
        for zone in zones_in(page.text):
            role = _owner(dossier, zone)
            if not zone.is_sound:
                yield _by_eye(page)
            elif role is not None and (wrong := _differences(zone, role)):
                yield _contradiction(page, role.id, " and ".join(wrong))
            elif role is None and zone.number not in known:
                yield _stranger(page)


def passports_show_their_number(dossier: Dossier) -> Iterator[Finding]:
    """Find passport copies that do not show the number or the end that the facts give.

    Silent where a page is a picture, which passports_are_compared names, and where a
    machine-readable zone says it all.
    """
    for position, person in enumerate(dossier.case.beneficiaries):
        ids = ids_of(dossier.case, person)
        copies = [page for page in _copies(dossier) if is_document_of(page.evidence, person, ids)]
        is_read = all(page.text.strip() and not any(zones_in(page.text)) for page in copies)
        if not copies or not is_read:
            continue
        if wrong := _not_shown(person, " ".join(page.text for page in copies)):
            where = ("beneficiaries", position, "passport")
            yield Finding(
                "passport-contradicts",
                Weight.ERROR,
                f'"{copies[0].name}" does not show the {wrong} that the facts give for '
                f'"{person.id}"',
                "Compare the facts with the passport, character by character.",
                where,
                "Instructions for Form I-131, p. 26, item 5.C(1)",
            )


def passport_numbers_belong_to_the_case(dossier: Dossier) -> Iterator[Finding]:
    """Find labelled passport numbers in exhibits that nobody in the case has."""
    known = frozenset(_known_numbers(dossier))
    for page in pages_of(dossier):
        found = {_plain(match["number"]) for match in _NUMBER.finditer(page.text)}
        if found - known:
            yield _stranger(page)


def passports_are_compared(dossier: Dossier) -> Iterator[Finding]:
    """Name the passport copies that are pictures: a person has to compare them with the facts."""
    pictures = dict.fromkeys(
        (page.position, page.name) for page in _copies(dossier) if not page.text.strip()
    )
    for position, name in pictures:
        yield Finding(
            "passport-by-eye",
            Weight.NOTE,
            f'"{name}" is a picture, which the program cannot read',
            "Compare name, date of birth, number and end of the passport with the facts by eye.",
            ("evidence", position),
        )


def _copies(dossier: Dossier) -> Iterator[Page]:
    return (page for page in pages_of(dossier) if page.evidence.kind is EvidenceKind.PASSPORT)


def _owner(dossier: Dossier, zone: Zone) -> Role | None:
    """Give whose passport a zone is: by its number, or else by birth and family name."""
    people = tuple(roles(dossier.case))
    by_number = (role for role in people if _passport_number(role) == zone.number)
    by_birth = (
        role
        for role in people
        if (
            _short(role.person.date_of_birth) == zone.born
            and _is_spelt(role.person.name.family, zone.family)
        )
        or role.person.name.full.upper() == f"{zone.given} {zone.family}"
    )
    return next(by_number, None) or next(by_birth, None)


def _differences(zone: Zone, role: Role) -> tuple[str, ...]:
    person = role.person
    passport = person.passport if isinstance(person, Beneficiary) else None
    expires = passport.expires if passport else None
    compared = (
        ("the family name", True, _is_spelt(person.name.family, zone.family)),
        ("the date of birth", _short(person.date_of_birth), zone.born),
        ("the number", _passport_number(role) or zone.number, zone.number),
        ("the end", _short(expires) if expires else zone.expires, zone.expires),
    )
    return tuple(what for what, ours, theirs in compared if ours != theirs)


def _not_shown(person: Beneficiary, text: str) -> str:
    passport = person.passport
    if passport is None:
        return ""
    if passport.number and _plain(passport.number) not in _plain(text):
        return "passport number"
    ends = {date for match in _EXPIRY.finditer(text) for date in dates_in(match["rest"])}
    return (
        "end of the passport" if passport.expires and ends and passport.expires not in ends else ""
    )


def _known_numbers(dossier: Dossier) -> Iterator[str]:
    case = dossier.case
    yield from (number for role in roles(case) if (number := _passport_number(role)))
    for person in case.beneficiaries:
        yield from map(_plain, person.passport.earlier if person.passport else ())
    yield from (_plain(one.passport_number) for one in case.others if one.passport_number)
    for _, text in texts_of(case):
        yield from (_plain(match["number"]) for match in _NUMBER.finditer(text))


def _passport_number(role: Role) -> str | None:
    passport = role.person.passport if isinstance(role.person, Beneficiary) else None
    return _plain(passport.number) if passport and passport.number else None


def _contradiction(page: Page, owner: str, wrong: str) -> Finding:
    return Finding(
        "passport-contradicts",
        Weight.ERROR,
        f'page {page.number} of "{page.name}": {wrong} in the machine-readable zone is not that '
        f'of "{owner}" in the facts',
        "Compare the facts with the passport, character by character.",
        ("evidence", page.position),
        "Instructions for Form I-131, p. 26, item 5.C(1)",
    )


def _stranger(page: Page) -> Finding:
    return Finding(
        "passport-of-stranger",
        Weight.ERROR,
        f'page {page.number} of "{page.name}" has a passport number that nobody in the case has',
        "Look at the page: it may be of another client's file, or the facts are wrong. If it "
        'belongs here, name the person under "others:" with "passport_number:".',
        ("evidence", page.position),
    )


def _by_eye(page: Page) -> Finding:
    return Finding(
        "passport-by-eye",
        Weight.WARNING,
        f'page {page.number} of "{page.name}": the check digits of its machine-readable zone do '
        "not agree",
        "Compare it with the facts by eye.",
        ("evidence", page.position),
    )


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _is_spelt(name: str, zone: str) -> bool:
    """Tell whether a zone may spell a name so: long ones are cut, letters with marks rewritten."""
    latin = " ".join(re.sub(r"[^A-Z ]", " ", name.upper().replace("'", "")).split())
    return not name.isascii() or (bool(zone) and latin.startswith(zone))


def _short(date: dt.date) -> str:
    return f"{date:%y%m%d}"

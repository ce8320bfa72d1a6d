"""Passports and cards of the invented people of the case `full`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.samples.identity import Passport

_IRAN = (232, 226, 222)

PASSPORTS: Sequence[Passport] = (
    Passport(
        "ISLAMIC REPUBLIC OF IRAN",
        "IRN",
        "Y00418835",
        "DANESHPOUR",
        "ROYA",
        "11 FEB 1985",
        "F",
        "SHIRAZ",
        "02 MAY 2023",
        "01 MAY 2028",
        "Y004188352IRN8502114F2805017",
        _IRAN,
    ),
    Passport(
        "ISLAMIC REPUBLIC OF IRAN",
        "IRN",
        "Y00418836",
        "SOHRABI",
        "ARASH",
        "06 APR 2011",
        "M",
        "SHIRAZ",
        "02 MAY 2023",
        "01 MAY 2028",
        "Y004188360IRN1104061M2805017",
        _IRAN,
    ),
    Passport(
        "ISLAMIC REPUBLIC OF IRAN",
        "IRN",
        "Y00418837",
        "SOHRABI",
        "NIKA",
        "23 SEP 2017",
        "F",
        "SHIRAZ",
        "02 MAY 2023",
        "01 MAY 2028",
        "Y004188378IRN1709236F2805017",
        _IRAN,
    ),
)
US_PASSPORT = Passport(
    "UNITED STATES OF AMERICA",
    "USA",
    "X00000142",
    "DANESHPOUR",
    "KAMRAN",
    "17 MAY 1981",
    "M",
    "IRAN",
    "30 JUN 2024",
    "29 JUN 2034",
    "X000001426USA8105170M3406299",
    (224, 229, 240),
)
NATURALIZATION = (
    ("Name", "Houshang DANESHPOUR"),
    ("Date of birth", "January 30, 1952"),
    ("Country of former nationality", "Iran"),
    ("Date of naturalization", "November 17, 2020"),
    ("Place", "Chicago, Illinois"),
    ("Certificate No.", "00000142 (invented)"),
)
RESIDENT_CARD = (
    ("Name", "DANESHPOUR-REYES, Laleh"),
    ("USCIS#", "000-000-151"),
    ("Country of birth", "Iran"),
    ("Date of birth / Sex", "29 OCT 1978      F"),
    ("Card expires", "14 MAR 2031"),
    ("Resident since", "14 MAR 2011"),
)

RESIDENCE_CARDS: Sequence[Sequence[tuple[str, str]]] = tuple(
    (
        ("Ազգանուն", family),
        ("Անուն", given),
        ("Ծննդյան ամսաթիվ", born),
        ("Քաղաքացիություն", "IRN"),
        ("Համար", number),
        ("Վավեր է մինչև", "20.10.2028"),
    )
    for family, given, born, number in (
        ("DANESHPOUR", "ROYA", "11.02.1985", "004418835"),
        ("SOHRABI", "ARASH", "06.04.2011", "004418836"),
        ("SOHRABI", "NIKA", "23.09.2017", "004418837"),
    )
)

"""Names are found however a paper writes them, and only as a whole."""

from __future__ import annotations

import pytest

from packet_builder.rules.names import names_of

NAMES = names_of([("Akosua", "Mensah"), ("Mary Ann", "de la Cruz"), ("Yaw", "Mensah-Owusu")])


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Akosua Mensah came.",
        "AKOSUA YAA MENSAH",
        "Akosua Y. Mensah",
        "Mensah, Akosua",
        "Akosua\n  Mensah's passport",
        "Mary Ann de la Cruz",
        "De La Cruz, Mary Ann",
        "for Yaw Mensah-Owusu",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert NAMES.stand_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mensah",
        "Akosua",
        "Kofi Mensah and Akosua Boateng",
        "Akosua Yaa Serwaa Mensah",
        "Akosua Mensahene",
        "Ann de la Cruz",
    ],
)
def test_a_part_of_a_name_is_none(text: str) -> None:
    assert not NAMES.stand_in(text)


def test_nobody_is_found_where_nobody_is_looked_for() -> None:
    assert not names_of([]).stand_in("Akosua Mensah")
    assert not names_of([("Akosua", "-")]).stand_in("Akosua -")

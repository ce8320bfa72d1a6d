from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.review.values import changed_words, differences, excerpts

WORD = st.text("abc ", min_size=1, max_size=6).filter(str.strip)
CLAIMS = st.lists(WORD, max_size=4)
GROUP = st.fixed_dictionaries({}, optional={"months": WORD, "claims": CLAIMS, "text": WORD})
TREE = st.fixed_dictionaries({}, optional={"request": GROUP, "claims": CLAIMS, "city": WORD})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            {"supporters": [{"id": "adwoa", "annual_income": "61,200"}]},
            {"supporters": [{"id": "adwoa", "annual_income": "74,900"}]},
            ['annual income of supporter "adwoa" changed from 61,200 to 74,900'],
        ),
        (
            {"supporters": [{"id": "a", "age": "1"}, {"id": "b", "age": "2"}]},
            {"supporters": [{"id": "b", "age": "2"}]},
            ['id of supporter "a" is gone: a', 'age of supporter "a" is gone: 1'],
        ),
        (
            {"request": {"claims": ["He bled.", "He may bleed again."]}},
            {"request": {"claims": ["He bled.", "New.", "He may bleed again."]}},
            ["claim 2 of request is new: New."],
        ),
        (
            {"request": {"claims": ["He bled."]}},
            {"request": {"claims": [{"text": "He bled.", "quote": "bled"}]}},
            ["quote of claim of request is new: bled"],
        ),
        (
            {"filing": {"paper": True}},
            {"filing": {"paper": False}},
            ["paper of filing changed from yes to no"],
        ),
        ({"others": []}, {"others": [{"name": "Ann"}]}, ["name of other is new: Ann"]),
        ({"a": "x"}, {"a": "x"}, []),
    ],
)
def test_what_differs_is_said_at_its_place(old: object, new: object, said: list[str]) -> None:
    assert [str(one) for one in differences(old, new)] == said


def test_a_long_text_is_shown_where_it_changed() -> None:
    words = "The hospital has kept a bed for him from the first of March on, and will not keep"
    old, new = f"{words} it any longer than two weeks.", f"{words} it any longer than three weeks."

    assert excerpts(old, new) == (
        '"… any longer than two weeks."',
        '"… any longer than three weeks."',
    )
    assert changed_words(old, new) == ("two", "three")


@given(TREE, TREE)
def test_trees_that_differ_have_a_difference_and_equal_ones_have_none(
    old: object, new: object
) -> None:
    """An empty list or group says as much as none at all."""
    found = list(differences(old, new))

    assert list(differences(old, old)) == []
    assert bool(found) == (bare(old) != bare(new))
    assert all(one.old != one.new for one in found)


def bare(value: object) -> object:
    """Give a tree without what says nothing."""
    if isinstance(value, dict):
        return {key: inner for key, part in value.items() if (inner := bare(part))}
    return value

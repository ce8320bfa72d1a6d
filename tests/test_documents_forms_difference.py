from __future__ import annotations

from dataclasses import replace

from packet_builder.documents.forms.box import Box, BoxKind
from packet_builder.documents.forms.difference import Renamed, against_names, difference

PLACE = (100.0, 100.0, 200.0, 118.0)
NAME = Box("name", 2, BoxKind.TEXT, PLACE, max_length=34)
TICK = Box("tick", 2, BoxKind.TICK, (300.0, 100.0, 310.0, 110.0), states=("Y",))
STATE = Box("state", 1, BoxKind.CHOICE, PLACE, options=("AL", "AK"))


def changes(before: Box, after: Box) -> tuple[str, ...]:
    (change,) = difference({before.name: before}, {after.name: after}).changed
    return change.what


def test_the_same_fields_differ_in_nothing() -> None:
    boxes = {"name": NAME, "tick": TICK}

    assert difference(boxes, boxes).is_nothing


def test_a_field_in_the_place_of_another_was_renamed() -> None:
    after = replace(NAME, name="family_name", rect=(101.0, 100.0, 201.0, 118.0))
    found = difference({"name": NAME}, {"family_name": after})

    assert found.renamed == (Renamed("name", "family_name", 2),)
    assert (found.gone, found.new, found.changed) == ((), (), ())


def test_a_field_of_another_kind_in_the_place_of_another_is_new() -> None:
    after = replace(NAME, name="choice", kind=BoxKind.CHOICE)
    found = difference({"name": NAME}, {"choice": after})

    assert (found.gone, found.new, found.renamed) == (("name",), ("choice",), ())


def test_two_fields_in_one_place_are_paired_once() -> None:
    other = replace(NAME, name="other")
    found = difference({"name": NAME, "other": other}, {"one": replace(NAME, name="one")})

    assert found.renamed == (Renamed("name", "one", 2),)
    assert found.gone == ("other",)


def test_a_renamed_field_tells_what_else_changed() -> None:
    after = replace(NAME, name="family_name", max_length=20)
    (change,) = difference({"name": NAME}, {"family_name": after}).changed

    assert (change.field, change.what) == ("family_name", ("most letters: 34 became 20",))


def test_what_a_field_takes_is_compared() -> None:
    assert changes(NAME, replace(NAME, max_length=None)) == ("most letters: 34 became any",)
    assert changes(TICK, replace(TICK, states=("Yes",))) == ('state "Y" became "Yes"',)
    assert changes(NAME, replace(NAME, is_comb=True)) == ("now one letter a cell",)
    assert changes(replace(NAME, is_multiline=True), NAME) == ("no longer several lines",)
    assert changes(NAME, replace(NAME, kind=BoxKind.CHOICE)) == (
        "a field for text became a list of choices",
    )


def test_choices_that_were_lost_added_or_moved_are_named() -> None:
    assert changes(STATE, replace(STATE, options=("AL", "N/A"))) == (
        'choices: without "AK" and with "N/A"',
    )
    assert changes(STATE, replace(STATE, options=("AK", "AL"))) == ("choices: in another order",)


def test_a_field_that_moved_says_where() -> None:
    assert changes(NAME, replace(NAME, page=3)) == ("moved from page 2 to page 3",)
    assert changes(NAME, replace(NAME, rect=(100.0, 130.0, 200.0, 148.0))) == ("moved on page 2",)


def test_without_a_blank_the_names_of_the_map_are_compared() -> None:
    found = against_names(["name", "name", "gone"], {"name": NAME, "tick": TICK})

    assert (found.gone, found.new) == (("gone",), ("tick",))

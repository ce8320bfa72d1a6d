"""Three sequences become chunks, and a citation in running text gives its letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from packet_builder.drafts.citations import letters_in
from packet_builder.drafts.edits import changes
from packet_builder.drafts.outdated import outdated_between
from packet_builder.drafts.three_way import chunks, differences, is_wordlike

tokens = st.lists(st.sampled_from(["a", "b", "c", " ", ",", "d"]), max_size=12)


@given(old=tokens, new=tokens)
def test_differences_turn_one_into_the_other(old: list[str], new: list[str]) -> None:
    result, at = [], 0
    for one in differences(old, new):
        result += [*old[at : one.old.start], *new[one.new.start : one.new.end]]
        at = one.old.end

    assert result + old[at:] == new


@given(base=tokens, edited=tokens, new=tokens)
def test_between_chunks_all_three_are_alike(
    base: list[str], edited: list[str], new: list[str]
) -> None:
    ends = [0, 0, 0]
    for chunk in chunks(base, edited, new):
        spans = (chunk.base, chunk.edited, chunk.new)
        between = [
            keys[end : span.start]
            for keys, end, span in zip((base, edited, new), ends, spans, strict=True)
        ]
        assert between[0] == between[1] == between[2]
        assert not between[0] or any(map(is_wordlike, between[0]))
        ends = [span.end for span in spans]

    assert base[ends[0] :] == edited[ends[1] :] == new[ends[2] :]


@given(base=tokens, edited=tokens)
def test_only_what_the_facts_changed_is_a_change(base: list[str], edited: list[str]) -> None:
    assert changes(base, edited, base) == ()
    assert changes(base, edited, edited) == ()
    assert changes(base, base, edited) is not None


def test_the_letters_of_citations_are_found() -> None:
    text = "Ex. A at 3, 5; Exs. B at 2 and C; Exhibits D through F; Exhibit AB; Ex.\u00a0G–H x"

    found = [text[start:end] for start, end in letters_in(text)]

    assert found == ["A", "B", "C", "D", "F", "AB", "G"]
    assert list(letters_in("Exact A, Box. B, Exhibit Abc, Ex. A-1")) == []


def test_telling_words_of_old_values_are_outdated_where_no_fact_has_them() -> None:
    old = {
        "person": {"name": "Harrowgate Clinic", "age": "34", "exhibits": {"a": "B"}},
        "income": "$61,200",
        "claims": ["The operation is on March 3, 2026, in Ohio.", "It is so."],
        "date": "December 1, 2026",
    }
    new = {
        "person": {"name": "Kittatinny Clinic", "age": "35", "exhibits": {"a": "C"}},
        "income": "$74,900",
        "claims": ["The operation is on April 7, 2026, in Iowa.", "It was so."],
        "date": "December 1, 2026",
    }

    found = {one.was: one.now for one in outdated_between(old, new, "She came to Ohio.")}

    assert found == {
        "Harrowgate": "Kittatinny",
        "34": "35",
        "$61,200": "$74,900",
        "March": "April 7",
        "March 3": "April 7",
    }

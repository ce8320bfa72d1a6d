from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.model.narrative import Citation, PageRange, citations_of, pieces_of
from packet_builder.plan.citations import letter_of, printed

LETTERS = {"osei-letter": "C", "letters": "AA"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[@osei-letter]", (Citation("osei-letter"),)),
        ("[@osei-letter p. 3]", (Citation("osei-letter", (PageRange(3, 3),)),)),
        ("[@osei-letter p.3]", (Citation("osei-letter", (PageRange(3, 3),)),)),
        ("[@osei-letter, pp. 2-4]", (Citation("osei-letter", (PageRange(2, 4),)),)),
        (
            "[@osei-letter pp. 2–4, 7]",
            (Citation("osei-letter", (PageRange(2, 4), PageRange(7, 7))),),
        ),
        (
            "[@osei-letter p. 1; @letters p. 2]",
            (Citation("osei-letter", (PageRange(1, 1),)), Citation("letters", (PageRange(2, 2),))),
        ),
    ],
)
def test_a_citation_is_read_as_it_is_written(written: str, expected: tuple[Citation, ...]) -> None:
    assert citations_of(f"He said so {written}.") == expected


@pytest.mark.parametrize(
    "written",
    ["[@]", "[@Osei p. 3]", "[@osei-letter page three]", "[@osei-letter p. 0]", "[@a p. 4-2]"],
)
def test_a_citation_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"write it like|counted from 1"):
        citations_of(f"He said so {written}.")


@pytest.mark.parametrize("text", ["see @osei-letter p. 3]", "see [@osei-letter p. 3"])
def test_half_a_bracket_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole citation"):
        list(pieces_of(text))


def test_an_address_with_an_at_sign_is_plain_text() -> None:
    assert list(pieces_of("Write to a@example.com.")) == ["Write to a@example.com."]


def test_citations_print_with_spaces_that_do_not_break() -> None:
    text = "Diagnosed in May [@osei-letter p. 3; @letters pp. 1-2, 5]."

    assert printed(text, LETTERS) == (
        "Diagnosed in May (Ex.\u00a0C\u00a0at\u00a03; Ex.\u00a0AA\u00a0at\u00a01\u20132,\u00a05)."
    )


def test_a_citation_without_a_letter_stands_as_written() -> None:
    assert printed("So [@nobody p. 1].", LETTERS) == "So [@nobody p. 1]."


@given(st.integers(min_value=1, max_value=20_000))
def test_letters_run_from_a_and_never_repeat(position: int) -> None:
    letters = letter_of(position)
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1

    assert value == position


@given(st.text(alphabet=st.characters(exclude_characters="[]@")))
def test_text_without_citations_is_left_as_it_is(text: str) -> None:
    assert printed(text, LETTERS) == text

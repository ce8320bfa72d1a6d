from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from packet_builder.facts.adding import (
    EntryRefusedError,
    entry_of,
    flow_of,
    item_lines,
    with_entry,
    with_values,
    written,
)
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.nodes import read_nodes
from packet_builder.facts.text import text_of

ENTRY = "id: new\ntitle: 'Dr. Osei: \"yes\"'\nfile: exhibits/new.pdf  # 3 pages"
ITEM = {"id": "new", "title": 'Dr. Osei: "yes"', "file": "exhibits/new.pdf"}


def tree_of(content: bytes) -> dict[str, object]:
    text = text_of(Path("case.yaml"), content)
    assert not isinstance(text, Fault)
    reading = read_nodes(text)
    assert reading.faults == []
    return reading.tree


def added(before: str, entry: str = ENTRY) -> str:
    return with_entry(before.encode(), "evidence", entry).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "evidence:\n  - id: a\n    # of the first\n\n# others:\nfees: {}\n",
            "evidence:\n  - id: a\n    # of the first\n§  - id: new\n\n# others:\nfees: {}\n",
        ),
        ("evidence:\n- id: a\n- id: b", "evidence:\n- id: a\n- id: b\n§- id: new"),
        ("evidence:\r\n  -   id: a\r\n", "evidence:\r\n  -   id: a\r\n§  -   id: new\r\n"),
        (
            "evidence:\n  - id: a\n\n  - id: b\n\nfees: {}\n",
            "evidence:\n  - id: a\n\n  - id: b\n\n§  - id: new\n\nfees: {}\n",
        ),
        (
            "evidence:\n  - id: |\n      a\n\n\nfees: {}\n",
            "evidence:\n  - id: |\n      a\n§  - id: new\n\n\nfees: {}\n",
        ),
        (
            "evidence:\n  - id: |+\n      a\n\nfees: {}\n",
            "evidence:\n  - id: |+\n      a\n\n§  - id: new\nfees: {}\n",
        ),
        ("evidence: [{id: a} # b\n  ]\n", "evidence: [{id: a}, §{id: new} # b\n  ]\n"),
        ("evidence: []  # none yet\n", "evidence:   # none yet\n§  - id: new\n"),
        ("evidence: ~\nfees: {}", "evidence: \n§  - id: new\nfees: {}"),
        ("evidence: [ # none yet\n  ]\n", "evidence: [§{id: new} # none yet\n  ]\n"),
        (
            "evidence:   # every piece once\n  # usual: a passport\nfees: {}\n",
            "evidence:   # every piece once\n  # usual: a passport\n§  - id: new\nfees: {}\n",
        ),
        ("fees: {}\n", "fees: {}\n\nevidence:\n§  - id: new\n"),
        ("fees: {}", "fees: {}\n\nevidence:\n§  - id: new"),
        ("\ufefffees: {}\n\n", "\ufefffees: {}\n\nevidence:\n§  - id: new\n"),
        ("  fees: {}\n", "  fees: {}\n\n  evidence:\n§    - id: new\n"),
    ],
)
def test_an_entry_stands_where_a_person_would_put_it(before: str, after: str) -> None:
    assert added(before, "id: new") == after.replace("§", "")


@pytest.mark.parametrize(
    "before",
    [
        "{fees: {}}",  # fields in brackets have no line below them
        "evidence: {id: a}\n",  # no list
        "evidence: some text\n",
        "evidence:\n  - id: |\n      a",  # a line below would add a line break to the text
        "fees: a\n...\n",
    ],
)
def test_what_cannot_be_added_to_safely_is_refused_with_the_lines_to_add(before: str) -> None:
    with pytest.raises(EntryRefusedError, match="Add these lines below evidence: yourself") as told:
        added(before)

    assert str(told.value).endswith("    file: exhibits/new.pdf  # 3 pages")


def test_a_file_that_cannot_be_read_is_not_added_to() -> None:
    with pytest.raises(FactsError, match="is given twice"):
        added("fees: 1\nfees: 2\n")


TEXTS = st.text(
    st.one_of(
        st.sampled_from("abz019 :#-,[]{}\"'\\&*!|>%@`~?./+=\n\t"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cs", "Cn", "Co"]),
    ),
    min_size=1,
).filter(lambda text: (text == text.strip() and "\n" not in text) or "\t" not in text)


@given(TEXTS)
def test_every_text_is_written_so_that_it_is_read_again(text: str) -> None:
    for entry in (f"id: {written(text)}", f"id: {written(text)}  # 3 pages"):
        assert tree_of(entry.encode()) == {"id": text}
    assert tree_of(f"a: {flow_of([{'id': text}, [text]])}".encode()) == {
        "a": [{"id": text}, [text]]
    }


SCALARS = (
    "plain",
    "'it''s'",
    '"a: b"',
    "two\n{i}  lines of it",
    "|\n{i}  literal\n{i}  # no comment\n",
    "|-\n{i}  literal\n\n{i}  more\n\n",
    "|+\n{i}  kept\n\n",
    ">\n{i}  folded\n{i}  text\n",
    "{{city: Hoboken, # where\n{i} state: NJ}}",
    "[a, 'b',\n{i} c]",
    "~",
    "",
)
COMMENTS = st.sampled_from(["", "", " # said", "   #"])
BETWEEN = st.lists(
    st.sampled_from(["", "# left", "  # two", "    # four", "      # six"]), max_size=3
)


@st.composite
def entries(draw: st.DrawFn, indent: int) -> list[str]:
    """Give an entry of a list as a person might write it."""
    if draw(st.integers(0, 5)) == 0:
        return [
            " " * indent + draw(st.sampled_from(["- {id: a, b: [c]}", "- # nothing", "- text"]))
        ]
    gap = draw(st.sampled_from([" ", " ", "   "]))
    inside = " " * (indent + 1 + len(gap))
    lines = []
    for number, name in enumerate(draw(st.sampled_from([["id"], ["id", "file"], ["a", "b", "c"]]))):
        lead = f"{' ' * indent}-{gap}" if number == 0 else inside
        scalar = draw(st.sampled_from(SCALARS)).format(i=inside)
        comment = draw(COMMENTS) if "\n" not in scalar else ""
        lines += f"{lead}{name}: {scalar}{comment}".split("\n")
        lines += draw(BETWEEN)
    return lines


@st.composite
def blocks(draw: st.DrawFn, name: str) -> list[str]:
    form = draw(st.sampled_from(["block", "block", "block", "flow", "empty", "text"]))
    comment = draw(COMMENTS)
    if form == "block":
        indent = draw(st.sampled_from([0, 2, 4]))
        many = draw(st.lists(entries(indent), min_size=1, max_size=3))
        return [f"{name}:{comment}", *draw(BETWEEN), *(line for one in many for line in one)]
    if form == "flow":
        value = draw(
            st.sampled_from(["[{a: b}]", "[{a: b},]", "[\n  {a: b}, # c\n  ]", "[a, {b: c}\n ]"])
        )
        return f"{name}: {value}{comment}".split("\n")
    if form == "empty":
        value = draw(st.sampled_from(["", "[]", "[ ]", "~", "[\n ]", "null"]))
        return [*f"{name}: {value}{comment}".split("\n"), *draw(BETWEEN)]
    return [f"{name}: text{comment}", *draw(BETWEEN)]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Give a file of facts with comments, in which `evidence:` may be a list of any form."""
    names = draw(st.permutations(["filing", "evidence", "fees"]).map(lambda all_: all_[:2]))
    lines = draw(BETWEEN)
    for name in names:
        lines += [*draw(blocks(name)), *draw(BETWEEN)]
    ending = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    last = draw(st.sampled_from(["", ending]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return (mark + ending.join(lines) + last).encode()


@given(files())
def test_nothing_changes_but_the_lines_that_are_added(content: bytes) -> None:
    text = text_of(Path("case.yaml"), content)
    assert not isinstance(text, Fault)
    reading = read_nodes(text)
    assume(not reading.faults)
    given_list = reading.tree.get("evidence")
    assume(given_list is None or isinstance(given_list, list))
    former = given_list if isinstance(given_list, list) else []
    try:
        new = with_entry(content, "evidence", ENTRY)
    except EntryRefusedError:
        event("refused")
        # only where a text ends the file without a line break, which would become part of it
        assert not content.endswith((b"\n", b"\r")) or b"|+" in content
        return

    assert tree_of(new) == {**reading.tree, "evidence": [*former, ITEM]}
    gone = stretch_gone(content.decode(), new.decode())
    assert any(gone.removeprefix(cut) in new.decode() for cut in ("", "[]", "[ ]", "~", "null"))
    assert gone == "" or gone.startswith(("[", "~", "null"))
    assert new.count(b"\r\n") == new.count(b"\n") or b"\r" not in content


def alike(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def stretch_gone(before: str, after: str) -> str:
    """Give the stretch of a text that is not in a later one, up to where one thing was put in."""
    beginning = alike(before, after)
    rest = before[beginning:]
    ending = alike(rest[::-1], after[beginning:][::-1])
    return rest[: len(rest) - ending]


def test_an_entry_is_written_with_its_remarks() -> None:
    item = {"id": "new", "title": ITEM["title"], "file": "exhibits/new.pdf", "kind": None}

    entry = entry_of(item, {"file": "3 pages"})

    assert entry == f"{ENTRY}\nkind:"
    assert list(item_lines("id: new\nkind:", 2, "  ")) == ["  - id: new", "    kind:"]


def test_values_stand_in_the_blanks_of_an_entry_and_in_fields_more() -> None:
    entry = (
        "id:  # short\nname:\n  family:\n  given:     # first\npronoun:      # she or he\nat: here"
    )

    filled = with_values(
        entry,
        {
            "id": "amina",
            "name": {"family": "Rahimi", "given": "Amina", "native": "امینه"},
            "pronoun": "she",
            "at": {"city": "Ankara", "country": "Turkey"},
            "without": ["ssn", "phone"],
        },
    )

    assert filled == (
        'id: amina  # short\nname:\n  native: "امینه"\n  family: Rahimi\n  given: Amina  # first\n'
        "pronoun: she  # she or he\nat: {city: Ankara, country: Turkey}\nwithout: [ssn, phone]"
    )

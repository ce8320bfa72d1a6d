from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packet_builder.errors import ExitCode
from packet_builder.facts import Facts, FactsError, Fault, Source, nodes, read_facts, read_file
from packet_builder.facts.fault import printable, quoted
from packet_builder.facts.text import Text

Read = Callable[[str], Facts]

_SAME_FOLDER = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with libyaml and without it."""
    monkeypatch.setattr(nodes, "LOADER", getattr(yaml, request.param))
    return str(request.param)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def _read(text: str) -> Facts:
        path = tmp_path / "case.yaml"
        path.write_bytes(text.encode())
        return read_file(path)

    return _read


def _refusal(read: Read, text: str) -> FactsError:
    with pytest.raises(FactsError) as caught:
        read(text)
    return caught.value


def _messages(error: FactsError) -> list[tuple[int, int, str]]:
    return [(fault.source.line, fault.source.column, fault.message) for fault in error.faults]


@pytest.mark.usefixtures("loader")
def test_every_scalar_is_read_as_text(read: Read) -> None:
    facts = read(
        dedent("""\
        passport: 0123456
        zip: 07030
        country: NO
        time: 12:30:45
        date: 2026-12-01
        number: 1_000
        hex: 0x1F
        truth: true
        surname: Null
        quoted: "~"
        unit: "Apt. #4B"   # the third floor
        ids: [1, 2.50]
        """)
    )

    assert facts.tree == {
        "passport": "0123456",
        "zip": "07030",
        "country": "NO",
        "time": "12:30:45",
        "date": "2026-12-01",
        "number": "1_000",
        "hex": "0x1F",
        "truth": "true",
        "surname": "Null",
        "quoted": "~",
        "unit": "Apt. #4B",
        "ids": ["1", "2.50"],
    }


@pytest.mark.usefixtures("loader")
def test_an_empty_value_a_tilde_and_null_are_none(read: Read) -> None:
    facts = read("a:\nb: ~\nc: null\nd: ''\ne: [~, x]\n")

    assert facts.tree == {"a": None, "b": None, "c": None, "d": "", "e": [None, "x"]}


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(read: Read) -> None:
    facts = read("\ufeffname: Osei\r\nnote: |\r\n  one\r\n  two\r\n")

    assert facts.tree == {"name": "Osei", "note": "one\ntwo\n"}
    assert facts.source_of(("name",)) == Source(Path("case.yaml"), 1, 7)
    assert facts.source_of(("note",)) == Source(Path("case.yaml"), 2, 7)
    shown = str(_refusal(read, "\ufeffname: @osei\r\n")).splitlines()
    assert shown[1:3] == ["    1 | name: @osei", "      |       ^"]


@pytest.mark.usefixtures("loader")
def test_a_blank_line_in_folded_text_stays_a_blank_line(read: Read) -> None:
    facts = read("a: one\n  two\n\n  three\nb: >-\n  one\n  two\n\n  three\n")

    assert facts.tree == {"a": "one two\n\nthree", "b": "one two\n\nthree"}


@pytest.mark.usefixtures("loader")
def test_every_value_and_every_key_knows_where_it_stands(read: Read) -> None:
    facts = read("# a case\npeople:\n  - id: amina\n    name: {family: Osei}\n")

    places = {path: str(facts.source_of(path)) for path in facts.values}
    assert places == {
        (): "case.yaml:2:1",
        ("people",): "case.yaml:3:3",
        ("people", 0): "case.yaml:3:5",
        ("people", 0, "id"): "case.yaml:3:9",
        ("people", 0, "name"): "case.yaml:4:11",
        ("people", 0, "name", "family"): "case.yaml:4:20",
    }
    key = facts.keys["people", 0, "name"]
    assert (key.line, key.column, key.width) == (3, 4, 4)


def test_what_is_not_written_stands_where_the_nearest_thing_around_it_does(read: Read) -> None:
    facts = read("people:\n  - id: amina\n")

    assert str(facts.source_of(("people", 0, "name", "family"))) == "case.yaml:2:5"
    assert str(facts.source_of(("fees",))) == "case.yaml:1:1"


def test_several_files_are_one_tree(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("petitioner: {name: Osei}\n")
    (tmp_path / "case.yaml").write_text("# first\nfiling: {kind: initial}\n")
    (tmp_path / "an-exhibit.YML").write_text("evidence: [{id: a}]\n")
    (tmp_path / ".hidden.yaml").write_text("not: [read\n")
    (tmp_path / "folder.yaml").mkdir()

    facts = read_facts(tmp_path)

    assert list(facts.tree) == ["filing", "evidence", "petitioner"]
    assert str(facts.source_of(())) == "case.yaml:2:1"
    assert str(facts.source_of(("petitioner", "name"))) == "people.yaml:1:20"
    fault = facts.fault_at(("evidence", 0, "id"), "is unknown", "did you mean b?", at_key=True)
    assert str(fault) == (
        "an-exhibit.YML:1:13: error: is unknown\n"
        "    1 | evidence: [{id: a}]\n"
        "      |             ^^ did you mean b?"
    )


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("filing: x\nfees: []\nfiling: y\nnote: 'open\n")
    (tmp_path / "people.yaml").write_text("petitioner: x\nfees: [a]\n")

    with pytest.raises(FactsError) as caught:
        read_facts(tmp_path)

    assert caught.value.exit_code is ExitCode.UNUSABLE
    assert str(caught.value) == dedent("""\
        case.yaml:3:1: error: "filing" is given twice (first on line 1); keep one of the two
            2 | fees: []
            3 | filing: y
              | ^^^^^^
            4 | note: 'open

        case.yaml:4:7: error: the quotation mark opened here is never closed
            3 | filing: y
            4 | note: 'open
              |       ^

        people.yaml:2:1: error: "fees" is already given in case.yaml, line 2; keep it in one file
            1 | petitioner: x
            2 | fees: [a]
              | ^^^^

        3 problems in case.yaml, people.yaml; nothing was built.""")


def test_a_folder_without_facts_says_how_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "osei"
    with pytest.raises(FactsError, match='there is no folder "osei"; start a case with: packet-'):
        read_facts(folder)

    folder.mkdir()
    with pytest.raises(FactsError, match='is no YAML file in the folder "osei"; start a case'):
        read_facts(folder)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r"^firm.yaml:1:1: error: there is no such file\n"):
        read_file(tmp_path / "firm.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among the files here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")

    with pytest.raises(FactsError, match="there is no such file"):
        read_facts(tmp_path)


def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "firm.yaml"
    path.write_text("a: b\n")

    def _refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", _refuse)
    with pytest.raises(FactsError, match=r"firm.yaml:1:1: error: the file cannot be opened"):
        read_file(path)


def test_a_file_of_more_than_a_megabyte_is_refused(read: Read) -> None:
    assert read("a: " + "b" * 999_997).tree == {"a": "b" * 999_997}

    with pytest.raises(FactsError, match="larger than 1 MB"):
        read("a: " + "b" * 999_998)


def test_a_file_that_is_not_utf_8_is_refused_where_it_ceases_to_be(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1\nb: Jos\xe9\n")

    with pytest.raises(FactsError) as caught:
        read_file(path)

    assert str(caught.value).splitlines()[:3] == [
        "case.yaml:2:7: error: the file is not saved as UTF-8; save it again as UTF-8",
        "    1 | a: 1",
        "    2 | b: Jos\ufffd",
    ]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\nb: &x y\n", 2, 4, 'a text that starts with "&" must stand in quotation marks'),
        ("a: *x\n", 1, 4, 'a text that starts with "*" must stand in quotation marks'),
        ("a: *\n", 1, 4, 'a text that starts with "*" must stand in quotation marks'),
        ("a: &\n", 1, 4, 'a text that starts with "&" must stand in quotation marks'),
        ("*x : 1\n", 1, 1, 'a text that starts with "*" must stand in quotation marks'),
        ("&x\na: 1\n", 1, 1, 'a text that starts with "&" must stand in quotation marks'),
        ("a: !x y\n", 1, 4, 'a text that starts with "!" must stand in quotation marks'),
        ("a: !!str y\n", 1, 4, 'a text that starts with "!" must stand in quotation marks'),
        ("a: !x!y z\n", 1, 4, 'a text that starts with "!" must stand in quotation marks'),
        ("a: !<x\n", 1, 4, 'a text that starts with "!" must stand in quotation marks'),
        ("a: 1\n<<: {b: 1}\n", 2, 1, '"<<" is not used here; write the fields out'),
        ("[a]: 1\n", 1, 1, "a field name must be plain text"),
        ("{a: 1}: 1\n", 1, 1, "a field name must be plain text"),
        ("a: {{ b }}\n", 1, 5, "a field name must be plain text"),
        ("~: 1\n", 1, 1, "a field name is missing here"),
        (": 1\n", 1, 1, "a field name is missing here"),
        ("a: 1\n---\nb: 1\n", 2, 1, "a second document starts here"),
        ("- a\n", 1, 1, 'the file must consist of fields, each written as "name: value"'),
        ("a text\n", 1, 1, 'the file must consist of fields, each written as "name: value"'),
        ("", 1, 1, "the file holds no facts; write some, or remove the file"),
        ("# nothing\n\n\n", 1, 10, "the file holds no facts; write some, or remove the file"),
        ("---\n", 1, 4, "the file holds no facts; write some, or remove the file"),
        ("a:\n\tb: 1\n", 2, 1, "a tab is used for indentation; use spaces"),
        ("a:\n  - b\n  \t- c\n", 3, 3, "a tab is used for indentation; use spaces"),
        ("a: 'x\n", 1, 4, "the quotation mark opened here is never closed"),
        ('a: "x\nb: 1\n', 1, 4, "the quotation mark opened here is never closed"),
        ("a: 'x\n---\nb'\n", 1, 4, "the quotation mark opened here is never closed"),
        ("a: 'O'Brien'\n", 1, 7, "there is more text after the closing '; put the whole text be"),
        ("a: [b]c\n", 1, 7, 'there is more text after the "]"; put it all in quotation marks'),
        ('a: "C:\\q"\n', 1, None, "a backslash means something else between double quotation"),
        ('a: "\\xZZ"\n', 1, None, "a backslash means something else between double quotation"),
        ("a: Re: b\n", 1, 6, "a second colon stands in this line; put the text around it"),
        ("a: x: y\n", 1, 5, "a second colon stands in this line; put the text around it"),
        ("a: 1\n b: 2\n", 2, 3, "this line is indented further than the lines it belongs to"),
        ("a: @b\n", 1, 4, 'a text that starts with "@" must stand in quotation marks'),
        ("a: [@osei p. 1]\n", 1, 5, 'a text that starts with "@" must stand in quotation marks'),
        ("a: %b\n", 1, 4, 'a text that starts with "%" must stand in quotation marks'),
        ("a: [b, c\nd: 1\n", 1, 4, 'the bracket "[" opened here is never closed'),
        ("a: {b: c\n", 1, 4, 'the bracket "{" opened here is never closed'),
        ("a: 1\nb c\nd: 1\n", 2, 1, "a colon is missing after this field name, or this line"),
        ("a: - b\n", 1, 4, "a list cannot start on the line of its field name"),
        ("a: |b\n", 1, 4, 'after "|" or ">" the text starts on the next line, indented'),
        ("a: ]\n", 1, 4, 'the "]" here does not belong to anything before it'),
        ("a:\n  - b\n c: 1\n", 3, 2, "this line is not indented like the lines it belongs to"),
        ("a: 1\n- b\n", 2, 1, "a list item stands where a field is expected"),
        ("a:\n  - b\n  c: d\n", 3, 3, "a list item is expected here: a hyphen, a space and"),
        ("  a: 1\nb: 1\n", 2, 1, "this line stands further left than the first line, or after"),
        ("%YAML 3.0\n---\na: 1\n", 1, 1, 'a line must not start with "%"'),
        ("a: ? b\n", 1, 4, "this line cannot be read; check its indentation, its colons and its"),
        ("a: &x &y b\n", 1, None, None),
    ],
)
def test_what_yaml_allows_or_refuses_is_told_in_plain_words(
    read: Read, text: str, line: int, column: int | None, message: str | None
) -> None:
    first = _refusal(read, text).faults[0]

    assert first.source.line == line
    assert column is None or first.source.column == column
    assert message is None or first.message.startswith(message)


def test_escapes_beyond_unicode_are_refused_without_libyaml_too(read: Read, loader: str) -> None:
    for escape in ("\\U00110000", "\\UFFFFFFFF", "\\ud800"):
        fault = _refusal(read, f'a: "{escape}"\n').faults[0]
        assert fault.source.line == 1, loader


def test_several_refusals_of_one_file_are_told_together(read: Read) -> None:
    error = _refusal(read, "a: &x 1\na: !t 2\nb: Apt. #4\nc: \0\u202e\nd: @\n")

    starts = [
        (1, 4, 'a text that starts with "&" must'),
        (2, 1, '"a" is given twice (first on line 1); keep one of the two'),
        (2, 4, 'a text that starts with "!" must'),
        (3, 4, '"#4" is taken for a comment and would be lost; put the text in quotation marks'),
        (4, 4, "an invisible control character (U+0000) stands here; delete it"),
        (4, 5, "an invisible character (U+202E) turns the direction of the text around"),
        (5, 4, 'a text that starts with "@" must stand in quotation marks'),
    ]
    for (line, column, message), start in zip(_messages(error), starts, strict=True):
        assert (line, column, message[: len(start[2])]) == start


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE])
def test_control_characters_are_refused_written_and_escaped(read: Read, code: int) -> None:
    sentence = f"an invisible control character (U+{code:04X}) stands here; delete it"

    assert _messages(_refusal(read, f"a: b\nc: x{chr(code)}y\n")) == [(2, 5, sentence)]
    assert _messages(_refusal(read, f'a: b\nc: "x\\u{code:04x}y"\n')) == [(2, 4, sentence)]


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_characters_that_turn_the_direction_of_text_are_refused(read: Read, code: int) -> None:
    for text in (f"a: x{chr(code)}y\n", f'a: "x\\u{code:04x}y"\n', f"a: b # {chr(code)}\n"):
        with pytest.raises(FactsError, match="turns the direction of the text around"):
            read(text)


def test_persian_text_with_its_invisible_joiners_is_accepted(read: Read) -> None:
    assert read("title: شناسنامه\u200cی آمنه\n").tree == {"title": "شناسنامه\u200cی آمنه"}


def test_a_comment_after_a_space_is_no_fault(read: Read) -> None:
    assert read("a: b # c\nd: 'e' #f\ng: h#i\n#j\n").tree == {"a": "b", "d": "e", "g": "h#i"}


@pytest.mark.usefixtures("loader")
def test_nesting_of_more_than_forty_is_refused_and_reading_goes_on(read: Read) -> None:
    deep = "a: " + "[" * 39 + "]" * 39
    assert read(deep).tree

    error = _refusal(read, "a: " + "[" * 40 + "{b: [c]}" + "]" * 40 + "\nd: 1\nd: 2\n")
    assert [(line, message) for line, _, message in _messages(error)] == [
        (1, "lists and fields stand inside one another more than 40 deep here"),
        (3, '"d" is given twice (first on line 2); keep one of the two'),
    ]


def test_a_line_of_five_thousand_brackets_is_not_printed_in_full(read: Read) -> None:
    error = _refusal(read, "a: b\nc: " + "[" * 5000)

    assert str(error) == (
        "case.yaml:2:43: error: lists and fields stand inside one another more than 40 deep here\n"
        "    1 | a: b\n"
        "    2 | c: " + "[" * 97 + "…\n"
        "      | " + " " * 42 + "^\n"
        "\n"
        "case.yaml:2:5004: error: the file ends here before everything that was opened is closed\n"
        "    1 | a: b\n"
        "    2 | …" + "[" * 49 + "\n"
        "      | " + " " * 50 + "^\n"
        "\n"
        "2 problems in case.yaml; nothing was built."
    )


def test_a_long_line_is_shown_around_its_fault(read: Read) -> None:
    error = _refusal(read, f"a: [{'x, ' * 100}'y, {'z, ' * 100}]\n")

    *_, shown, caret, _, _ = str(error).splitlines()
    assert shown[caret.index("^")] == "'"
    assert len(shown) < 120


def test_the_caret_stands_under_wide_and_combining_characters(read: Read) -> None:
    error = _refusal(read, "a: {姓: e\u0301, 姓: 2}\n")

    assert str(error).splitlines()[1:3] == [
        "    1 | a: {姓: e\u0301, 姓: 2}",
        "      | " + " " * 11 + "^^",
    ]


def test_tabs_and_escapes_do_nothing_to_the_terminal(read: Read) -> None:
    error = _refusal(read, "a: 1\n\tb\x1b[31m: 1\n")

    assert "\x1b" not in str(error)
    assert "    2 | →b\ufffd[31m: 1" in str(error)
    assert printable("a\tb\nc\u202e") == "a b c\ufffd"
    assert quoted("x" * 61) == '"' + "x" * 59 + '…"'


def test_more_faults_than_anybody_reads_are_counted(read: Read) -> None:
    error = _refusal(read, "a: 1\n" * 301)

    assert len(error.faults) == 300
    assert str(error).endswith(
        "\n\n… and 100 more.\n\n300 problems in case.yaml; nothing was built."
    )


@given(
    value=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])),
    style=st.sampled_from([None, "'", '"']),
)
@_SAME_FOLDER
def test_any_text_comes_back_as_it_was_written(
    tmp_path: Path, value: str, style: str | None
) -> None:
    path = tmp_path / "case.yaml"
    document = {"a": [value], "b": value}
    path.write_text(
        yaml.safe_dump(document, default_style=style, allow_unicode=True), encoding="utf-8"
    )

    assert read_file(path).tree == document


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
@_SAME_FOLDER
def test_any_lines_come_back_as_they_were_written(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "case.yaml"
    document = {"a": "\n".join(lines)}
    for style in ("'", '"', "|"):
        path.write_text(
            yaml.safe_dump(document, default_style=style, allow_unicode=True), encoding="utf-8"
        )

        assert read_file(path).tree == document


_YAML_LIKE = st.text(
    st.sampled_from("ab :-#'\"[]{},&*!|>%@`?\\~\n\n  \t<.\0\u202eé😀"), max_size=60
)


def _check_faults(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        read_file(path)
    except FactsError as error:
        lines = re.split(r"\r\n|\r|\n", content.decode("utf-8-sig", "replace"))
        for fault in error.faults:
            _check_inside(fault, lines)


def _check_inside(fault: Fault, lines: list[str]) -> None:
    assert 1 <= fault.source.line <= len(lines)
    assert 1 <= fault.source.column <= len(lines[fault.source.line - 1]) + 1
    assert fault.source.line in dict(fault.lines)
    assert fault.message


@given(st.binary(max_size=200))
@_SAME_FOLDER
def test_garbage_raises_nothing_but_a_facts_error_inside_the_file(
    tmp_path: Path, content: bytes
) -> None:
    _check_faults(tmp_path / "case.yaml", content)


@given(_YAML_LIKE)
@_SAME_FOLDER
@pytest.mark.usefixtures("loader")
def test_broken_yaml_raises_nothing_but_a_facts_error_inside_the_file(
    tmp_path: Path, text: str
) -> None:
    _check_faults(tmp_path / "case.yaml", text.encode())


@given(_YAML_LIKE)
@settings(deadline=None)
def test_both_parsers_give_the_same_marks(text: str) -> None:
    """What both accept stands at the same places."""
    readings = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nodes, "LOADER", loader)
            content = tuple(("a: " + text).split("\n"))
            readings.append(nodes.read_nodes(Text(Path("case.yaml"), content)))
    fast, slow = readings

    if not fast.faults and not slow.faults:
        assert fast.tree == slow.tree
        assert fast.keys == slow.keys
        assert _starts(fast) == _starts(slow)


def _starts(reading: nodes.Reading) -> dict[tuple[str | int, ...], tuple[int, int]]:
    return {path: (mark.line, mark.column) for path, mark in reading.values.items()}

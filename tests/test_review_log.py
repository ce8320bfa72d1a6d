from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.review.log import LOG, LogAlteredError, append, read_log, short
from tests.killed import KilledError, killed_before

EVENTS = st.lists(
    st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3), min_size=2, max_size=6
)


def written(folder: Path, events: list[Any]) -> list[bytes]:
    (folder / LOG).unlink(missing_ok=True)
    for event in events:
        append(folder, "decision", [event])
    return (folder / LOG).read_bytes().splitlines(keepends=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log")


@given(events=EVENTS)
def test_what_is_written_is_read_back_in_order(folder: Path, events: list[Any]) -> None:
    written(folder, events)
    log = read_log(folder)

    assert [entry.said for entry in log.entries] == events
    assert log.head == log.entries[-1].hash
    assert log.length == (folder / LOG).stat().st_size


@given(events=EVENTS, at=st.integers(0, 10_000), by=st.integers(1, 255))
def test_a_byte_that_was_changed_is_found(
    folder: Path, events: list[Any], at: int, by: int
) -> None:
    """Every byte of every whole line: also its end, which would join it with the next."""
    lines = written(folder, events)
    content = bytearray(b"".join(lines))
    place = at % (len(content) - len(lines[-1]))
    content[place] = (content[place] + by) % 256
    (folder / LOG).write_bytes(bytes(content))

    with pytest.raises(LogAlteredError, match="the log was altered"):
        read_log(folder)


@given(events=EVENTS, at=st.integers(0, 100))
def test_a_line_that_was_taken_out_is_found(folder: Path, events: list[Any], at: int) -> None:
    lines = written(folder, events)
    del lines[at % (len(lines) - 1)]
    (folder / LOG).write_bytes(b"".join(lines))

    with pytest.raises(LogAlteredError):
        read_log(folder)


@given(events=EVENTS, one=st.integers(0, 100), other=st.integers(0, 100))
def test_lines_that_changed_places_are_found(
    folder: Path, events: list[Any], one: int, other: int
) -> None:
    lines = written(folder, events)
    first, second = one % len(lines), other % len(lines)
    lines[first], lines[second] = lines[second], lines[first]
    (folder / LOG).write_bytes(b"".join(lines))

    if first == second:
        assert len(read_log(folder).entries) == len(events)
    else:
        with pytest.raises(LogAlteredError):
            read_log(folder)


@given(events=EVENTS, cut=st.integers(1, 10_000))
def test_a_torn_last_line_is_passed_over_and_written_over(
    folder: Path, events: list[Any], cut: int
) -> None:
    lines = written(folder, events)
    kept = len(lines[-1]) - 1 - cut % (len(lines[-1]) - 1)
    (folder / LOG).write_bytes(b"".join(lines[:-1]) + lines[-1][:kept])

    assert [entry.said for entry in read_log(folder).entries] == events[:-1]
    append(folder, "decision", [events[-1]])
    assert (folder / LOG).read_bytes() == b"".join(lines)


def test_a_line_of_another_log_does_not_fit(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    append(own, "decision", [{"by": "A"}])
    append(own, "decision", [{"by": "B"}])
    append(other, "decision", [{"by": "C"}])
    append(other, "decision", [{"by": "B"}])
    lines = (own / LOG).read_bytes().splitlines(keepends=True)
    foreign = (other / LOG).read_bytes().splitlines(keepends=True)
    (own / LOG).write_bytes(lines[0] + foreign[1])

    with pytest.raises(LogAlteredError, match="line 2"):
        read_log(own)
    with pytest.raises(LogAlteredError):
        append(own, "decision", [{"by": "D"}])


def test_lines_missing_at_the_end_change_the_head_that_people_were_told(tmp_path: Path) -> None:
    """Nothing in the log can show that: so its head is printed, and stands in final packets."""
    told = append(tmp_path, "decision", [{"by": "A"}, {"by": "B"}]).head
    lines = (tmp_path / LOG).read_bytes().splitlines(keepends=True)
    (tmp_path / LOG).write_bytes(lines[0])

    assert read_log(tmp_path).head != told
    assert short(told) == told[:12]


def test_an_empty_log_has_a_beginning(tmp_path: Path) -> None:
    assert read_log(tmp_path).head == "0" * 64


@pytest.mark.parametrize(
    "line", [b"[]", b"{}", b'{"hash":"x"}', b"nothing", b'{"hash":"x","seq":0}']
)
def test_what_is_no_line_of_a_log_is_refused(tmp_path: Path, line: bytes) -> None:
    (tmp_path / LOG).write_bytes(line + b"\n")

    with pytest.raises(LogAlteredError, match="line 1"):
        read_log(tmp_path)


def test_a_line_written_another_way_is_refused(tmp_path: Path) -> None:
    append(tmp_path, "decision", [{"by": "A"}])
    line = json.loads((tmp_path / LOG).read_bytes())
    (tmp_path / LOG).write_text(json.dumps(line) + "\n", encoding="utf-8")

    with pytest.raises(LogAlteredError):
        read_log(tmp_path)


def test_a_kill_leaves_a_log_that_holds_together(tmp_path: Path) -> None:
    append(tmp_path, "decision", [{"by": "A"}])
    with pytest.raises(KilledError), killed_before(0, tmp_path):
        append(tmp_path, "decision", [{"by": "B"}])

    assert [entry.said["by"] for entry in read_log(tmp_path).entries] == ["A"]

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from packet_builder.assembly.watch import stamp_of, watched


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packet_builder.assembly.watch._LOOK_SECONDS", 0.01)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def turns_after(place: Path, edits: list[Callable[[], object]]) -> int:
    """Make one edit at each turn, and count the turns; the last edit must be seen, too."""
    ended, turns = threading.Event(), []
    remaining = list(edits)
    remaining.pop(0)()

    def act() -> None:
        turns.append(1)
        if remaining:
            remaining.pop(0)()
        else:
            ended.set()

    since = stamp_of(files_below(place))
    place.joinpath("first.yaml").write_text("changed", "utf-8")
    running = threading.Thread(
        target=watched, args=(lambda: files_below(place), since, act, ended), daemon=True
    )
    running.start()
    running.join(timeout=20)
    assert not running.is_alive()
    return len(turns)


def test_each_edit_gets_a_turn_also_one_that_is_made_during_a_turn(tmp_path: Path) -> None:
    (tmp_path / "exhibits").mkdir()
    first = tmp_path / "first.yaml"
    first.write_text("a", "utf-8")
    edits: list[Callable[[], object]] = [
        lambda: None,
        lambda: first.write_text("second", "utf-8"),
        lambda: (tmp_path / "exhibits" / "scan.pdf").write_bytes(b"%PDF"),
        first.unlink,
    ]

    assert turns_after(tmp_path, edits) == 4


def test_what_word_and_editors_leave_beside_a_file_is_no_edit(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("a", "utf-8")
    before = stamp_of(files_below(tmp_path))
    (tmp_path / "~$letter.docx").write_text("Ann", "utf-8")
    (tmp_path / ".case.yaml.swp").write_text("x", "utf-8")

    assert stamp_of(files_below(tmp_path)) == before


def test_a_file_that_went_meanwhile_is_no_fault(tmp_path: Path) -> None:
    assert stamp_of([tmp_path / "law.yaml"]) == frozenset()

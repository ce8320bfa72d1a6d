"""What grows with every build stays within bounds, and nothing that is named goes away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from packet_builder.assembly import builds, publish
from packet_builder.assembly.builds import remembered
from packet_builder.assembly.cache import Cache
from packet_builder.cli import commands
from packet_builder.kept import is_kept, kept_in
from packet_builder.review.record import read_record
from packet_builder.tidying import tidy
from tests.review_cases import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def say(office: Office, number: int) -> None:
    former = "He may bleed again" if number == 0 else f"He may bleed again ({number - 1})"
    office.write((f'"{former} [', f'"He may bleed again ({number}) ['))


def build(office: Office, *words: str) -> None:
    folders = office.folders
    places = ["--cases", folders.cases, "--templates", folders.templates]
    places += ["--forms", folders.forms, "--output", folders.output]
    command = [*map(str, places), "build", "boateng", "--engine", "dxpdf", *words]
    assert CliRunner().invoke(commands, command).exit_code == 0


def test_builds_beyond_the_last_are_forgotten_with_all_that_only_they_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "_MOST", 2)
    monkeypatch.setattr(builds, "_MORE", 3)
    build(office)
    office.decide([])  # an approval of all that there is
    approved = read_record(office.case / "review").decisions[0].seen.packet
    kept = []
    for number in range(4):
        say(office, number)
        build(office)
        kept.append(len(kept_in(office.filing)))

    assert [one.number for one in remembered(office.filing)] == [4, 5]
    assert is_kept(office.filing, approved)
    assert kept[3] <= kept[1]
    for one in remembered(office.filing):
        rows = one.manifest["documents"]
        named = [one.manifest["packet"]["sha256"], *(row["planned"] for row in rows)]
        assert all(is_kept(office.filing, digest) for digest in named)


def test_after_builds_were_forgotten_nothing_changed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "_MOST", 2)
    monkeypatch.setattr(builds, "_MORE", 3)
    for number in range(3):
        build(office)
        say(office, number)
    build(office)

    monkeypatch.setattr("packet_builder.assembly.build.built", lambda *_: pytest.fail("read again"))
    build(office)


def test_a_log_that_cannot_be_read_may_name_anything_so_nothing_is_removed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.build()
    office.decide([])
    for number in range(3):
        say(office, number)
        office.build()
    monkeypatch.setattr(builds, "_MOST", 2)
    monkeypatch.setattr(builds, "_MORE", 3)
    log = office.case / "review" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"seq":0', b'"seq":1'))
    before = kept_in(office.filing)

    tidy(office.case, office.output)

    assert kept_in(office.filing) == before


# -- the cache


def fill(cache: Cache, name: str, size: int, used: int) -> Path:
    def make(folder: Path) -> None:
        (folder / "work").write_bytes(bytes(size))

    place = cache.kept((name,), make)
    os.utime(place, (used, used))
    return place


def test_what_was_not_used_for_the_longest_time_is_thrown_away(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    old, new, newest = (
        fill(cache, name, 100, used) for name, used in (("a", 1), ("b", 3), ("c", 5))
    )

    cache.trim(250)

    assert (old.exists(), new.exists(), newest.exists()) == (False, True, True)
    assert sorted(tmp_path.iterdir()) == sorted([new, newest])


@pytest.mark.parametrize("use", ["has", "kept"])
def test_what_is_asked_for_is_used(tmp_path: Path, use: str) -> None:
    cache = Cache(tmp_path)
    old, new = (fill(cache, name, 100, used) for name, used in (("a", 1), ("b", 3)))

    if use == "has":
        assert cache.has(("a",))
    else:
        cache.kept(("a",), lambda _: pytest.fail("made again"))
    cache.trim(150)

    assert (old.exists(), new.exists()) == (True, False)


def test_what_lies_beside_finished_work_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    fill(cache, "a", 100, 1)
    (tmp_path / "last.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".scratch-x").mkdir()

    cache.trim(0)

    assert {path.name for path in tmp_path.iterdir()} == {"last.json", ".scratch-x"}


def test_a_cache_that_is_not_there_needs_no_trimming(tmp_path: Path) -> None:
    Cache(tmp_path / "cache").trim(0)

    assert not (tmp_path / "cache").exists()


def test_a_build_trims_the_cache_and_keeps_all_that_it_used(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.build()
    old = fill(Cache(office.output / "cache"), "old", 1000, 1)
    say(office, 0)
    office.build()
    assert old.exists()
    monkeypatch.setattr(publish, "_CACHE_BYTES", 0)
    monkeypatch.setattr(publish, "_CACHE_TIMES", 0)
    say(office, 1)

    office.build()

    assert not old.exists()
    assert len(kept_in(office.filing)) > 0

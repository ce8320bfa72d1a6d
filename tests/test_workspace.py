from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

import pytest

from packet_builder.workspace import (
    PathRefusedError,
    contained_file,
    digest_of,
    scratch_folder,
    whole_file,
    write_whole,
)


def _write_half(path: Path) -> None:
    with whole_file(path) as part:
        part.write_bytes(b"half" * (1 // 0))


def _fail_in_scratch(folder: Path) -> None:
    with scratch_folder(folder) as scratch:
        (scratch / "file").write_text("x")
        (scratch / "file").write_text("x" * (1 // 0))


def test_a_file_that_could_not_be_finished_leaves_the_former_one(tmp_path: Path) -> None:
    path = tmp_path / "packet.pdf"
    write_whole(path, b"former")

    with pytest.raises(ZeroDivisionError):
        _write_half(path)

    assert path.read_bytes() == b"former"
    assert [entry.name for entry in tmp_path.iterdir()] == ["packet.pdf"]


def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "case" / "packet.json"
    write_whole(path, b"{}")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_scratch_folder_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_in_scratch(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_digest_is_that_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")

    assert digest_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_plain_file_below_the_case_is_given(tmp_path: Path) -> None:
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits" / "a.pdf").write_bytes(b"x")

    assert contained_file(tmp_path, "exhibits/a.pdf") == tmp_path / "exhibits" / "a.pdf"
    assert contained_file(tmp_path, "exhibits\\a.pdf") == tmp_path / "exhibits" / "a.pdf"


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("../other/a.pdf", "climbs out"),
        ("exhibits/../../a.pdf", "climbs out"),
        ("/etc/passwd", "is not a path inside"),
        ("C:\\a.pdf", "is not a path inside"),
        ("exhibits/b.pdf", "does not exist"),
        ("exhibits", "is not a file"),
        ("link.pdf", "passes through a link"),
        ("linked/a.pdf", "passes through a link"),
    ],
)
def test_a_path_that_leaves_the_case_is_refused(tmp_path: Path, named: str, reason: str) -> None:
    case = tmp_path / "case"
    (case / "exhibits").mkdir(parents=True)
    (case / "exhibits" / "a.pdf").write_bytes(b"x")
    (case / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (tmp_path / "outside.pdf").write_bytes(b"x")
    (case / "linked").symlink_to(case / "exhibits")

    with pytest.raises(PathRefusedError, match=reason):
        contained_file(case, named)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")

    with pytest.raises(PathRefusedError, match="is not a file"):
        contained_file(tmp_path, "pipe.pdf")


def test_a_misnamed_file_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "osei-letter.pdf").write_bytes(b"x")

    with pytest.raises(PathRefusedError, match=r'Did you mean "osei-letter\.pdf"\?'):
        contained_file(tmp_path, "osei-leter.pdf")


@pytest.mark.parametrize(
    ("on_disk", "named"), [("e\u0301tat.pdf", "\u00e9tat.pdf"), ("\u00e9tat.pdf", "e\u0301tat.pdf")]
)
def test_an_accent_may_be_spelled_otherwise_in_the_facts(
    tmp_path: Path, on_disk: str, named: str
) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "r\u00e9sum\u00e9s")
    folder.mkdir()
    (folder / on_disk).write_bytes(b"x")

    found = contained_file(tmp_path, f"r\u00e9sum\u00e9s/{named}")

    assert found.read_bytes() == b"x"


def test_of_two_spellings_the_one_that_is_named_is_given(tmp_path: Path) -> None:
    for name in ("e\u0301.pdf", "\u00e9.pdf"):
        (tmp_path / name).write_text(name, encoding="utf-8")

    for name in ("e\u0301.pdf", "\u00e9.pdf"):
        assert contained_file(tmp_path, name).read_text(encoding="utf-8") == name


def test_a_link_is_refused_however_its_accent_is_spelled(tmp_path: Path) -> None:
    (tmp_path / "e\u0301.pdf").symlink_to("/etc/passwd")

    with pytest.raises(PathRefusedError, match="passes through a link"):
        contained_file(tmp_path, "\u00e9.pdf")


def test_a_name_that_no_system_takes_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(PathRefusedError, match="does not exist"):
        contained_file(tmp_path, "x" * 300 + ".pdf")


def test_a_name_as_long_as_systems_take_is_found(tmp_path: Path) -> None:
    name = "\u0646" * 125 + ".pdf"
    (tmp_path / name).write_bytes(b"x")

    assert contained_file(tmp_path, name).name == name
